import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { describe, expect, it } from 'vitest';
import { yamlColors } from '../src/yaml-colors.js';

const HIGHLIGHTER = tagHighlighter([
  { tag: tags.propertyName, class: 'key' },
  { tag: tags.string, class: 'text' },
  { tag: tags.number, class: 'number' },
  { tag: tags.keyword, class: 'word' },
  { tag: tags.comment, class: 'comment' },
]);

/** What has a color, but for signs. */
function colored(text: string): readonly string[] {
  const found: string[] = [];
  highlightTree(yamlColors.parser.parse(text), HIGHLIGHTER, (from, to, name) =>
    found.push(`${name} ${text.slice(from, to)}`),
  );
  return found;
}

describe('the colors of a spec', () => {
  it.each<[what: string, text: string, expected: readonly string[]]>([
    ['keys, and a value without quotes', 'links:\n  eu:\n    provider: aws', ['key links', 'key eu', 'key provider']],
    ['a route as key', 'GET /orders/{id}: orders # all', ['key GET /orders/{id}', 'comment # all']],
    ['keys in braces', 'a: { port: 80, tls: true }', ['key a', 'key port', 'number 80', 'key tls', 'word true']],
    ['a list of blocks is neither numbers nor keys', 'a: [10.0.0.0/16, 8]', ['key a', 'number 8']],
    ['quotes', `'a b': "c: d # e"`, ["key 'a b'", 'text "c: d # e"']],
    ['an address is no key', 'a: https://example.com:8080/#b', ['key a']],
    [
      'a text of several lines',
      'a: |\n  b: 1\n\n  # c\nd: 2',
      ['key a', 'word |', 'text   b: 1', 'text   # c', 'key d', 'number 2'],
    ],
    ['braces that are never closed', 'a: {[[}]]]} b: 1', ['key a', 'key b', 'number 1']],
  ])('%s', (_, text, expected) => {
    expect(colored(text)).toEqual(expected);
  });

  it('are found in time where nothing fits', () => {
    expect(colored(`${"'".repeat(50_001)}\n${'{'.repeat(50_000)}`)).toBeDefined();
  });
});
