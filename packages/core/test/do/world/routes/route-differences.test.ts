import { describe, expect, it } from 'vitest';
import type { Route, RouteSettings } from '../../../../src/do/model/route.js';
import { routeDifferences } from '../../../../src/do/world/routes/route-differences.js';

const OWNER = { project: 'shop', spec: 'shop', integration: 'orders' };

/** In what a route with these settings differs from a declaration with those. */
function differences(is: RouteSettings | undefined, settings: RouteSettings | undefined) {
  const route: Route = {
    id: 'r1',
    gatewayId: 'a1',
    key: 'GET /a',
    linkId: 'l1',
    targetId: 't1',
    owner: OWNER,
    raw: null,
    ...(is === undefined ? {} : { settings: is }),
  };
  const target = { kind: 'listener', id: 't1' } as const;
  const wanted = {
    link: 'eu',
    linkId: 'l1',
    key: 'GET /a',
    target,
    targetText: 'listener t',
    path: 'overwrite',
  } as const;
  return routeDifferences(route, { ...wanted, settings }, 'orders');
}

describe('settings of a route', () => {
  it.each<[string, RouteSettings | undefined, RouteSettings | undefined]>([
    ['are not declared', { timeoutMs: 5000, apiKey: true }, undefined],
    ['are equal', { timeoutMs: 5000, apiKey: false }, { timeoutMs: 5000, apiKey: false }],
    ['are equal where declared', { timeoutMs: 5000, apiKey: true }, { timeoutMs: 5000 }],
    ['are scopes in another order', { scopes: ['b', 'a'] }, { scopes: ['a', 'b'] }],
    ['are no scopes', {}, { scopes: [] }],
    ['are no parameters', undefined, { parameters: {} }],
    [
      'are parameters with an empty part',
      { parameters: { header: { a: 'header.b' } } },
      { parameters: { header: { a: 'header.b' }, query: {} } },
    ],
  ])('do not differ where they %s', (_, is, wanted) => {
    expect(differences(is, wanted)).toEqual([]);
  });

  it.each<[RouteSettings, RouteSettings, string | null, string | null]>([
    [{ timeoutMs: 5000 }, { timeoutMs: 6000 }, '5000', '6000'],
    [{}, { timeoutMs: 6000 }, null, '6000'],
    [{ scopes: ['a'] }, { scopes: [] }, '["a"]', null],
    [{ scopes: ['a'] }, { scopes: ['b', 'a'] }, '["a"]', '["a","b"]'],
    [{ authorizer: 'iam' }, { authorizer: 'none' }, 'iam', 'none'],
    [{ parameters: { query: { a: "'b'" } } }, { parameters: {} }, `{"query":{"a":"'b'"}}`, null],
    [{ apiKey: true }, { apiKey: false }, 'true', 'false'],
    [
      { parameters: { header: { a: "'(not shown)'" } } },
      { parameters: { header: { a: 'header.b' } } },
      `{"header":{"a":"'(not shown)'"}}`,
      '{"header":{"a":"header.b"}}',
    ],
  ])('%o differ from %o', (is, wanted, from, to) => {
    expect(differences(is, wanted)).toEqual([{ field: Object.keys(wanted)[0], from, to }]);
  });
});
