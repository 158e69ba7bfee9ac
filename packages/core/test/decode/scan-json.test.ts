import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { cpuMs, expectCpuBelow } from '../cpu-time.js';
import { parseJson } from '../../src/decode/parse-json.js';
import { runs, sample } from '../runs.js';
import { findSyntaxError } from '../../src/decode/syntax-error.js';
import { MAX_DEPTH, scanJson } from '../../src/decode/scan-json.js';

const limits = { maxLength: 4 * 1024 * 1024, maxDepth: MAX_DEPTH };

describe('parseJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!text.includes('"__proto__"'));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: runs(50, 500) },
    );
  });

  it('accepts and refuses the syntax that JSON.parse does', () => {
    const arbNear = fc
      .tuple(fc.json({ maxDepth: 3 }), fc.nat(60), fc.string({ maxLength: 2 }))
      .map(([text, at, insert]) => text.slice(0, at) + insert + text.slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(arbNear, fc.stringMatching(/^[[\]{}",:\\\-0-9e. ]{0,20}$/)), (text) => {
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
          expect(findSyntaxError(text)).toBeUndefined();
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
          expect(findSyntaxError(text)).toBeLessThanOrEqual(text.length);
          expect(() => parseJson(text)).toThrow(expect.objectContaining({ name: 'InvalidInputError' }));
          return;
        }
        try {
          expect(parseJson(text)).toEqual(parsed);
        } catch (error) {
          expect((error as Error).message).toMatch(/twice|read exactly|__proto__/);
        }
      }),
      { numRuns: runs(150, 300_000) },
    );
  });

  it.each([
    ['{"a":1e400}', 'overflows', 1, 6],
    ['{"a":\n -1e400}', 'overflows, negative', 2, 2],
    ['[9007199254740993]', '2⁵³+1', 1, 2],
    ['[-0]', 'minus zero', 1, 2],
    ['[-0.0e5]', 'minus zero with an exponent', 1, 2],
    ['{"a":1,"b":{"a":1},\n"a":2}', 'a duplicate key', 2, 1],
    ['{"a":1,"\\u0061":2}', 'a duplicate key, once escaped', 1, 8],
    ['{"a" :1,"a"\t:2}', 'a duplicate key, blanks before the colon', 1, 9],
    ['[NaN]', 'not JSON', 1, 2],
    ['[1,]', 'bad syntax', 1, 4],
    ['{"a":', 'truncated', 1, 6],
    ['{"a": [1,\n  tru]}', 'a truncated literal', 2, 6],
    ['', 'empty', 1, 1],
    ['{"a":"b\nc"}', 'a line end in a string', 1, 8],
    ['["\\x"]', 'an invalid escape', 1, 3],
    ['{"a":1}}', 'one bracket too many', 1, 8],
    ['{"a":1]', 'the wrong bracket', 1, 7],
    ['{a:1}', 'a key without quotes', 1, 2],
    ['[01]', 'a leading zero', 1, 3],
    ['[-]', 'a lone sign', 1, 3],
    ['<html>', 'another kind of file', 1, 1],
  ])('refuses %s: %s', (text, _, line, column) => {
    expect(() => parseJson(text, { file: 'f.json' })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', place: { file: 'f.json', line, column } }),
    );
  });

  it.each([
    '[9007199254740992]',
    '[-9007199254740991]',
    '[1e300]',
    '[0.1]',
    '[1152921504606846976]',
    '{"a":{"a":1},"b":"a"}',
  ])('reads %s exactly', (text) => expect(parseJson(text)).toEqual(JSON.parse(text)));

  it('reads every double that Postern writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toBe(JSON.parse(text));
      }),
      { numRuns: runs(200, 2_000) },
    );
    expect(parseJson('12345678901234567000')).toBe(Number('12345678901234567890'));
  });

  it.each(sample([65, 1_000, 5_000, 20_000, 1_000_000], 2))('refuses %i levels, because of their depth', (depth) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const text = `${open.repeat(depth)}1${close.repeat(depth)}`;
      const refused = expect.objectContaining({ code: 'INPUT_TOO_LARGE', place: expect.objectContaining({ line: 1 }) });
      expect(() => parseJson(text)).toThrow(refused);
      expect(() => parseJson(open.repeat(depth))).toThrow(refused);
    }
  });

  it.each(sample(['[', '{"a":', '[1,[],'], 2))('refuses a long text of %s before it is parsed', (unit) => {
    const parse = vi.spyOn(JSON, 'parse');
    const text = `[${'"[",'.repeat(1_000_000)}${unit.repeat(1_000_000)}`;
    try {
      expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'INPUT_TOO_LARGE' }));
      expect(parse).not.toHaveBeenCalledWith(text);
    } finally {
      parse.mockRestore();
    }
  });

  it.each([
    ['{"a":1,"a":2,', 'the text ends too early'],
    ['{"a":1,"a":2,"b":-0}', 'the number -0 cannot be read exactly'],
    ['{"a":1,"a":2,"__proto__":1}', 'the key __proto__ is not allowed'],
    ['{"a":1,"\\u0061":2}', 'the key "a" stands twice'],
  ])('of several faults in %s names one: %s', (text, message) => {
    expect(() => parseJson(text)).toThrow(`JSON: ${message}`);
  });

  it('64 levels are read; brackets in strings do not count', () => {
    expect(() => parseJson(`${'['.repeat(64)}${']'.repeat(64)}`)).not.toThrow();
    expect(parseJson(JSON.stringify('['.repeat(1_000)))).toBe('['.repeat(1_000));
    expect(parseJson(JSON.stringify({ 'a"[[': ['\\"[', '\\'] }))).toEqual({ 'a"[[': ['\\"[', '\\'] });
  });

  it.each([
    ['{"a":1,\n"__proto__":{"x":1}}', 2, 1],
    ['[{"\\u005f_proto__":1}]', 1, 3],
    ['{"a":"__proto__","b":{"__proto__":1}}', 1, 23],
  ])('refuses a member __proto__: %s', (text, line, column) => {
    expect(() => parseJson(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', place: { file: undefined, line, column } }),
    );
  });

  it('other names of inherited members are plain data, and no prototype changes', () => {
    const value = parseJson('{"proto":"__proto__","constructor":{"prototype":{"x":1}}}');
    expect(Object.keys(value as object)).toEqual(['proto', 'constructor']);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('takes linear time', () => {
    const time = (keys: number): number => {
      const text = JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, index])));
      const start = cpuMs();
      scanJson(text, limits);
      return cpuMs() - start;
    };
    time(100_000); // warm
    expect(time(100_000)).toBeLessThan(2_000);
    expectCpuBelow(3_000, () => {
      for (const unit of ['"', '\\', '{"', '-', '9', '"a":', ' ']) {
        try {
          scanJson(unit.repeat(100_000), limits);
        } catch {
          // depth or number: refused, in time
        }
      }
    });
  });

  it('refuses a text that is too long before it is parsed', () => {
    expect(() => scanJson(' '.repeat(limits.maxLength + 1), limits)).toThrow(
      expect.objectContaining({ code: 'INPUT_TOO_LARGE' }),
    );
  });
});
