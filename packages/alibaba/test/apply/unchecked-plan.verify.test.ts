import { parseSpec } from '../../../core/test/clouds.js';
import { driversOf, type Spec } from '@postern/core/internal/library';
import { observePlan } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { carriedOut } from '../../../testing/src/conformance/apply/spec-runs.js';
import { REGION, simulated } from '../world/simulated.js';

/** Two instances, so that a check looks at what a group serves that moves, and a group, whose routes change their stages and their load balancer. */
async function scene() {
  const cloud = await simulated({ throttle: false });
  const { world, driver, ctx } = cloud;
  const balancers = world.targets.map(({ instance }) => String(instance));
  const specOf = (balancer: number, stages: readonly string[], routes: readonly string[]): Spec =>
    parseSpec(`version: 1
project: shop
spec: pay-7f3k2q
defaults: { region: ${REGION} }
links:
  pay:
    provider: alibaba
    subnets: [${world.subnetIds.join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
    spec: api.s1.small
  spare:
    provider: alibaba
    subnets: [${world.subnetIds.join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
    spec: api.s1.small
integrations:
  i:
    link: pay
    gateway: { apiGroup: ${world.gateway.id}, stages: [${stages.join(', ')}] }
    targets: { t: { instance: ${balancers[balancer] ?? ''}, port: 80 } }
    routes: { ${routes.map((key) => `'${key}': t`).join(', ')} }
`);
  const planned = async (spec: Spec, checks?: boolean) =>
    (await observePlan(spec, driversOf(driver), ctx, { checks, plan: {} })).plan;
  /** As a program does that asks for no checks: `apply` reads what they use in any case. */
  const applied = async (spec: Spec): Promise<readonly string[]> => {
    const { failed } = await carriedOut(cloud, spec, await planned(spec), { drain: 0 });
    return failed.map(({ step }) => step);
  };
  return { specOf, planned, applied };
}

describe('a plan that was made without checks', () => {
  it('is the one that is applied, also where an older version may use a target', async () => {
    const { specOf, planned, applied } = await scene();
    const keys = ['GET /pay', 'POST /pay'];
    expect(await applied(specOf(0, ['RELEASE', 'TEST'], keys))).toEqual([]);
    expect(await applied(specOf(1, ['RELEASE'], keys))).toEqual([]);
    const last = specOf(0, ['RELEASE', 'PRE'], keys.slice(0, 1));
    const stepsOf = async (checks?: boolean) =>
      (await planned(last, checks)).units.flatMap(({ steps }) => steps.map(({ id }) => id));
    expect(await stepsOf()).toEqual(await stepsOf(true));
    expect(await applied(last)).toEqual([]);
    expect(await stepsOf()).toEqual([]);
  });
});
