import { isDeepStrictEqual } from 'node:util';
import { createContext } from '@postern/core/internal/library';
import { assess, parseWaiver, planHandover, handoverDriver, handoverReader } from '@postern/alibaba/internal/handover';
import { simulate, type Simulation } from '@postern/simulator';
import { expect, it } from 'vitest';
import { carryOut } from '../../../../alibaba/test/traditional/handover/run-world.js';
import { seeded } from '../../../../core/test/drive.js';
import { seeds } from '../../../../core/test/runs.js';
import { REGION, type Api, type Backend } from './classic.js';
import type { RouteCall } from '../../../src/harness/load-routes.js';
import { handover, type Row } from './scenario.js';
import { plugin } from './scenarios.js';

const HOST = 'api.example.com';
/** What callers go by, besides the status. */
const COMPARED = [
  'content-type',
  'location',
  'cache-control',
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-max-age',
];

const WANTED = 'access-control-request-method';

/** One in the list, by chance. */
type Pick = <T>(from: readonly T[]) => T;

const METHODS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE', 'ANY'];
/** Most are fixed paths: they are what can be exact. Paths of one name overlap. */
const SHAPES = ['', '', '/all', '/all', '/all/open', '/v1.0/old', '/[id]', '/[id]/lines', '/*'];
const BACKENDS: readonly Backend[] = ['server', 'server', 'server', 'balancer', 'balancer', 'mock'];
/** What an API has besides: some of it keeps its meaning on the target, some does not. */
const MORE: readonly object[] = [
  ...Array.from({ length: 9 }, () => ({})),
  { ForceNonceCheck: true },
  { DisableInternet: true },
  {
    ConstantParameters: JSON.stringify([{ ServiceParameterName: 'x-tenant', ConstantValue: 'shop', Location: 'HEAD' }]),
  },
];

function apiOf(name: string, pick: Pick): Api {
  const shape = pick(SHAPES);
  const backend = pick(BACKENDS);
  return {
    key: `${pick(METHODS)} /${name}${shape}`,
    backend,
    ...(backend !== 'mock' && pick([true, false, false, false]) ? { to: `/inner/${name}${shape}` } : {}),
    ...(pick([true, false]) ? { apps: pick([['webshop'], ['partner'], ['webshop', 'partner']]) } : {}),
    more: pick(MORE),
  };
}

/** A group with up to ten APIs, of which some have plug-ins. */
function rowOf(seed: number): Row {
  const random = seeded(seed);
  const pick: Pick = (from) => from[Math.floor(random() * from.length)] as never;
  const made = Array.from({ length: 2 + Math.floor(random() * 9) }, () =>
    apiOf(pick(['orders', 'carts', 'items']), pick),
  );
  // One API for each path: two methods of it are two APIs, and so are two names of its parameters.
  const apis = [...new Map(made.map((api) => [api.key.slice(api.key.indexOf('/')), api])).values()].map((api, at) => ({
    ...api,
    more: { ...api.more, ApiName: `api_${at}` },
  }));
  const plugged = apis.map(() => pick(['', '', '', '', '', 'cors', 'ipControl', 'trafficControl']));
  return {
    what: `generated group ${seed}`,
    apis,
    before: (classic, ids) => {
      for (const [at, { key }] of apis.entries()) {
        const type = plugged[at] ?? '';
        if (type !== '') plugin(classic, ids[key], type, PLUGINS[type] ?? {});
      }
    },
  };
}

const PLUGINS: Readonly<Record<string, object>> = {
  cors: { allowOrigins: 'shop.example.com,*.example.org', allowMethods: 'GET,POST', maxAge: 600 },
  ipControl: { type: 'ALLOW', items: [{ blocks: ['0.0.0.0/0'] }] },
  trafficControl: { unit: 'MINUTE', apiDefault: 60_000 },
};

/** The calls of a route: as they are, from a page of another origin, with a query where nothing is signed; and what browsers ask before. */
function variants({ method = 'GET', path, headers = {} }: RouteCall, isCors: boolean) {
  const isSigned = 'x-ca-key' in headers;
  return [
    { method, path, headers },
    { method, path, headers: { ...headers, origin: 'https://shop.example.com', 'x-trace': 'a b' } },
    ...(isCors ? [{ method: 'OPTIONS', path, headers: { origin: 'http://a.example.org', [WANTED]: method } }] : []),
    ...(isSigned ? [] : [{ method, path: `${path}?q=1&q=2`, headers }]),
  ];
}

/** What an answer is to a caller; of the echo of a backend, what the backend got. */
function answered({ status, headers, body }: Awaited<ReturnType<Simulation['traffic']['call']>>) {
  const shown = COMPARED.map((name) => headers[name]);
  if (!body.startsWith('{')) return { status, shown, body };
  const { method, path, query, headers: got = {} } = JSON.parse(body);
  return { status, shown, body: { method, path, query, tenant: got['x-tenant'], trace: got['x-trace'] } };
}

/** Hands a generated group over; returns the calls of exact APIs, and those that were answered differently. */
async function compare(seed: number): Promise<{ readonly calls: number; readonly different: readonly unknown[] }> {
  const simulation = simulate({ seed, throttle: false, clock: 'auto' });
  const built = await handover(rowOf(seed)).build(simulation);
  const at = { region: REGION, api: simulation.alibaba(REGION) };
  const ctx = createContext({ clock: simulation.clock });
  const [reader, driver] = [handoverReader(at), handoverDriver(at)];
  const source = await reader.read(built.group, ctx);
  const targets = [];
  for (const one of built.targets) targets.push({ ...(await reader.target(one.id, ctx)), ...one });
  const { items } = assess(source, { targets });
  const open = items.filter(({ verdict }) => verdict === 'blocked' || verdict === 'unknown');
  const waivers = [...new Set(open.map(({ rule }) => rule))].map((rule) => parseWaiver(`${rule}=a trial`));
  const plan = planHandover(source, { targets, waivers });
  expect((await carryOut({ driver, ctx }, plan)).result, `group ${seed}`).toMatchObject({ state: 'built' });
  await simulation.advance(60_000);

  const inexact = new Set(
    items.flatMap(({ verdict, apis, source: { kind } }) => (verdict === 'exact' || kind === 'group' ? [] : apis)),
  );
  const keysOf = (has: (id: string) => boolean): ReadonlySet<string> =>
    new Set(
      source.apis
        .filter(({ id }) => has(id))
        .flatMap(({ deployments }) => deployments.map(({ method, path }) => `${method} ${path} at ${HOST}`)),
    );
  const keys = keysOf((id) => !inexact.has(id));
  const cors = source.plugins.filter(({ type }) => type === 'cors').flatMap(({ uses }) => uses);
  const asked = keysOf((id) => cors.some(({ apiId }) => apiId === id));
  const address = await driver.address(targets[0]?.id ?? '', ctx);
  const exact = built.routes
    .filter(({ route }) => keys.has(route))
    .flatMap((route) => variants(route, asked.has(route.route)));
  const different = [];
  for (const call of exact) {
    const [classic, target] = await Promise.all(
      [{}, { 'x-postern-address-of': address ?? '' }].map(async (pinned) =>
        answered(await simulation.traffic.call({ ...call, host: HOST, headers: { ...call.headers, ...pinned } })),
      ),
    );
    if (!isDeepStrictEqual(classic, target)) different.push({ seed, call, classic, target });
  }
  return { calls: exact.length, different };
}

it('what is assessed as exact is answered equally by both gateways', async () => {
  let [calls, groups] = [0, 0];
  for (const seed of seeds(3, 500)) {
    groups += 1;
    const compared = await compare(seed);
    calls += compared.calls;
    expect(compared.different).toEqual([]);
  }
  expect(calls).toBeGreaterThan(groups * 2);
});
