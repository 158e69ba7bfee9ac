import { describe, expect, it } from 'vitest';
import type { Spec } from '../../../src/do/spec.js';
import { type FakeCloud, smallCloud } from '../../fake-cloud.js';
import { doneOf, linkSpec, planOf, runSpec, smallSpec, stepIds } from '../../fake-run.js';

const orders = smallSpec().integrations['orders']!;
const withLink = (fields = {}): Spec => smallSpec({ spec: 'shop-a', links: { eu: linkSpec(fields) } });
const withRoutes = (routes: Record<string, string>, protect?: boolean): Spec =>
  smallSpec({ spec: 'shop-a', integrations: { orders: { ...orders, routes, protect } } });

async function applied(spec: Spec): Promise<FakeCloud> {
  const cloud = smallCloud();
  await runSpec(cloud, spec);
  return cloud;
}

describe('apply and protected resources', () => {
  it('a change that would replace a protected link is refused, with its place, before any step', async () => {
    const cloud = await applied(withLink({ protect: true }));
    const next = withLink({ protect: true, subnets: ['subnet-1b'] });
    await expect(planOf(cloud, next)).rejects.toMatchObject({
      code: 'PROTECTED',
      place: { path: 'links.eu' },
      remedy: expect.stringContaining('remove `protect` from link eu'),
    });
  });

  it('a change that also removes the protection is refused; after that removal is applied, it is done', async () => {
    const cloud = await applied(withLink({ protect: true }));
    const next = withLink({ subnets: ['subnet-1b'] });
    await expect(planOf(cloud, next)).rejects.toMatchObject({ code: 'PROTECTED' });
    await runSpec(cloud, withLink());
    expect(stepIds(await planOf(cloud, next))).toContain('replace link eu');
    expect(doneOf(await runSpec(cloud, next))).toMatchObject({ failed: 0 });
  });

  it('a second link with the same mark is kept with a note where it is protected', async () => {
    const cloud = await applied(withLink({ protect: true }));
    const [first] = [...cloud.links.values()];
    const { subnetIds, securityGroupIds, tags, createdMs } = first!;
    const { id } = cloud.addLink({
      name: 'eu',
      subnetIds,
      securityGroupIds,
      tags: { ...tags },
      createdMs: createdMs + 1,
    });
    const plan = await planOf(cloud, withLink({ protect: true }));
    expect(stepIds(plan)).toEqual([]);
    expect(plan.notes).toContainEqual(`link ${id} is not declared and is protected: it is kept`);
  });

  it('the deletion of a route of a protected integration is refused, with its place', async () => {
    const cloud = await applied(withRoutes({ 'ANY /orders': 'orders' }, true));
    await expect(planOf(cloud, withRoutes({ 'GET /other': 'orders' }, true))).rejects.toMatchObject({
      code: 'PROTECTED',
      message: expect.stringContaining('route ANY /orders of api-1'),
      place: { path: 'integrations.orders' },
      remedy: 'Declare that route, or remove `protect` from integration orders first.',
    });
    const more = withRoutes({ 'ANY /orders': 'orders', 'GET /other': 'orders' }, true);
    expect(stepIds(await planOf(cloud, more))).toEqual(['create route GET /other on api-1']);
    expect(stepIds(await planOf(cloud, withRoutes({ 'GET /other': 'orders' })))).toContain(
      'delete route ANY /orders on api-1',
    );
  });
});
