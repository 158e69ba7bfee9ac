import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { otherHosts, targetOf } from '../src/check-dist.mjs';
import { outsideCode, rewriteLinks } from '../src/links.mjs';
import { HOME, PAGES } from '../src/pages.mjs';
import { inPage } from '../src/pictures.mjs';
import { anchorOf, split } from '../src/split.mjs';
import { problemsOfPages } from '../src/markdown.mjs';
import { placesOf, stagedPages, writtenPages } from '../src/stage.mjs';

const DOCS = path.resolve(import.meta.dirname, '../../docs');

describe('the pages of the site', () => {
  it('have each file of docs/ once, under one kind', () => {
    const sources = [HOME, ...PAGES].map(({ source }) => source).filter((source) => source.startsWith('docs/'));
    const files = ['', 'contributing/'].flatMap((folder) =>
      readdirSync(path.join(DOCS, folder)).flatMap((name) => (name.endsWith('.md') ? [`docs/${folder}${name}`] : [])),
    );
    expect(files.filter((name) => !sources.includes(name))).toEqual([]);
    expect(new Set(sources).size).toBe(sources.length);
    expect(new Set(PAGES.map(({ place }) => place)).size).toBe(PAGES.length);
  });
  it('are at most forty for users in docs/; the pages of errors are one, with their index', () => {
    const ofUsers = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
    expect(ofUsers.length + 1).toBeLessThanOrEqual(40);
  });
});

describe('the build of the site', () => {
  it('compiles each written page, and each of their links leads to a page', async () => {
    const pages = await stagedPages(writtenPages());
    expect(pages.length).toBeGreaterThan(60);
    expect(await problemsOfPages(pages)).toEqual([]);
  });
  it.each([
    ['code within a line', '`{{changeSet:KNOWN_AFTER_APPLY}}`', []],
    ['text', 'Write {{name: string}} there.', []],
    ['a tag', 'Write <name> there.', ['a.md: Element is missing end tag.']],
    ['a link', '[b](./b)', ['a.md: ./b leads nowhere']],
  ])('shows what would break it: %s', async (_, text, expected) => {
    expect(await problemsOfPages([{ place: 'a.md', text: `# A\n\n${text}\n` }])).toEqual(expected);
  });
});

describe('links of a page', () => {
  const placeOf = placesOf([
    { source: 'docs/spec.md', place: 'reference/spec.md', text: '# Spec\n' },
    { source: 'docs/checks.md', place: 'reference/checks/index.md', text: '# Checks\n' },
    { source: 'docs/checks.md', place: 'reference/checks/link.md', text: '# Links\n\n## link/exists\n' },
  ]);
  it.each([
    ['another kind', '[a](spec.md)', '[a](../reference/spec.md)'],
    ['an anchor', '[a](spec.md#links)', '[a](../reference/spec.md#links)'],
    [
      'a section that has a page of its own',
      '[a](checks.md#linkexists)',
      '[a](../reference/checks/link.md#linkexists)',
    ],
    ['the first part where no part has it', '[a](checks.md#x)', '[a](../reference/checks/index.md#x)'],
    ['outside of the site', '[a tour](../examples/tour)', 'a tour (`examples/tour`)'],
    ['outside of the site, by its path', '[`examples/tour`](../examples/tour)', '`examples/tour`'],
    ['outside of the site, in brackets', '[a [U]](../examples/tour)', 'a [U] (`examples/tour`)'],
    ['a picture', '![a](../a.svg)', '![a](../a.svg)'],
    ['another host', '[a](https://example.com/spec.md)', '[a](https://example.com/spec.md)'],
    ['a reference', 'See [a][names].\n\n[names]: spec.md#links\n', 'See [a](../reference/spec.md#links).\n\n'],
    ['code', '```md\n[a](spec.md)\n```', '```md\n[a](spec.md)\n```'],
  ])('%s', (_, text, expected) => {
    expect(rewriteLinks(text, 'docs/tutorial.md', 'guides/tutorial.md', placeOf, '')).toBe(expected);
  });
  it('lead into the repository where its address is given', () => {
    const there = 'https://git.example.com/postern/blob/main/';
    expect(rewriteLinks('[a](../examples/tour#b)', 'docs/a.md', 'guides/a.md', placeOf, there)).toBe(
      `[a](${there}examples/tour#b)`,
    );
  });
  it('leads from a part to another part of the same page', () => {
    const text = '[a](#linkexists)';
    expect(rewriteLinks(text, 'docs/checks.md', 'reference/checks/index.md', placeOf)).toBe(
      '[a](./link.md#linkexists)',
    );
    expect(rewriteLinks(text, 'docs/checks.md', 'reference/checks/link.md', placeOf)).toBe(text);
  });
});

it.each([
  ['link/exists', 'linkexists'],
  ['`links.<name>.allowlist[]`', 'linksnameallowlist'],
  ['postern plan {#plan}', 'plan'],
  ["Calls don't arrive: why?", 'calls-dont-arrive-why'],
])('the anchor of "%s" is that of GitHub', (heading, anchor) => {
  expect(anchorOf(heading)).toBe(anchor);
});

it('a long page is cut at its sections, and headings in code are none', () => {
  const text = '# All\n\nHead.\n\n## a/one\n\n```md\n# code\n```\n\n## b/two\n\n## a/three\n';
  const parts = split(
    text,
    (heading: string) => heading[0],
    (name: string) => `Family ${name}`,
  );
  expect(parts.map(({ name }: { name?: string }) => name)).toEqual([undefined, 'a', 'b']);
  expect(parts[1].text).toBe('# Family a\n\n## a/one\n\n```md\n# code\n```\n\n## a/three\n');
  expect(parts[2].text).toBe('# Family b {#btwo}\n\n');
  expect(outsideCode(text, (part: string) => part.toUpperCase())).toContain('# code');
});

it('a picture has a title, and follows the colors of the site', () => {
  const svg =
    '<?xml?>\n<svg class="postern" role="img">\n<style>\n  .postern { --a: #fff; }\n  @media (prefers-color-scheme: dark) {\n    .postern { --a: #000; }\n  }\n</style>\n\n<g/></svg>\n';
  const { html, style } = inPage(svg, 'A path');
  expect(html).toMatch(
    /^<div class="picture".*v-pre>\n<svg [^>]*role="img">\n<title>A path<\/title>\n<g\/><\/svg>\n<\/div>$/,
  );
  expect(style).toContain('.dark .postern { --a: #000; }');
});

it.each([
  ['guides/adopt.html', '../reference/spec.html#links', { file: 'reference/spec.html', anchor: 'links' }],
  ['guides/adopt.html', '#top', { file: 'guides/adopt.html', anchor: 'top' }],
  ['guides/adopt.html', '/tutorial/', { file: 'tutorial/index.html', anchor: '' }],
  ['index.html', './guides/move', { file: 'guides/move.html', anchor: '' }],
  ['index.html', 'mailto:a@example.com', undefined],
])('a link on %s to %s', (from, link, target) => {
  expect(targetOf(from, link)).toEqual(target);
});

it.each([
  ['<script src="https://example.com/a.js">', 1],
  ['<link rel="preload" href="//example.com/a.woff2">', 1],
  ['<a href="https://example.com/">', 0],
  ['@font-face { src: url(https://example.com/a.woff2) }', 1],
  ['await import("https://example.com/a.js")', 1],
  ['const source = "https://example.com/page"', 0],
])('%s is loaded from another host: %d', (text, count) => {
  expect(otherHosts('a', text)).toHaveLength(count);
});
