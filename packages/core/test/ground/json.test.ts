import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { quotedText } from '../../src/ground/json.js';
import { jsonText } from '../../src/ground/text/json-text.js';
import { yamlText } from '../../src/spec/generate/yaml-text.js';
import { runs } from '../runs.js';

it.each([
  ['"a.b"', 'a.b'],
  [String.raw`"a\"b\\c"`, String.raw`a"b\c`],
  [String.raw`"\u00e9\n"`, 'é\n'],
  ['"a\nb\u0000"', 'a\nb\u0000'],
  [String.raw`"\q\u12"`, String.raw`\q\u12`],
])('the text of %j is %j', (quoted, text) => {
  expect(quotedText(quoted)).toBe(text);
});

const HOSTILE = [
  '::error::x',
  'a\n  ::error::x\nb',
  '##vso[task.x]y',
  '\u009B31m\u202E\u{E0041}\uD800 \uDB40',
  '- a\t: #',
];
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...HOSTILE));

it.each([
  ['JSON', (value: unknown) => jsonText(value, 2), (written: string): unknown => JSON.parse(written)],
  ['YAML', yamlText, (written: string): unknown => parse(written)],
])('any text in %s is read as it was, and controls no terminal and no log', (_, write, read) => {
  const members = fc.oneof(text, fc.array(text, { maxLength: 3 }));
  const value = fc.dictionary(text, members, { maxKeys: 4, noNullPrototype: true });
  fc.assert(
    fc.property(value, (given) => {
      const written = write(given);
      expect(read(written)).toEqual(given);
      expect(written).not.toMatch(
        /[^\P{C}\n]|[\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|^\s*::[a-z]|##\w{0,32}\[/imu,
      );
    }),
    { numRuns: runs(200, 5_000) },
  );
});
