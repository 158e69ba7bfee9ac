import { driversOf, type Plan, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec, planForget } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { REGION, simulated } from '../world/simulated.js';

const stepsOf = ({ units }: Plan) => units.flatMap((unit) => unit.steps);

async function scene() {
  const cloud = await simulated({ throttle: false });
  const { world, driver, ctx, call } = cloud;
  const [clb] = world.targets as unknown as readonly [{ instance: string }];
  const specOf = (integrations = true): Spec =>
    parseSpec(`version: 1
project: shop
spec: pay-7f3k2q
defaults: { region: ${REGION} }
links:
  cn:
    provider: alibaba
    subnets: [${world.subnetIds.join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
    allowlist: [10.10.8.0/24]
    spec: api.s1.small
${
  integrations
    ? `integrations:
  pay:
    link: cn
    gateway: { apiGroup: ${world.gateway.id}, stages: [RELEASE] }
    targets: { t: { instance: ${clb.instance}, port: 80 } }
    routes: { 'GET /pay/{id}': t, 'POST /pay': t }`
    : ''
}
`);
  const spec = specOf();
  const snapshotOf = (of: Spec) => observeSpec(of, driversOf(driver), ctx, { all: true });
  const planOf = async (of: Spec) => diff(await snapshotOf(of), of);
  const forgetPlan = async (names?: readonly string[]) => planForget(await snapshotOf(spec), spec, { names });
  const run = async (plan: Plan): Promise<void> => {
    const options = { spec, drivers: driversOf(driver), context: ctx, allowPurchase: true };
    for await (const event of apply(plan, { judge, ...options, ignoreFindings: ['*'] }))
      if (event.type === 'step.failed') expect.fail(`${event.step}: ${event.error.message}`);
  };
  await run(await planOf(spec));
  /** The APIs, drafted and published, without what names Postern or the time of the last change. */
  const apis = (): readonly unknown[] => {
    const GroupId = world.gateway.id;
    const { ApiSummarys } = call('CloudAPI', 'DescribeApis', { GroupId });
    return ApiSummarys.ApiSummary.map(({ ApiId }: { readonly ApiId: string }) => {
      const {
        Description: _d,
        ModifiedTime: _m,
        RequestId: _r,
        ...draft
      } = call('CloudAPI', 'DescribeApi', { GroupId, ApiId });
      const { RequestId: _q, ...published } = call('CloudAPI', 'DescribeDeployedApi', {
        GroupId,
        ApiId,
        StageName: 'RELEASE',
      });
      return { draft, published };
    });
  };
  return { ...cloud, spec, specOf, planOf, forgetPlan, run, apis };
}

describe('planForget on Alibaba Cloud', () => {
  it('releases instance and APIs: no API changes, and the authorization is said to keep its mark', async () => {
    const { specOf, planOf, forgetPlan, run, apis, driver, ctx, spec } = await scene();
    const before = apis();
    const plan = await forgetPlan();
    expect(stepsOf(plan).map(({ id }) => id.replace(/ (?:on|\().*/, ''))).toEqual([
      'forget route GET /pay/{id}',
      'forget route POST /pay',
      'give up link cn',
    ]);
    const [target] = (await driver.observe({ all: true, project: 'shop' }, ctx)).targets.filter((one) => one.owner);
    expect(plan.notes).toContainEqual(expect.stringContaining(`the mark of ${target?.id} cannot be removed`));
    await run(plan);
    expect(apis()).toEqual(before);
    const { links, gateways } = await driver.observe({ all: true, project: 'shop' }, ctx);
    expect(links.map(({ owner }) => owner)).not.toContainEqual(expect.objectContaining({ project: 'shop' }));
    expect(gateways.flatMap(({ routes }) => routes.map(({ owner }) => owner))).toEqual([undefined, undefined]);
    expect(stepsOf(await forgetPlan())).toEqual([]);
    // APIs that are not managed use the authorization: it is kept.
    const without = await planOf(specOf(false));
    expect(stepsOf(without).filter(({ kind }) => kind === 'delete')).toEqual([]);
    expect(without.notes).toContainEqual(expect.stringMatching(new RegExp(`^target ${target?.id} is kept: route`)));
    await expect(planOf(spec)).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
    });
  });

  it('releases one integration and keeps the instance', async () => {
    const { forgetPlan, run, planOf, spec } = await scene();
    const plan = await forgetPlan(['pay']);
    expect(stepsOf(plan)).toHaveLength(2);
    await run(plan);
    expect(stepsOf(await planOf(spec))).toEqual([]);
  });
});
