import { driversOf, type Plan, type PlanOptions, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec, planDestroy } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

const plan = async ({ driver, ctx }: Cloud, spec: Spec, options: PlanOptions = {}): Promise<Plan> =>
  diff(await observeSpec(spec, driversOf(driver), ctx), spec, options);

async function run({ driver, ctx }: Cloud, spec: Spec, what: Plan): Promise<void> {
  for await (const event of apply(what, {
    judge,
    spec,
    drivers: driversOf(driver),
    context: ctx,
    allowPurchase: true,
    ignoreFindings: ['*'],
  })) {
    if (event.type === 'step.failed') expect.fail(`${event.step}: ${event.error.message}`);
  }
}

const steps = ({ units }: Plan) => units.flatMap((unit) => unit.steps.map(({ id }) => id));

function specOf({ world }: Cloud, options: { allowlist?: string; routes?: string; stages?: string } = {}): Spec {
  const { allowlist = '10.10.8.0/24', routes = "'ANY /orders/{rest+}': clb", stages = 'RELEASE' } = options;
  const [clb, ecs] = world.targets as unknown as readonly [{ instance: string }, { instance: string }];
  return parseSpec(`version: 1
project: shop
defaults: { region: cn-hangzhou }
links:
  cn:
    provider: alibaba
    subnets: [${world.subnetIds.join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
    allowlist: [${allowlist}]
    spec: api.s1.small
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${world.gateway.id}, stages: [${stages}] }
    targets:
      clb: { instance: ${clb.instance}, port: 80 }
      ecs: { instance: ${ecs.instance}, port: 8080 }
      plain: { address: 10.10.0.77, port: 9000 }
    routes: { ${routes} }
`);
}

describe('applying a plan on Alibaba Cloud', () => {
  it('creates, keeps, changes and deletes a private integration, and nothing else', async () => {
    const cloud = await simulated();
    const { driver, ctx, world, call } = cloud;
    const spec = specOf(cloud);
    const first = await plan(cloud, spec);
    expect(steps(first)).toEqual([
      'create link cn',
      'create target clb of orders',
      'create target ecs of orders',
      `create route ANY /orders/{rest+} on ${world.gateway.id}`,
    ]);
    await run(cloud, spec, first);
    expect(steps(await plan(cloud, spec))).toEqual([]);
    const { links, gateways, allowlists, targets } = await driver.observe({ all: true }, ctx);
    expect(links.map(({ name, state }) => [name, state])).toEqual([['cn', 'ready']]);
    expect(allowlists[0]?.entries.filter(({ fixed }) => !fixed).map(({ cidrBlock }) => cidrBlock)).toEqual([
      '10.10.8.0/24',
    ]);
    expect(gateways[0]?.routes).toMatchObject([
      { key: 'ANY /orders/{rest+}', linkId: links[0]?.id, stages: ['RELEASE'] },
    ]);
    expect(targets.map(({ owner }) => owner?.name).toSorted()).toEqual(['clb', 'ecs']);

    // Another target, another stage, another block, a plain address.
    const changed = specOf(cloud, {
      allowlist: '10.10.16.0/24',
      routes: "'ANY /orders/{rest+}': ecs, 'GET /plain': plain",
      stages: 'RELEASE, TEST',
    });
    await run(cloud, changed, await plan(cloud, changed));
    expect(steps(await plan(cloud, changed))).toEqual([]);
    const after = await driver.observe({ all: true }, ctx);
    expect(after.gateways[0]?.routes.map(({ key, stages, targetId }) => [key, stages, targetId])).toEqual(
      expect.arrayContaining([
        ['GET /plain', ['RELEASE', 'TEST'], '10.10.0.77:9000'],
        ['ANY /orders/{rest+}', ['RELEASE', 'TEST'], after.targets.find(({ owner }) => owner?.name === 'ecs')?.id],
      ]),
    );
    expect(after.allowlists[0]?.entries.filter(({ fixed }) => !fixed).map(({ cidrBlock }) => cidrBlock)).toEqual([
      '10.10.16.0/24',
    ]);

    // It is removed from a stage outside of Postern: that is drift.
    const routed = after.gateways[0]?.routes.find(({ key }) => key === 'GET /plain');
    call('CloudAPI', 'AbolishApi', { GroupId: world.gateway.id, ApiId: routed?.id, StageName: 'TEST' });
    const again = await plan(cloud, changed);
    expect(steps(again)).toEqual([`retarget route GET /plain on ${world.gateway.id}`]);
    await run(cloud, changed, again);
    expect(steps(await plan(cloud, changed))).toEqual([]);

    // Without the permission an instance is kept; with it everything is deleted except the group.
    const all = await observeSpec(changed, driversOf(driver), ctx, { all: true });
    await run(cloud, changed, planDestroy(all, changed, {}));
    const kept = await driver.observe({ all: true }, ctx);
    expect(kept.links).toHaveLength(1);
    expect(kept.gateways[0]?.routes).toEqual([]);
    expect(kept.targets).toEqual([]);
    const rest = await observeSpec(changed, driversOf(driver), ctx, { all: true });
    await run(cloud, changed, planDestroy(rest, changed, { deleteInstances: true }));
    const gone = await driver.observe({ all: true }, ctx);
    expect(gone.links).toEqual([]);
    expect(gone.gateways).toHaveLength(1);
  });
});
