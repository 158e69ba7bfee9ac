import type * as core from '../../../core/test/whole.js';
import type { CallGateway } from '@postern/core/internal/probe';
import { servedShop } from '../../../aws/test/world/deployed-shop.js';
import type { Scenario } from './data-path.js';
import { CLOUDS } from '../../../core/test/clouds.js';
import { mistakesIn } from '../mistakes-in.js';

/** `@postern/core`, of the source or with a mistake planted in it. */
export type Core = typeof core;

const MINUTE = 60_000;
/** A call takes 20 s, so that many are in flight whenever something changes. */
const SLOW_MS = 20_000;

type Shop = Awaited<ReturnType<typeof servedShop>>;

const file = (name: string): string => `core/src/${name}`;

/** The code of the error that a promise rejects with. */
async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'none',
    (error: unknown) => (error as { readonly code?: unknown }).code ?? String(error),
  );
}

const drained: Scenario<Core> = {
  title: 'a link is replaced under load',
  run: async (module) => {
    const shop = await servedShop(SLOW_MS, { using: module });
    await shop.run(0);
    await shop.simulation.advance(MINUTE);
    const load = shop.simulation.traffic.load({ gateway: shop.host, paths: ['/orders'], perSecond: 3, seconds: 0 });
    await shop.simulation.advance(MINUTE / 2);
    await shop.run(1, { maxDeletes: 0 });
    await shop.simulation.advance(MINUTE);
    load.end();
    await shop.simulation.advance(MINUTE);
    return { lost: load.status().lost, links: shop.links().length };
  },
  wanted: { lost: 0, links: 1 },
  mistakes: [
    ...mistakesIn(file('do/apply/units/link-unit.ts'), [
      ['drain: no wait', 'if (waitMs === 0) return', 'if (waitMs >= 0) return'],
    ]),
    ...mistakesIn(file('do/plan/links/link-plan.ts'), [
      [
        'drain: the wait is shorter than the timeout of the routes',
        'changeMs(gateway) + answerMs(clouds, gateway)',
        'changeMs(gateway)',
      ],
    ]),
    ...mistakesIn(file('do/plan/guard/deletions.ts'), [
      ['guard: replacements count as deletions', ' && !replaced.has(resource.id);', ';'],
    ]),
  ],
};

const killed: Scenario<Core> = {
  title: 'a run is killed while it waits for calls in flight, and is repeated',
  run: async (module) => {
    const shop = await servedShop(SLOW_MS, { using: module });
    await shop.run(0);
    await shop.simulation.advance(MINUTE);
    const load = shop.simulation.traffic.load({ gateway: shop.host, paths: ['/orders'], perSecond: 3, seconds: 0 });
    await shop.simulation.advance(MINUTE / 2);
    const journal = module.memoryJournal();
    const stop = new AbortController();
    const context = module.createContext({
      clock: shop.simulation.clock,
      random: () => 0.5,
      signal: stop.signal,
    });
    const isWait = (event: object): boolean => 'message' in event && String(event.message).endsWith('calls in flight');
    const onEvent = (event: object): void => void (isWait(event) && stop.abort());
    const first = await codeOf(shop.run(1, { journal, context, onEvent }));
    await shop.run(1, { journal });
    await shop.simulation.advance(MINUTE);
    load.end();
    await shop.simulation.advance(MINUTE);
    return { first, lost: load.status().lost, links: shop.links().length };
  },
  wanted: { first: 'ABORTED', lost: 0, links: 1 },
  mistakes: mistakesIn(file('do/model/moves.ts'), [
    [
      'drain: a mark of a moment ago ends the wait',
      'const waitMs = Math.max(fullMs, mark.waitMs);',
      'const waitMs = Math.min(0, mark.waitMs);',
    ],
  ]),
};

const guarded: Scenario<Core> = {
  title: 'a spec that was cut off',
  run: async (module) => {
    const shop = await servedShop(0, { using: module });
    const spec = shop.specOf(0);
    const { orders } = spec.integrations;
    if (orders === undefined) throw new Error('the spec has no integration orders');
    const routes = { ...orders.routes, 'ANY /carts': 't' };
    await shop.applied({ ...spec, integrations: { orders: { ...orders, routes } } });
    const without = await codeOf(shop.applied(spec, { maxDeletes: 0 }));
    const empty = await codeOf(shop.applied({ ...spec, links: {}, integrations: {} }));
    await shop.simulation.advance(MINUTE);
    const { status } = await shop.simulation.traffic.call({ host: shop.host, path: '/carts' });
    return { without, empty, status };
  },
  wanted: { without: 'TOO_MANY_DELETIONS', empty: 'EMPTY_SPEC', status: 200 },
  mistakes: mistakesIn(file('do/plan/guard/deletions.ts'), [
    [
      'guard: deletions do not count',
      'if (resources.length === 0) return undefined;',
      'if (resources.length >= 0) return undefined;',
    ],
    [
      'guard: the limit is ignored',
      'if (resources.length <= allowed) return;',
      'if (resources.length >= allowed) return;',
    ],
    ['guard: an empty spec passes', '> 0) return;', '>= 0) return;'],
  ]),
};

/** Calls of gateways go to the simulated data path in this process. */
function callGateway({ simulation }: Shop): CallGateway {
  return async ({ url, method, headers }) => {
    const { hostname: host, pathname: path } = new URL(url);
    const answer = await simulation.traffic.call({ host, path, method, headers: headers ?? {} });
    const plain = Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
    return {
      status: answer.status,
      headers: Object.fromEntries(plain) as Record<string, string>,
      latencyMs: 0,
      body: answer.body,
    };
  };
}

/** The verdicts of a probe of all routes. */
async function probed(module: Core, shop: Shop): Promise<readonly string[]> {
  const spec = shop.specOf(0);
  const { drivers, context } = shop;
  const snapshot = await module.observeSpec(spec, drivers, context, { checks: true });
  const report = module.check(snapshot, spec, { clouds: CLOUDS, passes: false, live: true });
  const routes = module.probeRoutes(snapshot, spec, { clouds: CLOUDS });
  const results = await module.runProbe(routes, {
    spec,
    clouds: CLOUDS,
    report,
    drivers,
    context,
    callGateway: callGateway(shop),
  });
  return results.map(({ verdict }) => verdict);
}

const probe: Scenario<Core> = {
  title: 'a probe of a route that works, and of the same without a listener',
  run: async (module) => {
    const shop = await servedShop(0, { using: module });
    await shop.run(0);
    await shop.simulation.advance(MINUTE);
    const before = await probed(module, shop);
    const [{ LoadBalancerArn }] = shop.call('elasticloadbalancingv2', 'DescribeLoadBalancers').LoadBalancers;
    const listeners = shop.call('elasticloadbalancingv2', 'DescribeListeners', { LoadBalancerArn }).Listeners;
    shop.call('elasticloadbalancingv2', 'DeleteListener', { ListenerArn: listeners[0].ListenerArn });
    return [...before, ...(await probed(module, shop))];
  },
  wanted: ['works', 'failed'],
  mistakes: mistakesIn(file('do/probe/probe-result.ts'), [
    [
      'probe: every answer counts as one of the backend',
      'if (madeByGateway === undefined) {',
      'if (madeByGateway !== null) {',
    ],
  ]),
};

const changing: Scenario<Core> = {
  title: 'a probe of a route whose method may change something',
  run: async (module) => {
    const shop = await servedShop(0, { using: module, key: 'POST /orders' });
    await shop.run(0);
    await shop.simulation.advance(MINUTE);
    return { verdicts: await probed(module, shop), calls: shop.simulation.traffic.counters().calls };
  },
  wanted: { verdicts: ['not-called'], calls: 0 },
  mistakes: [
    ...mistakesIn(file('do/probe/probe-routes.ts'), [
      [
        'probe: a method that may change something is sent',
        "const isAllowed = methods === 'all' ||",
        'const isAllowed = true ||',
      ],
    ]),
    ...mistakesIn(file('do/probe/probe-options.ts'), [
      [
        'probe: POST counts as a method that changes nothing',
        "SAFE_METHODS: readonly string[] = ['GET',",
        "SAFE_METHODS: readonly string[] = ['POST', 'GET',",
      ],
    ]),
  ],
};

export const REPLACEMENT: readonly Scenario<Core>[] = [drained, killed, guarded, probe, changing];
