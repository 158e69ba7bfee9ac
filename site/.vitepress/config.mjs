import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitepress';
import { anchorOf } from '../src/split.mjs';
import { markdownRules } from '../src/markdown.mjs';
import { inChinese, SEARCH_IN_CHINESE } from '../src/in-chinese.mjs';
import { CHINESE } from '../src/pages.mjs';
import { miniSearch, searchedOf } from '../src/search.mjs';
import { STAGED, stagedNavigation } from '../src/stage.mjs';

const SITE = path.resolve(import.meta.dirname, '..');

const all = stagedNavigation();
const kinds = all.filter(({ kind }) => kind !== CHINESE.kind);
const chinese = all.find(({ kind }) => kind === CHINESE.kind);
const { version } = JSON.parse(readFileSync(path.join(SITE, '../packages/cli/package.json'), 'utf8'));

/** Pages whose words would fill the index of the search: names of operations, and those for contributors. */
const UNSEARCHED = /^(?:reference\/operations|contributing\/)/;

/** The picture in the tab of a browser: a door in a wall. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1f4fb4"/><path d="M5 13V7a3 3 0 0 1 6 0v6z" fill="#fff"/><circle cx="9.4" cy="9.6" r=".8" fill="#1f4fb4"/></svg>',
)}`;

/**
 * Two changes of the theme. It can load icons of networks from another host: the site has none, and its scripts shall name no host. The
 * key on the button of the search is not a part of its name, so the style has it.
 */
const changesOfTheTheme = {
  name: 'changes-of-the-theme',
  enforce: 'pre',
  transform: (code, id) =>
    /VPSocialLink\.vue/.test(id)
      ? code.replaceAll(/https:\/\/api\.iconify\.design[^`'"]*/g, '')
      : /VPNavBarSearchButton\.vue/.test(id)
        ? code.replace('DocSearch-Button-Key">K<', 'DocSearch-Button-Key"><')
        : undefined,
};

export default defineConfig({
  srcDir: path.relative(SITE, STAGED),
  srcExclude: ['public/**'],
  outDir: path.join(SITE, 'dist'),
  cacheDir: path.join(SITE, '../.cache/site/vite'),
  base: process.env.POSTERN_SITE_BASE ?? '/',
  lang: 'en-US',
  locales: { root: { label: 'English' }, zh: inChinese(chinese) },
  title: 'Postern',
  description: 'Private integrations between API gateways and VPC backends, on AWS and Alibaba Cloud.',
  head: [['link', { rel: 'icon', href: ICON }]],
  markdown: {
    config: markdownRules,
    anchor: { slugify: anchorOf },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  vite: { plugins: [changesOfTheTheme], build: { chunkSizeWarningLimit: 1000 } },
  themeConfig: {
    i18nRouting: false, // The pages in Chinese are some of the English ones: a language leads to its first page.
    siteTitle: `Postern ${version}`,
    nav: [
      ...kinds.map(({ kind, title, link }) => ({ text: title, link, activeMatch: `^/${kind}/` })),
      ...(existsSync(path.join(STAGED, 'playground.md')) ? [{ text: 'Playground', link: '/playground' }] : []),
    ],
    sidebar: Object.fromEntries(kinds.map(({ kind, groups }) => [`/${kind}/`, groups])),
    outline: [2, 3],
    notFound: {
      title: 'This page does not exist',
      quote: 'The search above finds pages, commands, checks, error codes and functions.',
      linkText: 'First page',
    },
    search: {
      provider: 'local',
      options: {
        _render: (source, env, md) => {
          if (UNSEARCHED.test(env.relativePath)) return '';
          return searchedOf(env.relativePath, md.render(source, env));
        },
        miniSearch,
        locales: { zh: { translations: SEARCH_IN_CHINESE } },
      },
    },
  },
});
