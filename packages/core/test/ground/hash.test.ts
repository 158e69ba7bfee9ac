import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../runs.js';
import { canonicalJson, hashJson, hashText } from '../../src/ground/hash.js';
import type { Json } from '../../src/ground/json.js';

describe('canonicalJson', () => {
  it('sorts members, drops undefined ones, and is JSON', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined, A: -0 })).toBe(
      '{"A":0,"b":[1,{"c":"x","d":null}]}',
    );
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(canonicalJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it.each<[unknown, string]>([
    [Number.NaN, 'not a number'],
    [Number.POSITIVE_INFINITY, '1e400 overflows to it'],
    [[undefined], 'a hole'],
    [1n, 'a BigInt'],
  ])('refuses %s: %s', (value) => {
    expect(() => canonicalJson(value as never)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('refuses a value that is nested too deeply, without a stack overflow', () => {
    let deep: Json = null;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(() => hashJson(deep)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('__proto__ is a plain member', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"x":1},"a":2}'))).toBe('{"__proto__":{"x":1},"a":2}');
  });
});

describe('hashJson', () => {
  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(hashJson(reversed as Json)).toBe(hashJson(value as Json));
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it('is 16 hexadecimal digits, and never changes: it is written on resources', () => {
    expect(hashJson({ links: { eu: { subnets: ['subnet-a', 'subnet-b'] } } })).toBe('fecfaf36eb6d9765');
    expect(hashText('')).toMatch(/^[0-9a-f]{16}$/);
  });

  it('differs for 200,000 similar texts, in both halves', () => {
    const whole = new Set<string>();
    const halves = [new Set<string>(), new Set<string>()];
    for (let index = 0; index < 200_000; index += 1) {
      const hash = hashText(`subnet-${index.toString(36)}`);
      whole.add(hash);
      halves[0]!.add(hash.slice(0, 8));
      halves[1]!.add(hash.slice(8));
    }
    expect(whole.size).toBe(200_000);
    // By chance about 5 of 200,000 values of 32 bits collide.
    for (const half of halves) expect(half.size).toBeGreaterThan(199_950);
  });
});
