import { parseSpec } from '../../../core/test/clouds.js';
import { PrivateIntegrations } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { describe, expect, it } from 'vitest';
import { alibaba } from '../../src/index.js';
import { REGION, simulated } from '../world/simulated.js';

/** A region with an applied spec, and as many groups and route tables that it does not use. */
async function scene(unused: number) {
  const { simulation, world, call } = await simulated();
  const gate = () =>
    new PrivateIntegrations(alibaba({ region: REGION, api: simulation.alibaba(REGION) }), {
      judge,
      project: 'shop',
      clock: simulation.clock,
    });
  const [clb] = world.targets as unknown as readonly [{ instance: string }];
  const specWith = (routes: string) =>
    parseSpec(`version: 1
project: shop
defaults: { region: ${REGION} }
links:
  main:
    provider: alibaba
    subnets: [${world.subnetIds.join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
    allowlist: [10.10.8.0/24]
    spec: api.s1.small
integrations:
  orders:
    link: main
    gateway: { apiGroup: ${world.gateway.id}, stages: [RELEASE] }
    targets: { t: { instance: ${clb.instance}, port: 80 } }
    routes: { ${routes} }
`);
  const spec = specWith("'GET /orders': t");
  const options = { spec, allowPurchase: true, ignoreFindings: ['*'] };
  for await (const event of gate().apply(await gate().plan(spec), options))
    if (event.type === 'step.failed') expect.fail(`${event.step}: ${event.error.message}`);
  const { networkId: VpcId } = world;
  for (let index = 0; index < unused; index += 1) {
    call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName: `unused-${index}` });
    call('Vpc', 'CreateRouteTable', { VpcId: world.elsewhere.networkId, RouteTableName: `unused-${index}` });
  }
  return {
    spec,
    more: specWith("'GET /orders': t, 'GET /more': t"),
    gate,
    calls: async (work: (gate: PrivateIntegrations) => Promise<unknown>) => {
      const from = simulation.journal().length;
      await work(gate());
      const made = simulation.journal().slice(from);
      return made.map(({ service, operation }) => `${service} ${operation}`).toSorted();
    },
  };
}

const RULES = 'ecs DescribeSecurityGroupAttribute';

describe('a plan without changes', () => {
  it('makes as many calls in a region with many groups and route tables, and one for the group of its link', async () => {
    const [few, many] = [await scene(0), await scene(6)];
    const made = await many.calls((gate) => gate.plan(many.spec));
    expect((await many.gate().plan(many.spec)).units).toEqual([]);
    expect(made.filter((call) => call === RULES)).toEqual([RULES]);
    expect(made).toEqual(await few.calls((gate) => gate.plan(few.spec)));
    expect(made.length).toBeLessThan((await few.calls((gate) => gate.check(few.spec))).length);
  });
});

it('a plan with one change: makes the calls of a check', async () => {
  const { more, gate, calls } = await scene(6);
  expect((await gate().plan(more)).findings).toBeInstanceOf(Array);
  const made = await calls((one) => one.plan(more));
  expect(made.filter((call) => call === RULES).length).toBeGreaterThan(6);
  expect(made).toEqual(await calls((one) => one.check(more)));
});
