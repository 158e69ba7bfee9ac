import { createMarkdownRenderer } from 'vitepress';
import { describe, expect, it } from 'vitest';
import { partsOfEntry } from '../src/api-parts.mjs';
import { markdownRules } from '../src/markdown.mjs';
import { miniSearch, namesOf, searchedOf, sectionsOf } from '../src/search.mjs';

const method = (name: string, about: string): string =>
  `##### ${name}()\n\n\`\`\`ts\n${name}(): void;\n\`\`\`\n\n${about} More of it.\n\n###### Returns\n\n\`void\`\n\n`;
const codes = Array.from(
  { length: 30 },
  (_, at) => `\`"CODE_${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[at] ?? `Z_${'ABCD'[at - 26]}`}"\``,
);
const ENTRY = [
  '# entry\n\n## Classes\n\n',
  '### BadError\n\nAn error. It has a code.\n\n#### Extends\n\n- [`PosternError`](#poster)\n\n',
  `#### Properties\n\n| Property | Type |\n| --- | --- |\n| \`code\` | \\| \`"INVALID_INPUT"\` \\| ${codes.join(' \\| ')} |\n\n***\n\n`,
  `### Gate\n\nA gate opens. It is safe to repeat.\n\n#### Methods\n\n${method('ensureLink', 'Makes a link.')}***\n\n`,
  `## Interfaces\n\n### Plan\n\nA plan.\n\n${'Long text of a type.\n'.repeat(1500)}\n`,
  '## Functions\n\n### plan()\n\n```ts\nfunction plan(): Plan;\n```\n\nPlans it.\n\n#### Returns\n\n[`Plan`](#plan)\n',
].join('');

describe('a long entry of the API', () => {
  const parts = partsOfEntry(ENTRY, '@postern/core', '../core.md#errorcode');
  const [main, gate, error, types] = parts.map(({ text }) => text);
  it('has a page for each class, errors last, and one for the types', () => {
    expect(parts.map(({ title }) => title)).toEqual(['@postern/core', 'Gate', 'BadError', 'Types of @postern/core']);
  });
  it('begins with a list of what it has, each with a sentence, and with the methods of its first class', () => {
    expect(main).toContain('- [`Gate`](#gate): A gate opens.\n');
    expect(main).toContain('- [`plan()`](#plan-1): Plans it.\n');
    expect(main).toContain('| [`ensureLink()`](#ensurelink) | Makes a link. |');
    expect(gate).toContain('| [`ensureLink()`](#ensurelink) | Makes a link. |');
  });
  it('keeps the anchors of the whole page, so that links between its parts hold', () => {
    expect(types).toContain('### Plan {#plan}');
    expect(main).toContain('### plan() {#plan-1}');
    expect(gate).toContain('### ensureLink() {#ensurelink}');
  });
  it('names the type of all error codes instead of the list', () => {
    expect(error).toContain('| `code` | [`ErrorCode`](../core.md#errorcode) |');
  });
  it('is one page where it is short', () => {
    expect(partsOfEntry('# entry\n\n## Functions\n\n### plan()\n\nPlans it.\n', 'short', '')).toHaveLength(1);
  });
});

describe('the search', () => {
  it('has names of exports and methods of an API page, without texts and without headings that all have', async () => {
    const md = await createMarkdownRenderer('.', { config: markdownRules });
    const html = md.render(
      '# Gate\n\nText.\n\n## Methods\n\n### ensureLink()\n\nText.\n\n#### Returns\n\n### PROBE_FAILED\n',
    );
    const titles = [...namesOf(html).matchAll(/<h\d id="([^"]*)"/g)].map(([, id]) => id);
    expect(titles).toEqual(['gate', 'ensurelink']);
    expect(namesOf(html)).not.toContain('Text.');
  });
  it('has other words for a section, which the page does not show, and a result for each row that can be linked', () => {
    const heading = (level: number, id: string) =>
      `<h${level} id="${id}">${id} <a class="header-anchor" href="#${id}">#</a></h${level}>`;
    const row = '<tr><td><a id="gone"></a><code>Gone</code></td><td>It is closed.</td></tr>';
    const html = `${heading(1, 'Page')}<!-- search: firewall, whitelist -->Text.${heading(2, 'Rows')}<table>${row}</table>`;
    const sections = sectionsOf(searchedOf('guides/page.md', html));
    expect(sections.map(({ anchor, titles }) => [anchor, ...titles])).toEqual([
      ['Page', 'Page'],
      ['Rows', 'Page', 'Rows'],
      ['gone', 'Page', 'Rows', 'Gone'],
    ]);
    const { extractField } = miniSearch.options;
    expect(sections.map((section) => extractField(section, 'words'))).toEqual(['firewall, whitelist', '', '']);
    expect(sections[2]?.text).toContain('It is closed.');
  });
  it.each([
    ['PROBE_FAILED', ['PROBE', 'FAILED', 'PROBE_FAILED']],
    ['see link/exists', ['see', 'link', 'exists', 'link/exists']],
    ['postern check --fail-on', ['postern', 'check', 'fail', 'on', 'fail-on']],
    ['迁移 API分组', ['API', '迁移', '分组']],
  ])('finds "%s" whole, too', (text, words) => {
    expect(miniSearch.options.tokenize(text)).toEqual(words);
  });
  it('does not look for words that each page has', () => {
    expect(['how', 'to', 'Install'].map((word) => miniSearch.options.processTerm(word))).toEqual([
      null,
      null,
      'install',
    ]);
  });
});

it('a long code of a table can break after its marks, and keeps its text', async () => {
  const md = await createMarkdownRenderer('.', { config: markdownRules });
  const html = md.render('`SECURITY_GROUP_REQUIRED` and `a_b` and `{{changeSet:KNOWN_AFTER}}`\n');
  expect(html).toContain('>SECURITY_<wbr>GROUP_<wbr>REQUIRED<');
  expect(html).toContain('>a_b<');
  expect(html.replaceAll('<wbr>', '')).toContain('{{changeSet:KNOWN_AFTER}}');
});

it('TypeDoc, which writes the pages of the API, has the TypeScript that it needs', async () => {
  // With the native compiler, which has no JavaScript interface, the import itself fails.
  expect(Object.keys(await import('typedoc'))).toContain('Application');
});
