import { describe, expect, it } from 'vitest';
import type { Spec } from '../../../src/do/spec.js';
import { type FakeCloud, smallCloud } from '../../fake-cloud.js';
import { doneOf, linkSpec, planOf, runSpec, smallSpec, stepIds } from '../../fake-run.js';

const byId = (id: string): Spec =>
  smallSpec({ spec: 'shop-a', links: { eu: { provider: 'aws', region: 'eu-west-1', id, tags: {} } } });
const bySubnets = (fields = {}): Spec => smallSpec({ spec: 'shop-a', links: { eu: linkSpec(fields) } });

/** A link that was created outside of Postern, and is adopted by its ID. */
async function adopted(): Promise<{ readonly cloud: FakeCloud; readonly id: string }> {
  const cloud = smallCloud();
  const row = { name: 'eu', subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'], state: 'ready' } as const;
  const { id } = cloud.addLink({ ...row, tags: { team: 'pay' } });
  await runSpec(cloud, byId(id));
  return { cloud, id };
}

function expectGivenUp(cloud: FakeCloud, id: string): void {
  const link = cloud.links.get(id);
  expect(link).toMatchObject({ tags: { team: 'pay' } });
  expect(Object.keys(link?.tags ?? {})).toEqual(['team']);
  expect(link?.deletedMs).toBeUndefined();
}

describe('a link that was adopted by ID', () => {
  it('has a tag for that', async () => {
    const { cloud, id } = await adopted();
    expect(cloud.links.get(id)?.tags).toMatchObject({ 'postern:adopted': 'true', 'postern:project': 'shop' });
    expect(stepIds(await planOf(cloud, byId(id)))).toEqual([]);
  });

  it('loses its mark and is not deleted, when the spec names another link', async () => {
    const { cloud, id } = await adopted();
    const orders = { ...smallSpec().integrations['orders']!, link: 'main' };
    const next = smallSpec({ spec: 'shop-a', links: { main: linkSpec() }, integrations: { orders } });
    const plan = await planOf(cloud, next);
    expect(stepIds(plan)).toContain(`give up link eu (${id})`);
    expect(stepIds(plan)).not.toContain(`delete link eu (${id})`);
    expect(plan.notes).toContainEqual(expect.stringContaining(`link ${id} was adopted, not created`));
    expect(doneOf(await runSpec(cloud, next))).toMatchObject({ failed: 0 });
    expectGivenUp(cloud, id);
    expect(await planOf(cloud, next)).toMatchObject({ units: [] });
  });

  it('loses its mark and is not deleted, when it is replaced', async () => {
    const { cloud, id } = await adopted();
    const next = bySubnets({ subnets: ['subnet-1b'] });
    expect(stepIds(await planOf(cloud, next))).toContain(`give up link eu (${id})`);
    expect(doneOf(await runSpec(cloud, next))).toMatchObject({ failed: 0 });
    expectGivenUp(cloud, id);
  });

  it('loses its mark at destroy, also where the spec now names it by subnets', async () => {
    const { cloud, id } = await adopted();
    expect(stepIds(await planOf(cloud, bySubnets()))).toEqual([]);
    expect(stepIds(await planOf(cloud, bySubnets(), { destroy: true }))).toContain(`give up link eu (${id})`);
    expect(doneOf(await runSpec(cloud, bySubnets(), { destroy: true }))).toMatchObject({ failed: 0 });
    expectGivenUp(cloud, id);
  });

  it('is deleted where Postern created it as the replacement', async () => {
    const { cloud } = await adopted();
    const next = bySubnets({ subnets: ['subnet-1b'] });
    await runSpec(cloud, next);
    const made = [...cloud.links.values()].find(({ tags }) => tags['postern:project'] === 'shop');
    expect(made?.tags['postern:adopted']).toBeUndefined();
    expect(stepIds(await planOf(cloud, next, { destroy: true }))).toContain(`delete link eu (${made?.id})`);
  });
});
