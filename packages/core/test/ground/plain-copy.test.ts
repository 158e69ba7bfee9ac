import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../runs.js';
import { plainCopy } from '../../src/ground/json.js';

it('is what JSON reads back, also of members named __proto__', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(plainCopy(value, new Set())).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: runs(25, 100) },
  );
  const odd = JSON.parse('{ "__proto__": { "a": 1 }, "b": [{ "__proto__": 2 }] }') as unknown;
  const copy = plainCopy(odd, new Set());
  expect(JSON.stringify(copy)).toBe('{"__proto__":{"a":1},"b":[{"__proto__":2}]}');
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
});

it('leaves out members by name and those that are undefined, at any depth', () => {
  const value = { RequestId: 'x', at: new Date(0), list: [{ RequestId: 'y', kept: 1, gone: undefined }, undefined] };
  expect(plainCopy(value, new Set(['RequestId']))).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    list: [{ kept: 1 }, null],
  });
});
