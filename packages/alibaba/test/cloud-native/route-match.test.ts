import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { isMatchOf, toKey, toMatch } from '../../src/cloud-native/route-match.js';

const part = fc.constantFrom('orders', 'v1', 'a.b', 'x-y', '{id}', '{sku}');
const key = fc
  .tuple(fc.constantFrom('ANY', 'GET', 'POST'), fc.array(part, { maxLength: 4 }), fc.boolean())
  .map(([method, parts, greedy]) => `${method} /${[...parts, ...(greedy ? ['{proxy+}'] : [])].join('/')}`);

describe('route keys', () => {
  it.each([
    ['ANY /orders', { path: { type: 'Exact', value: '/orders' }, methods: [] }],
    ['ANY /{proxy+}', { path: { type: 'Prefix', value: '/' }, methods: [] }],
    ['GET /orders/{proxy+}', { path: { type: 'Prefix', value: '/orders/' }, methods: ['GET'] }],
    ['GET /v1.0/{id}', { path: { type: 'Regex', value: String.raw`^/v1\.0/[^/]+$` }, methods: ['GET'] }],
    ['PUT /{id}/files/{rest+}', { path: { type: 'Regex', value: '^/[^/]+/files/.*$' }, methods: ['PUT'] }],
  ])('%s', (text, match) => expect(toMatch(text)).toEqual(match));

  it.each(['$default', 'GET /{rest+}/x', 'TRACE /x', 'GET /a*'])('refuses %s', (text) => {
    expect(() => toMatch(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('are read back with the names that a description has, and without it mean the same calls', () => {
    fc.assert(
      fc.property(key, (text) => {
        expect(toKey(toMatch(text), text)).toBe(text);
        expect(isMatchOf(toKey(toMatch(text)), toMatch(text))).toBe(true);
      }),
      { numRuns: runs(25, 100) },
    );
  });

  it('of what no key says cannot be declared', () => {
    const path = { type: 'Exact', value: '/x' };
    const headers = [{ name: 'x-ca-stage', type: 'Exact', value: 'TEST' }];
    for (const match of [
      { path, headers },
      { path, methods: ['GET', 'POST'] },
      { path: { type: 'Prefix', value: '/x' } },
      { path: { type: 'Regex', value: '^/(a|b)$' } },
    ])
      expect(isMatchOf(toKey(match), match)).toBe(false);
  });
});
