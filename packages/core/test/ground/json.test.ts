import { expect, it } from 'vitest';
import { quotedText } from '../../src/ground/json.js';

it.each([
  ['"a.b"', 'a.b'],
  [String.raw`"a\"b\\c"`, String.raw`a"b\c`],
  [String.raw`"\u00e9\n"`, 'é\n'],
  ['"a\nb\u0000"', 'a\nb\u0000'],
  [String.raw`"\q\u12"`, String.raw`\q\u12`],
])('the text of %j is %j', (quoted, text) => {
  expect(quotedText(quoted)).toBe(text);
});
