import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../../core/test/runs.js';
import { expectCpuBelow } from '../../../../core/test/cpu-time.js';
import { wildcard } from '../../../src/aws/ec2/request/filters.js';

it.each([
  ['*', '', true],
  ['a*c', 'abbc', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', true],
  ['a?c', 'abbc', false],
  ['a.c', 'abc', false],
  [String.raw`a\*c`, 'a*c', true],
  [String.raw`a\*c`, 'abc', false],
  [String.raw`a\\c`, String.raw`a\c`, true],
  ['A*', 'abc', false],
  ['a*', 'a\nb', true],
])('%j on %j: %s', (pattern, text, expected) => {
  expect(wildcard(pattern)(text)).toBe(expected);
});

it('accept any text', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, (literal) => {
      const escaped = literal.replaceAll(/[\\*?]/g, String.raw`\$&`);
      expect(wildcard(escaped)(literal)).toBe(true);
      expect(wildcard(`${escaped}*`)(`${literal}x`)).toBe(true);
    }),
    { numRuns: runs(25, 100) },
  );
});

it('agree with a slow and obvious implementation', () => {
  const parts = fc.array(fc.constantFrom('*', '?', 'a', 'b'), { maxLength: 8 });
  const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 });
  const slow = (pattern: readonly string[], rest: readonly string[]): boolean => {
    const [step, ...steps] = pattern;
    if (step === undefined) return rest.length === 0;
    if (step === '*') return rest.some((_, index) => slow(steps, rest.slice(index))) || slow(steps, []);
    if (step === '?') return slow(steps, rest) || (rest.length > 0 && slow(steps, rest.slice(1)));
    return rest[0] === step && slow(steps, rest.slice(1));
  };
  fc.assert(
    fc.property(parts, text, (pattern, given) => {
      expect(wildcard(pattern.join(''))(given.join(''))).toBe(slow(pattern, given));
    }),
    { numRuns: runs(25, 100) },
  );
});

it('with many stars take no longer', () => {
  expectCpuBelow(5000, () => {
    expect(wildcard('*a'.repeat(300))(`${'a'.repeat(300)}b`)).toBe(false);
  });
});
