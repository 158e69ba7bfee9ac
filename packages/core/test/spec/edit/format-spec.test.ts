import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../runs.js';
import { formatSpec } from '../../../src/spec/edit/format-yaml.js';
import { readYaml } from '../../../src/spec/source/read-yaml.js';

/** A text as it should be: each part of it is laid out otherwise below. */
const FORMATTED = `# yaml-language-server: $schema=x
version: 1

# The project
# that owns the resources
project: shop   # trailing
spec: 'shop-7f'
links: # of the links
  main:
    provider: aws
    # account: '1'     # checked
    subnets: [subnet-a, subnet-b] # why
    tags: { team: pay, "cost": [1, { a: b }], none: {}, empty: [] }
    list:
      - 10.0.0.0/8
      # in the list
      - to: &port 1
        at: *port
        # at the end of an item

      - - a
        - b
    text: "a very
      long text"
    block: |
      a

    fold: >- # f
      aaa
      bbb
    nothing:
      # yet: 1
    last: ~

  # other: {}

# An integration connects routes.
integrations:
  ? orders
  : n: 0x1F
# the end
`;

it('leaves a formatted text as it is', () => {
  expect(formatSpec(FORMATTED)).toBe(FORMATTED);
});

it('gives the same text for any indentation, empty lines, ends of lines and spaces behind them', () => {
  const layout = fc.record({
    widths: fc.array(fc.integer({ min: 2, max: 7 }), { minLength: 6, maxLength: 6 }),
    empty: fc.integer({ min: 1, max: 3 }),
    end: fc.constantFrom('\n', '\r\n'),
    behind: fc.constantFrom('', '  '),
    start: fc.constantFrom('', '\ufeff', '\n'),
  });
  fc.assert(
    fc.property(layout, ({ widths, empty, end, behind, start }) => {
      const lines = FORMATTED.split('\n').map((line) => {
        const [, spaces = '', dashes = '', rest = ''] = /^( *)((?:- )*)(.*)$/.exec(line) ?? [];
        const depth = spaces.length / 2;
        const indent = widths.slice(0, depth).reduce((sum, width) => sum + width, 0);
        const items = [...dashes.matchAll(/- /g)].map((_, at) => `-${' '.repeat((widths[depth + at] ?? 2) - 1)}`);
        return line === '' ? end.repeat(empty - 1) : ' '.repeat(indent) + items.join('') + rest;
      });
      const text = lines.map((line) => (/[\]}1']$/.test(line) ? line + behind : line)).join(end);
      expect(formatSpec(start + text)).toBe(FORMATTED);
    }),
    { numRuns: runs(25, 100) },
  );
});

it('keeps the values of any text, and leaves its own result as it is', () => {
  const words = ['a', 'b: ', '- ', ': ', ', ', '[', ']', '{', '}', '|\n', '>-\n', '|2\n', '"', "'", '&x ', '#c'];
  const word = fc.constantFrom(...words, ' ', '  ', '\n', '\n  ', '\n   ', '---\n');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (some) => {
      const text = some.join('');
      let formatted: string;
      try {
        formatted = formatSpec(text); // compares the values itself
      } catch {
        return;
      }
      expect(formatSpec(formatted)).toBe(formatted);
    }),
    { numRuns: runs(150, 5_000) },
  );
});

it.each([
  ['spaces in brackets and around colons', 'a : {b:  1 ,c: [ d,e ],"f":2}\n', 'a: { b: 1, c: [d, e], "f": 2 }\n'],
  ['a list at the column of its key', 'a:\n- b\n- c\n# of d\nd: 1\n', 'a:\n  - b\n  - c\n# of d\nd: 1\n'],
  ['lines of brackets keep their place', 'a:\n    b: [\n        c,d\n     ]\n', 'a:\n  b: [\n      c, d\n   ]\n'],
  ['a number of spaces that the text names', 'a:\n    b: |2\n        c\n', 'a:\n  b: |2\n      c\n'],
  ['line ends that count', 'a: |+\n   b\n\n\nc: |\n   d\n\n\n', 'a: |+\n  b\n\n\nc: |\n  d\n'],
  ['a text without its last line end', 'a: |\n   b', 'a: |\n  b\n'],
  ['an empty text', 'a: |\nb: >+\n\nc: |-\n\n', 'a: |\nb: >+\n\nc: |-\n'],
  [
    'a text in quotes in brackets',
    'a:\n    b: { c: "d\n     e",\n      f: 1 }\n',
    'a:\n  b: { c: "d\n    e",\n    f: 1 }\n',
  ],
  ['spaces that count', 'a: |\n   b  \n      \n   c\n', 'a: |\n  b  \n     \n  c\n'],
  [
    'a value on a line of its own',
    'a:\n      &x\n      b: 1\nc:\n   d e\n     f\n',
    'a:\n  &x\n  b: 1\nc:\n  d e\n  f\n',
  ],
  ['marks of a document', '---\n\n\na: 1\n', '---\n\na: 1\n'],
])('%s', (_, text, formatted) => {
  expect(formatSpec(text)).toBe(formatted);
  expect(formatSpec(formatted)).toBe(formatted);
  expect(readYaml(formatted, {}).value).toEqual(readYaml(text, {}).value);
});

it('writes each member of JSON on its line, in its order and its words', () => {
  const text = '{"b":1.50,"10":[ {"c\\u0041":"d, {"},{} ],"1":[]\n}';
  const formatted = '{\n  "b": 1.50,\n  "10": [\n    {\n      "c\\u0041": "d, {"\n    },\n    {}\n  ],\n  "1": []\n}\n';
  expect(formatSpec(text, { json: true })).toBe(formatted);
  expect(formatSpec(formatted, { json: true })).toBe(formatted);
});

it.each([
  ['a: [', false],
  ['a: 1\na: 2\n', false],
  ['{"a": 1,}', true],
])('refuses %j', (text, json) => {
  expect(() => formatSpec(text, { json, file: 'x' })).toThrow(expect.objectContaining({ code: 'INVALID_YAML' }));
});
