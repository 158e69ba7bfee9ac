import path from 'node:path';
import { defineConfig } from 'vitepress';
import { KINDS } from '../src/pages.mjs';
import { PAGES, existing } from '../src/stage.mjs';

const SITE = path.resolve(import.meta.dirname, '..');

const isThere = new Set(existing().map(({ source }) => source));
const linkOf = (kind, name) => `/${kind}/${name === 'index' ? '' : name}`;

const sidebarOf = ({ kind, title, groups }) =>
  groups.map((group) => ({
    text: group.title ?? title,
    items: group.pages
      .filter(([source]) => isThere.has(source))
      .map(([, name, text]) => ({ text, link: linkOf(kind, name) })),
  }));

const firstOf = ({ kind, groups: [{ pages }] }) => linkOf(kind, pages[0][1]);

export default defineConfig({
  srcDir: path.relative(SITE, PAGES),
  outDir: path.join(SITE, 'dist'),
  cacheDir: path.join(SITE, '../.cache/site/vite'),
  base: process.env.POSTERN_SITE_BASE ?? '/',
  lang: 'en-US',
  title: 'Postern',
  description: 'Private integrations between API gateways and VPC backends, on AWS and Alibaba Cloud.',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  themeConfig: {
    nav: [
      ...KINDS.map((one) => ({ text: one.title, link: firstOf(one), activeMatch: `^/${one.kind}/` })),
      { text: 'Playground', link: '/playground' },
    ],
    sidebar: Object.fromEntries(KINDS.map((one) => [`/${one.kind}/`, sidebarOf(one)])),
    outline: [2, 3],
    search: { provider: 'local' },
  },
});
