import { parseSpec } from '../../../core/test/clouds.js';
import type { Plan, Spec } from '@postern/core/internal/library';
import { expect, it } from 'vitest';
import { applied, planOf, stepsOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated } from '../world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

const steps = (plan: Plan) => stepsOf(plan).map(({ id }) => id);

function specOf({ world }: Cloud, routes: string, stages: string): Spec {
  const [clb, ecs] = world.targets as unknown as readonly [{ instance: string }, { instance: string }];
  return parseSpec(`version: 1
project: shop
defaults: { region: cn-hangzhou }
links:
  cn:
    provider: alibaba
    subnets: [${world.subnetIds.join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
    allowlist: [10.10.8.0/24]
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

it('applies stages, a plain address and a change outside of Postern', async () => {
  const cloud = await simulated();
  const { driver, ctx, world, call } = cloud;
  const spec = specOf(cloud, "'ANY /orders/{rest+}': clb", 'RELEASE');
  await applied(cloud, spec, await planOf(cloud, spec));
  const { links, gateways, targets } = await driver.observe({ all: true }, ctx);
  expect(gateways[0]?.routes).toMatchObject([{ linkId: links[0]?.id, stages: ['RELEASE'] }]);
  expect(targets.map(({ owner }) => owner?.name).toSorted()).toEqual(['clb', 'ecs']);

  const changed = specOf(cloud, "'ANY /orders/{rest+}': ecs, 'GET /plain': plain", 'RELEASE, TEST');
  await applied(cloud, changed, await planOf(cloud, changed));
  expect(steps(await planOf(cloud, changed))).toEqual([]);
  const after = await driver.observe({ all: true }, ctx);
  const routes = after.gateways[0]?.routes ?? [];
  expect(routes.map(({ key, stages, targetId }) => [key, stages, targetId]).toSorted()).toEqual([
    ['ANY /orders/{rest+}', ['RELEASE', 'TEST'], after.targets.find(({ owner }) => owner?.name === 'ecs')?.id],
    ['GET /plain', ['RELEASE', 'TEST'], '10.10.0.77:9000'],
  ]);

  // It is removed from a stage outside of Postern: that is drift.
  const routed = routes.find(({ key }) => key === 'GET /plain');
  call('CloudAPI', 'AbolishApi', { GroupId: world.gateway.id, ApiId: routed?.id, StageName: 'TEST' });
  const again = await planOf(cloud, changed);
  expect(steps(again)).toEqual([`retarget route GET /plain on ${world.gateway.id}`]);
  await applied(cloud, changed, again);
  expect(steps(await planOf(cloud, changed))).toEqual([]);
});
