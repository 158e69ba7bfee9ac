import { PrivateIntegrations, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { appliedCalls, sum, type Counts } from '../../../core/test/applied-calls.js';
import { LONG_MS, runs } from '../../../core/test/runs.js';
import { alibaba } from '../../src/index.js';
import { REGION, simulated } from '../world/simulated.js';

/** An API group on one instance; `each` of its routes are in one integration. */
async function group() {
  const cloud = await simulated({ throttle: false, quotas: { 'apis-per-group': 5_000 } });
  const { simulation, world } = cloud;
  const linkId = await cloud.link();
  const [clb, ecs] = world.targets as unknown as readonly [{ instance: string }, { instance: string }];
  const gate = () =>
    new PrivateIntegrations(alibaba({ region: REGION, api: simulation.alibaba(REGION) }), {
      judge,
      project: 'shop',
      spec: 'orders',
      clock: simulation.clock,
    });
  const specOf = (routes: number, each: number, first = 'clb'): Spec => {
    const integrations = Array.from({ length: Math.ceil(routes / each) }, (_, part) => {
      const keys = Array.from({ length: Math.min(each, routes - part * each) }, (__, at) => `GET /i${part}/r${at}`);
      return [
        `i${part}`,
        {
          link: 'one',
          gateway: { apiGroup: world.gateway.id, stages: ['RELEASE'] },
          targets: { clb: { instance: clb.instance, port: 80 }, ecs: { instance: ecs.instance, port: 8080 } },
          routes: Object.fromEntries(keys.map((key) => [key, key === 'GET /i0/r0' ? first : 'clb'])),
        },
      ];
    });
    const links = { one: { provider: 'alibaba', region: REGION, id: linkId } };
    const spec = { version: 1, project: 'shop', spec: 'orders', links, integrations: Object.fromEntries(integrations) };
    return parseSpec(JSON.stringify(spec));
  };
  const applied = appliedCalls(gate, () => simulation.journal());
  await applied(specOf(1, 1));
  return { specOf, applied, gate };
}

/** `CreateApi`, `DeployApi`, `DescribeDeployedApis`, `DescribeApi`, and a share of looks. */
const MOST = 4.3;
/** Calls that a spec needs once, whatever its size. */
const ONCE = 12;

describe('an apply of many routes of one API group', () => {
  it.each([
    ['in one integration', runs(100, 1_000)],
    ['20 in each integration', 20],
  ])(
    'costs its writes and a share of one look: %s',
    async (_, each) => {
      const { specOf, applied, gate } = await group();
      const routes = runs(100, 1_000);
      const made = await applied(specOf(routes, each));
      expect(sum(made), JSON.stringify(made)).toBeLessThanOrEqual(MOST * (routes - 1) + ONCE);
      expect(made['CreateApi']).toBe(routes - 1);
      expect((await gate().plan(specOf(routes, each))).units).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'costs as many calls for one change among many as among few',
    async () => {
      const costs = async (routes: number): Promise<Counts> => {
        const { specOf, applied } = await group();
        await applied(specOf(routes, routes));
        return applied(specOf(routes, routes, 'ecs'));
      };
      const few = await costs(20);
      expect(await costs(runs(200, 2_000))).toEqual(few);
      expect(sum(few), JSON.stringify(few)).toBeLessThanOrEqual(ONCE);
    },
    LONG_MS,
  );
});
