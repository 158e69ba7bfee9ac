import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import * as script from '../zh-pages.mjs';
// @ts-expect-error a script without declarations
import { CHINESE_PAGES } from '../../site/src/pages.mjs';

const { checkTranslations, translated } = script as {
  readonly checkTranslations: () => readonly string[];
  readonly translated: (
    name: string,
    page: string,
    english: (file: string) => string,
    options?: { readonly same?: boolean },
  ) => { readonly text: string; readonly problems: readonly string[] };
};

const ENGLISH = '# Move\n\nIt moves.\n\n```sh\npostern a\n```\n\n## Return\n\nIt returns.\n\n```sh\n## b\n```\n';
const CHINESE =
  '# 迁移\n\n<!-- translates move.md -->\n\n它迁移。\n\n```\n```\n\n## 返回\n\n<!-- translates #return -->\n\n它返回。\n\n```\n```\n';
const run = (page: string, english = ENGLISH, options = {}) => translated('zh.md', page, () => english, options);
const current = run(CHINESE).text;

describe('a page in Chinese', () => {
  it('has the code of the English page, and digests of what both say', () => {
    expect(current).toContain('```sh\npostern a\n```');
    expect(current).toContain('```sh\n## b\n```');
    expect(current).toMatch(/<!-- translates #return, en [0-9a-f]{8}, zh [0-9a-f]{8} -->/);
    expect(run(current)).toEqual({ text: current, problems: [] });
  });
  it('follows the code of the English page without being listed', () => {
    const { text, problems } = run(current, ENGLISH.replace('postern a', 'postern c'));
    expect([text, problems]).toEqual([current.replace('postern a', 'postern c'), []]);
  });
  it.each([
    [
      'the English alone',
      current,
      ENGLISH.replace('returns', 'goes back'),
      ['#return: the English changed, and the Chinese did not'],
    ],
    [
      'the Chinese alone',
      current.replace('它返回', '它回去'),
      ENGLISH,
      ['#return: the Chinese changed, and the English did not'],
    ],
    ['both', current.replace('它返回', '它回去'), ENGLISH.replace('returns', 'goes back'), []],
    [
      'the English has one more section',
      current,
      `${ENGLISH}\n## Finish\n`,
      ['move.md#finish is neither translated nor left out'],
    ],
    ['a section that is left out', `${current}\n<!-- leaves out #finish -->\n`, `${ENGLISH}\n## Finish\n`, []],
    [
      'the English has one section less',
      current,
      ENGLISH.replace(/## Return[^]*/, ''),
      ['#return does not exist in English'],
    ],
    [
      'the English has one more block',
      current,
      ENGLISH.replace('## Return', '```sh\nd\n```\n\n## Return'),
      ['move.md has 2 blocks of code, and its translation 1'],
    ],
    [
      'a section without a mark',
      current.replace(/<!-- translates #return.*/, ''),
      ENGLISH,
      ['no section of the English is named below: ## 返回', 'move.md#return is neither'],
    ],
  ])('lists what changed: %s', (_, page, english, expected) => {
    const { problems } = run(page, english);
    expect(problems).toEqual(expected.map((one) => expect.stringContaining(one)));
  });
  it('keeps the digests of what is listed, until both sides say the same', () => {
    const english = ENGLISH.replace('returns', 'goes back');
    expect(run(current, english).text).toBe(current);
    const { text } = run(current, english, { same: true });
    expect(run(text, english)).toEqual({ text, problems: [] });
  });
});

it('docs/zh says what the English pages say, each of its files is a page of the site', () => {
  expect(checkTranslations()).toEqual([]);
  const folder = path.resolve(import.meta.dirname, '../../docs/zh');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  const sources = (CHINESE_PAGES as readonly { readonly source: string }[]).map(({ source }) => source);
  expect(files.map((name) => `docs/zh/${name}`).toSorted()).toEqual(sources.toSorted());
});
