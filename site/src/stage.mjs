// Writes the pages of the site, made of files of the repository, into a folder that VitePress reads.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT } from '../../scripts/workspace.mjs';
import { apiPages } from './api.mjs';
import { decisionPages } from './decisions.mjs';
import { rewriteLinks } from './links.mjs';
import { CHINESE, CHINESE_PAGES, FILES, HOME, KINDS, PAGES, PLAYGROUND } from './pages.mjs';
import { withPictures } from './pictures.mjs';
import { anchorOf, headingsOf, split } from './split.mjs';

const FOLDER = path.join(CACHE, 'site');
export const STAGED = path.join(FOLDER, 'pages');
const NAVIGATION = path.join(FOLDER, 'navigation.json');

function write(place, text) {
  const file = path.join(STAGED, place);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The pages that a file becomes: one, or one for each group of its sections. */
function pagesOf({ cut, ...page }) {
  const text = readFileSync(path.join(ROOT, page.source), 'utf8');
  if (cut === undefined) return [{ ...page, text }];
  return split(text, cut.nameOf, cut.titleOf).map(({ name, text }) => ({
    ...page,
    text,
    ...(name === undefined
      ? {}
      : {
          place: path.posix.join(path.posix.dirname(page.place), `${name}.md`),
          title: cut.titleOf(name),
          partOf: page.place,
        }),
  }));
}

/** The pages that people write, with their texts as GitHub has them. Those of the API follow from the sources, which takes longer. */
export function writtenPages() {
  const files = [HOME, PLAYGROUND, ...PAGES, ...CHINESE_PAGES].filter(({ source }) =>
    existsSync(path.join(ROOT, source)),
  );
  return [...files.flatMap(pagesOf), ...decisionPages()];
}

/** The pages as VitePress reads them, and as programs do: `plain` has its links, and neither its pictures nor what search engines show. */
export function stagedPages(pages) {
  const placeOf = placesOf([...pages, ...FILES.map((file) => ({ ...file, text: '' }))]);
  return Promise.all(
    pages.map(async ({ source, place, text }) => {
      const linked = (one) => rewriteLinks(one, source, place, placeOf);
      return { place, text: `${matterOf(place, text)}${linked(await withPictures(text))}`, plain: linked(text) };
    }),
  );
}

/** The page of a file, or that of its parts that has the anchor. */
export function placesOf(pages) {
  const parts = new Map();
  for (const { source, place, text } of pages) {
    const anchors = new Set([
      ...headingsOf(text).map(anchorOf),
      ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id]) => id),
    ]);
    parts.set(source, [...(parts.get(source) ?? []), { place, anchors }]);
  }
  return (file, anchor) => {
    const own = parts.get(file) ?? [];
    return (own.find(({ anchors }) => anchors.has(anchor)) ?? own[0])?.place;
  };
}

const address = (place) => `/${place.replace(/(?:index)?\.md$/, '')}`;

/** The navigation: for each kind the groups with their pages; parts of a page are below it. */
function navigation(pages) {
  return [...KINDS, CHINESE].map(({ kind, title }) => {
    const own = pages.filter((page) => page.kind === kind);
    const groups = [...new Set(own.map(({ group }) => group))];
    const withParts = ({ title: text, place }) => {
      const parts = own.filter(({ partOf }) => partOf === place).map(withParts);
      return { text, link: address(place), ...(parts.length === 0 ? {} : { collapsed: true, items: parts }) };
    };
    return {
      kind,
      title,
      link: address(own[0].place),
      groups: groups.map((text) => ({
        text,
        items: own.filter((page) => page.group === text && page.partOf === undefined).map(withParts),
      })),
    };
  });
}

/** The first sentence of a page. */
function firstSentence(text) {
  const [first = ''] = text
    .replace(/^# .*$/m, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .trim()
    .split(/\n\n/);
  const plain = /^[\p{L}\p{N}_`[*]/u.test(first)
    ? first.replaceAll('\n', ' ').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    : '';
  const [sentence = ''] = /^.*?(?:[.:](?= |$)|。)/.exec(plain) ?? [];
  return sentence;
}

/** `llms.txt`: every page, as Markdown, with its first sentence, for programs that read. `llms-full.txt` has all texts. https://llmstxt.org */
function llms(pages) {
  const line = ({ title, place, text }) => {
    const sentence = firstSentence(text);
    return `- [${title}](${place})${sentence ? `: ${sentence}` : ''}`;
  };
  const sections = [...KINDS, CHINESE].map(
    ({ kind, title }) =>
      `## ${title}\n\n${pages
        .filter((page) => page.kind === kind)
        .map(line)
        .join('\n')}\n`,
  );
  return `# Postern\n\n> Private integrations between API gateways and VPC backends, on AWS and on Alibaba Cloud.\n\n${sections.join('\n')}`;
}

/** What search engines show of a page. The first page needs no list of its own sections beside it. */
function matterOf(place, text) {
  const sentence = firstSentence(text).replaceAll('`', '').replace(/:$/, '.');
  const lines = [
    ...(sentence === '' ? [] : [`description: ${JSON.stringify(sentence)}`]),
    ...(place === HOME.place ? ['aside: false', 'pageClass: first-page'] : []),
  ];
  return lines.length === 0 ? '' : `---\n${lines.join('\n')}\n---\n\n`;
}

export async function stage() {
  const pages = [...writtenPages(), ...(await apiPages())];
  rmSync(STAGED, { recursive: true, force: true });
  const staged = await stagedPages(pages);
  for (const { place, text, plain } of staged) {
    write(place, text);
    write(`public/${place}`, plain);
  }
  for (const { source, place } of FILES) {
    mkdirSync(path.join(STAGED, 'public', path.dirname(place)), { recursive: true });
    copyFileSync(path.join(ROOT, source), path.join(STAGED, 'public', place));
  }
  write('public/llms.txt', llms(pages));
  write('public/llms-full.txt', staged.map(({ plain }) => plain).join('\n'));
  writeFileSync(NAVIGATION, JSON.stringify(navigation(pages)));
}

/** What `stage` wrote last. */
export const stagedNavigation = () => JSON.parse(readFileSync(NAVIGATION, 'utf8'));
