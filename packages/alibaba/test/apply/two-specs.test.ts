import { driversOf, type Plan, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec, planDestroy } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

const plan = async ({ driver, ctx }: Cloud, spec: Spec): Promise<Plan> =>
  diff(await observeSpec(spec, driversOf(driver), ctx, { all: true }), spec, { deleteInstances: true });

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

const ids = ({ units }: Plan) => units.flatMap((unit) => unit.steps.map(({ id }) => id));

/** The spec of one folder: an instance of its own, and with `group` an API of the group. */
function specOf({ world }: Cloud, name: string, group: boolean, identity?: string): Spec {
  const [clb] = world.targets as unknown as readonly [{ instance: string }];
  return parseSpec(`version: 1
project: shop
${identity === undefined ? '' : `spec: ${identity}`}
defaults: { region: cn-hangzhou }
links:
  ${name}:
    provider: alibaba
    subnets: [${world.subnetIds.join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
    allowlist: [10.10.8.0/24]
    spec: api.s1.small
${
  group
    ? `integrations:
  ${name}:
    link: ${name}
    gateway: { apiGroup: ${world.gateway.id}, stages: [RELEASE] }
    targets:
      t: { instance: ${clb.instance}, port: 80 }
    routes: { 'GET /${name}': t }
`
    : ''
}`);
}

async function seen({ driver, ctx }: Cloud) {
  const { links, gateways, targets } = await driver.observe({ all: true, project: 'shop' }, ctx);
  return {
    links: links.flatMap(({ id, owner }) => (owner === undefined ? [] : [[id, owner.integration, owner.spec]])),
    routes: gateways.flatMap(({ routes }) => routes.map(({ key, owner }) => [key, owner?.integration, owner?.spec])),
    targets: targets.flatMap(({ id, owner }) => (owner === undefined ? [] : [[id, owner.spec]])),
  };
}

describe('contact H1: two specs of one project in two folders, on Alibaba Cloud', () => {
  it.each([
    ['without identities', undefined, undefined],
    ['with identities', 'pay-7f3k2q', 'orders-x9m2ab'],
  ])('applied in turn five times, delete nothing of each other: %s', async (_, first, second) => {
    const cloud = await simulated();
    const specs = [specOf(cloud, 'pay', true, first), specOf(cloud, 'orders', false, second)];
    for (const spec of specs) await run(cloud, spec, await plan(cloud, spec));
    const before = await seen(cloud);
    expect(before).toMatchObject({
      links: { length: 2 },
      routes: [['GET /pay', 'pay', first]],
      targets: { length: 1 },
    });
    for (let turn = 0; turn < 5; turn += 1) {
      for (const spec of specs) {
        const what = await plan(cloud, spec);
        expect(ids(what)).toEqual([]);
        await run(cloud, spec, what);
      }
    }
    expect(await seen(cloud)).toEqual(before);
    const drivers = driversOf(cloud.driver);
    for (const spec of specs.toReversed()) {
      const snapshot = await observeSpec(spec, drivers, cloud.ctx, { all: true });
      await run(cloud, spec, planDestroy(snapshot, spec, { deleteInstances: true }));
      if (spec === specs[1])
        expect(await seen(cloud)).toMatchObject({ links: [[expect.anything(), 'pay', first]], routes: before.routes });
    }
    expect(await seen(cloud)).toEqual({ links: [], routes: [], targets: [] });
  });

  it('a spec that gets an identity keeps its instance and API, and completes their marks in place', async () => {
    const cloud = await simulated();
    const old = specOf(cloud, 'pay', true);
    await run(cloud, old, await plan(cloud, old));
    const before = await seen(cloud);
    const spec = specOf(cloud, 'pay', true, 'pay-7f3k2q');
    const what = await plan(cloud, spec);
    expect(ids(what)).toEqual(['mark link pay', expect.stringMatching(/^retarget route GET \/pay/)]);
    await run(cloud, spec, what);
    const after = await seen(cloud);
    expect(after.links).toEqual([[before.links[0]?.[0], 'pay', 'pay-7f3k2q']]);
    expect(after.routes).toEqual([['GET /pay', 'pay', 'pay-7f3k2q']]);
    expect(ids(await plan(cloud, spec))).toEqual([]);
  });
});
