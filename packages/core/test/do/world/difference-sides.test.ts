import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Route, RouteSettings } from '../../../src/do/model/route.js';
import type { TargetTls } from '../../../src/do/model/target.js';
import { HIDDEN_CONSTANT } from '../../../src/do/snapshot/hide-values.js';
import { sidesOf } from '../../../src/do/world/routes/setting-text.js';
import { routeDifferences, type WantedRoute } from '../../../src/do/world/routes/route-differences.js';
import { runs } from '../../runs.js';

const route: Route = { id: 'r1', gatewayId: 'a1', key: 'GET /a', linkId: 'l1', targetId: 't1', raw: null };
const wanted: WantedRoute = {
  link: 'eu',
  linkId: 'l1',
  key: 'GET /a',
  target: { kind: 'listener', id: 't1' } as WantedRoute['target'],
  targetText: 'listener t',
  tls: undefined,
  path: 'overwrite',
  settings: undefined,
  stages: undefined,
};

/** The differences apart from the mark, as text. */
function texts(there: Partial<Route>, declared: Partial<WantedRoute>): readonly string[] {
  return routeDifferences({ ...route, ...there }, { ...wanted, ...declared }, 'orders')
    .filter(({ field }) => field !== 'owner')
    .map((one) => `${one.field}: ${sidesOf(one).from} → ${sidesOf(one).to}`);
}

it.each<[string, Partial<Route>, Partial<WantedRoute>, readonly string[]]>([
  ['TLS without a name, and none declared', { tls: {} }, {}, ['scheme: https → http']],
  ['no TLS, and TLS without a name declared', {}, { tls: {} }, ['scheme: http → https']],
  [
    'no TLS, and TLS with a name declared',
    {},
    { tls: { serverName: 'a.b' } },
    ['scheme: http → https', 'tls.serverName: none → a.b'],
  ],
  ['another name', { tls: { serverName: 'a.c' } }, { tls: { serverName: 'a.b' } }, ['tls.serverName: a.c → a.b']],
  [
    'a target outside of every network has no scheme',
    { targetId: undefined },
    { tls: {} },
    ['target: none → t1', 'scheme: none → https'],
  ],
  [
    'two constants with the name of a secret',
    { settings: { parameters: { header: { 'x-api-key': "'one'" } } } },
    { settings: { parameters: { header: { 'x-api-key': "'two'" } } } },
    [`parameters: header x-api-key = ${HIDDEN_CONSTANT} → header x-api-key = ${HIDDEN_CONSTANT} (another value)`],
  ],
  ['a host that reads like none', { settings: {} }, { settings: { host: 'none' } }, ['host: none → "none"']],
])('name what differs: %s', (_, there, declared, expected) => {
  expect(texts(there, declared)).toEqual(expected);
});

it('never read the same', () => {
  const name = fc.constantFrom('x-api-key', 'x-tenant', 'a, header b from c');
  const source = fc.constantFrom("'one'", "'two'", HIDDEN_CONSTANT, 'header.a', '');
  const part = fc.option(fc.dictionary(name, source, { maxKeys: 2 }), { nil: undefined });
  const settings = fc.record<RouteSettings>(
    {
      host: fc.constantFrom('', 'none', 'a.b', undefined),
      timeoutMs: fc.constantFrom(1000, 1001, undefined),
      parameters: fc.option(fc.record({ header: part, query: part }), { nil: undefined }),
      authorizer: fc.constantFrom('none', 'iam', ''),
      scopes: fc.array(fc.constantFrom('a', 'b', 'a, b', ''), { maxLength: 2 }),
      apiKey: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const tls = fc.constantFrom<TargetTls | undefined>(undefined, {}, { serverName: 'a.b' }, { serverName: 'none' });
  const stages = fc.option(fc.array(fc.constantFrom('TEST', 'RELEASE', 'none'), { maxLength: 2 }), {
    nil: undefined,
  });
  const there = fc.record<Partial<Route>>({
    tls,
    settings,
    stages,
    path: fc.constantFrom(undefined, 'keep'),
    targetId: fc.constantFrom('t1', 'none', undefined),
  });
  fc.assert(
    fc.property(there, fc.record<Partial<WantedRoute>>({ tls, settings, stages }), (live, declared) => {
      for (const one of routeDifferences({ ...route, ...live }, { ...wanted, ...declared }, 'orders')) {
        const { from, to } = sidesOf(one);
        expect(from, one.field).not.toBe(to);
        expect(`${from}, ${to}`).not.toMatch(/x-api-key[^,]*'(?:one|two)'/);
      }
    }),
    { numRuns: runs(200, 200_000), seed: 3 },
  );
});
