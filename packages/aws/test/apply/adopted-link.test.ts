import { driversOf, type Plan, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec, planDestroy } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';
import { vpcLink } from '../world/refs.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

const observed = ({ driver, ctx }: Cloud, spec: Spec) => observeSpec(spec, driversOf(driver), ctx, { all: true });

async function run({ driver, ctx }: Cloud, spec: Spec, plan: Plan): Promise<void> {
  for await (const event of apply(plan, {
    judge,
    spec,
    drivers: driversOf(driver),
    context: ctx,
    ignoreFindings: ['*'],
  })) {
    if (event.type === 'step.failed') expect.fail(`${event.step}: ${event.error.message}`);
  }
}

describe('contact M4: a link that was created outside of Postern and adopted by ID, on AWS', () => {
  it('X3: loses its marks when it leaves the spec, and by destroy; the link and its own tags are kept', async () => {
    const cloud = await simulated();
    const { world, call } = cloud;
    const { VpcLinkId } = call('apigatewayv2', 'CreateVpcLink', {
      Name: 'by-hand',
      SubnetIds: world.subnetIds.slice(0, 2),
      Tags: { team: 'payments' },
    });
    const other = call('apigatewayv2', 'CreateVpcLink', { Name: 'other', SubnetIds: world.subnetIds.slice(0, 2) });
    cloud.settle();
    const spec = parseSpec(`version: 1
project: shop
spec: pay-7f3k2q
defaults: { region: eu-west-1 }
links:
  other: { provider: aws, id: ${other.VpcLinkId}, owner: external }
  pay: { provider: aws, id: ${VpcLinkId} }
integrations:
  pay:
    link: pay
    gateway: { httpApi: ${world.gateway.id} }
    targets:
      t: { listener: { loadBalancer: orders-alb, port: 80 } }
    routes: { 'GET /pay': t }
`);
    await run(cloud, spec, diff(await observed(cloud, spec), spec));
    const before = await cloud.driver.links.find(vpcLink(VpcLinkId), cloud.ctx);
    expect(before?.owner).toMatchObject({ project: 'shop', spec: 'pay-7f3k2q' });

    // X3: it is not deleted when it leaves the spec.
    const without = { ...spec, links: { other: spec.links['other']! }, integrations: {} };
    const left = diff(await observed(cloud, spec), without).units.flatMap((unit) => unit.steps);
    expect(left.filter(({ resource }) => resource.type === 'link').map((step) => step.id)).toEqual([
      `give up link pay (${VpcLinkId})`,
    ]);
    const plan = planDestroy(await observed(cloud, spec), spec);
    const steps = plan.units.flatMap((unit) => unit.steps);
    expect(steps.filter(({ resource }) => resource.type === 'link')).toMatchObject([
      { id: `give up link pay (${VpcLinkId})`, kind: 'tag', reason: expect.stringContaining('the link is kept') },
    ]);
    await run(cloud, spec, plan);
    const after = await cloud.driver.links.find(vpcLink(VpcLinkId), cloud.ctx);
    expect(after).toMatchObject({ state: 'ready', tags: { team: 'payments' }, owner: undefined });
    expect(Object.keys(after?.tags ?? {})).toEqual(['team']);
    const { gateways } = await cloud.driver.observe({ all: true, project: 'shop' }, cloud.ctx);
    expect(gateways[0]).toMatchObject({ routes: [], integrations: [] });
  });
});
