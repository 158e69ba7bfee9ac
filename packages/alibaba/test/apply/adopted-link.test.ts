import { driversOf, type Plan, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec, planDestroy } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';
import { instanceRef } from '../world/refs.js';

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

describe('contact M4: an instance that was adopted by ID, on Alibaba Cloud', () => {
  it.each([{ deleteInstances: true }, {}])(
    'X3: loses its marks when it leaves the spec, and by destroy with %j; the instance is kept',
    async (options) => {
      const cloud = await simulated();
      const id = await cloud.link({ owner: { project: 'other', integration: 'orders' }, tags: { team: 'payments' } });
      const other = await cloud.link({ owner: { project: 'other', integration: 'bills' } });
      await cloud.driver.links.untag(instanceRef(id), ['postern:project', 'postern:integration'], cloud.ctx);
      const spec = parseSpec(`version: 1
project: shop
spec: pay-7f3k2q
defaults: { region: cn-hangzhou }
links:
  other: { provider: alibaba, id: ${other}, owner: external }
  pay: { provider: alibaba, id: ${id} }
`);
      await run(cloud, spec, diff(await observed(cloud, spec), spec));
      expect((await cloud.driver.links.find(instanceRef(id), cloud.ctx))?.owner).toMatchObject({
        project: 'shop',
        spec: 'pay-7f3k2q',
      });
      // X3: it is not deleted when it leaves the spec.
      const without = { ...spec, links: { other: spec.links['other']! } };
      const left = diff(await observed(cloud, spec), without, options).units.flatMap((unit) => unit.steps);
      expect(left.filter(({ resource }) => resource.type === 'link').map((step) => step.id)).toEqual([
        `give up link pay (${id})`,
      ]);
      const plan = planDestroy(await observed(cloud, spec), spec, options);
      expect(plan.units.flatMap(({ steps }) => steps.map((step) => step.id))).toEqual([`give up link pay (${id})`]);
      await run(cloud, spec, plan);
      const after = await cloud.driver.links.find(instanceRef(id), cloud.ctx);
      expect(after).toMatchObject({ state: 'ready', owner: undefined });
      expect(Object.keys(after?.tags ?? {})).toEqual(['team']);
    },
  );
});
