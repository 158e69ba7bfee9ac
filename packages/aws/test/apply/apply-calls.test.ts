import { PrivateIntegrations, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { describe, expect, it } from 'vitest';
import { appliedCalls, sum, type Counts } from '../../../core/test/applied-calls.js';
import { LONG_MS, runs } from '../../../core/test/runs.js';
import { aws } from '../../src/index.js';
import { readWorld } from '../rest-api/read-world.js';
import { REGION } from '../world/simulated.js';

/** A gateway of a kind behind one link; `each` of its routes are in one integration. */
async function gateway(kind: 'HTTP API' | 'REST API') {
  const shop = await readWorld({ quotas: { 'routes-per-api': 5_000, 'resources-per-rest-api': 5_000 } });
  const { simulation, world, balancer, api, call, settle } = shop;
  const { listener } = balancer('one');
  await settle();
  const http = (): string => {
    const { ApiId } = call('apigatewayv2', 'CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
    call('apigatewayv2', 'CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
    return ApiId;
  };
  const place = kind === 'HTTP API' ? { httpApi: http() } : { restApi: api('shop'), stage: 'prod' };
  const gate = () =>
    new PrivateIntegrations(aws({ region: REGION, clients: simulation.clients(REGION) }), {
      judge,
      project: 'shop',
      spec: 'orders',
      clock: simulation.clock,
    });
  const applied = appliedCalls(gate, () => simulation.journal());
  const { subnetIds, securityGroupIds } = world;
  const specOf = (routes: number, each: number, settings = {}): Spec => ({
    version: 1,
    project: 'shop',
    spec: 'orders',
    links: {
      one: {
        provider: 'aws',
        region: REGION,
        subnets: subnetIds.slice(0, 2),
        securityGroups: securityGroupIds,
        name: 'one',
        tags: {},
      },
    },
    integrations: Object.fromEntries(
      Array.from({ length: Math.ceil(routes / each) }, (_, part) => [
        `i${part}`,
        {
          link: 'one',
          gateway: place,
          targets: { main: { ref: { listener } } },
          routes: Object.fromEntries(
            Array.from({ length: Math.min(each, routes - part * each) }, (__, at) => [`GET /i${part}/r${at}`, 'main']),
          ),
          settings,
        },
      ]),
    ),
  });
  await applied(specOf(1, 1));
  return { specOf, applied, gate };
}

/** The calls that a created route needs, and a share of looks. */
const MOST = { 'HTTP API': 1.3, 'REST API': 3.3 } as const;
/** Calls that a spec needs once, whatever its size: a deployment, and what is behind the link. */
const ONCE = 12;

describe.each(['HTTP API', 'REST API'] as const)('an apply of many routes of one %s', (kind) => {
  it.each([
    ['in one integration', runs(200, 2_000)],
    ['20 in each integration', 20],
  ])(
    'costs its writes and a share of one look: %s',
    async (_, each) => {
      const { specOf, applied, gate } = await gateway(kind);
      const routes = runs(200, 2_000);
      const made = await applied(specOf(routes, each));
      expect(sum(made), JSON.stringify(made)).toBeLessThanOrEqual(MOST[kind] * (routes - 1) + ONCE);
      expect(made[kind === 'HTTP API' ? 'CreateRoute' : 'PutMethod']).toBe(routes - 1);
      expect((await gate().plan(specOf(routes, each))).units).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'costs as many calls for one change among many as among few',
    async () => {
      const costs = async (routes: number): Promise<Counts> => {
        const { specOf, applied } = await gateway(kind);
        await applied(specOf(routes, routes));
        return applied(specOf(routes, routes, { 'GET /i0/r0': { timeoutMs: 5_000 } }));
      };
      const few = await costs(20);
      expect(await costs(runs(200, 2_000))).toEqual(few);
      expect(sum(few), JSON.stringify(few)).toBeLessThanOrEqual(ONCE);
    },
    LONG_MS,
  );
});
