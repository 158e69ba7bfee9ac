import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { REGION as AWS } from '../../../aws/test/world/simulated.js';
import type { MoveScenario } from '../../../testing/src/internal/harness.js';
import { simulate, type SimulateOptions, type Simulation } from '../../src/index.js';
import { ALIBABA_MOVES } from '../../../testing/test/harness/moves/alibaba.js';
import { AWS_MOVES } from '../../../testing/test/harness/moves/aws.js';
import { REGION as ALIBABA } from './alibaba/shop.js';
import type { Change, Repeated, Row } from './repeated.js';
import { REPEATED_STAGE } from './rest-apis/repeated-stage.js';

const PER_SECOND = 20;
const EVERY_MS = 1_000 / PER_SECOND;
const DELAY = { leastMs: 500, mostMs: 3_000 };

async function copyOf({ build, settings }: MoveScenario, more: SimulateOptions) {
  const first = simulate({ ...settings, clock: 'auto' });
  const built = await build(first);
  const copy = (): Simulation => {
    const sim = simulate({ ...settings, ...more, clock: 'manual' });
    sim.load(first.world());
    return sim;
  };
  return { built, copies: [copy(), copy()] as const };
}

/** The same calls of the same routes at the same moments: by load jobs, and each by itself. */
async function both(scenario: MoveScenario, changes: readonly Change[], more: SimulateOptions = {}) {
  const { built, copies } = await copyOf(scenario, { dataPathDelay: DELAY, ...more });
  const [repeated, single] = copies;
  const jobs = built.routes.map(({ host, path }) =>
    repeated.traffic.load({ gateway: host, paths: [path], perSecond: PER_SECOND, seconds: 0 }),
  );
  await repeated.advance(EVERY_MS / 2);
  for (const [seconds, make] of changes) {
    make(repeated, built);
    await repeated.advance(seconds * 1_000);
  }
  for (const job of jobs) job.end();
  await repeated.advance(60_000);

  const calls: Promise<unknown>[] = [];
  const callAll = async (): Promise<void> => {
    for (const { host, path } of built.routes) calls.push(single.traffic.call({ host, path }).catch(() => undefined));
    await new Promise(setImmediate);
  };
  await callAll();
  await single.advance(EVERY_MS / 2);
  for (const [seconds, make] of changes) {
    make(single, built);
    for (let made = 0; made < seconds * PER_SECOND; made += 1) {
      await single.advance(EVERY_MS / 2);
      await callAll();
      await single.advance(EVERY_MS / 2);
    }
  }
  await single.advance(60_000);
  await Promise.all(calls);
  return { repeated: rowsOf(repeated), single: rowsOf(single) };
}

function rowsOf(sim: Simulation): readonly string[] {
  return sim.traffic
    .counters()
    .by.filter(({ outcome }) => outcome !== 'gone') // a call by itself is refused: no gateway has the name
    .map((row) => JSON.stringify(row))
    .toSorted();
}

const named = (all: readonly MoveScenario[], name: string): MoveScenario => {
  const found = all.find((one) => one.name.endsWith(name));
  if (!found) throw new Error(`${name} is not a scenario`);
  return found;
};

const http = (sim: Simulation, operation: string, input: Row): any =>
  sim.call({ service: 'apigatewayv2', operation, region: AWS }, input);

const HTTP: readonly Change[] = [
  [70, () => undefined],
  [
    10,
    (sim, { request, routes }) => {
      const ApiId = routes[0]?.gatewayId;
      const { to } = request as unknown as { readonly to: string };
      for (const { IntegrationId } of http(sim, 'GetIntegrations', { ApiId }).Items)
        http(sim, 'UpdateIntegration', { ApiId, IntegrationId, ConnectionId: to });
    },
  ],
  [5, (sim, { routes }) => deleteFirstRoute(sim, routes[0]?.gatewayId ?? '')],
  [5, (sim, { routes }) => http(sim, 'DeleteApi', { ApiId: routes[0]?.gatewayId })],
];

function deleteFirstRoute(sim: Simulation, ApiId: string): void {
  const [{ RouteId }] = http(sim, 'GetRoutes', { ApiId }).Items;
  http(sim, 'DeleteRoute', { ApiId, RouteId });
}

const cloud = (sim: Simulation, action: string, input: Row): unknown =>
  sim.callAlibaba({ product: 'CloudAPI', action, region: ALIBABA }, input);

/** The group moves: over ten minutes its name changes in DNS. Its backends do not answer the new instance. */
const MOVED: readonly Change[] = [
  [5, () => undefined],
  [
    700,
    (sim, { request }) => {
      const { group, to } = request as unknown as { readonly group: string; readonly to: string };
      cloud(sim, 'ModifyApiGroupInstance', { GroupId: group, TargetInstanceId: to });
    },
  ],
];

/** Load jobs remember how their calls end. Calls that are made one by one are judged each. */
describe('calls of a load job end as the same calls do that are made one by one', () => {
  it.each<Repeated>(
    sample(
      [
        REPEATED_STAGE,
        ['an HTTP API: link, route, API', named(AWS_MOVES, 'two routes of one integration'), HTTP, 5],
        ['a group that moves', named(ALIBABA_MOVES, 'one group'), MOVED, 8],
      ],
      3,
    ),
  )('%s', async (_, scenario, changes, ends) => {
    const { repeated, single } = await both(scenario, changes);
    expect(repeated.length).toBeGreaterThanOrEqual(ends);
    expect(repeated).toEqual(single);
  });

  it('also where the gateway throttles', async () => {
    const { repeated, single } = await both(named(ALIBABA_MOVES, 'one group'), MOVED.slice(0, 1), { throttle: true });
    expect(repeated).toEqual(single);
  });
});
