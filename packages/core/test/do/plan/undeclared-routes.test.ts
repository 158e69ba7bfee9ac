import { describe, expect, it } from 'vitest';
import { diff, observeSpec } from '../../../src/internal/plan.js';
import { createContext, driversOf, type Owner, type Snapshot } from '../../../src/internal/library.js';
import { drive, seeded } from '../../drive.js';
import { type FakeCloud, smallCloud } from '../../fake-cloud.js';
import { doneOf, planOf, runSpec, smallSpec, stepIds } from '../../fake-run.js';
import { CLOUDS } from '../../clouds.js';

async function applied(): Promise<FakeCloud> {
  const cloud = smallCloud();
  await runSpec(cloud, smallSpec());
  return cloud;
}

/** Removes a route, as after a run that created the integration and failed to create the route. */
function withoutRoute(cloud: FakeCloud, key: string): void {
  cloud.gateways.get('api-1')!.routes.delete(key);
}

describe('integrations that a run left behind', () => {
  it('an integration that the next route uses is not swept', async () => {
    const cloud = await applied();
    withoutRoute(cloud, 'ANY /orders');
    expect(stepIds(await planOf(cloud, smallSpec()))).toEqual(['create route ANY /orders on api-1']);
    expect(doneOf(await runSpec(cloud, smallSpec()))).toMatchObject({ applied: 1, failed: 0 });
    expect(cloud.gateways.get('api-1')!.integrations.size).toBe(1);
    expect(stepIds(await planOf(cloud, smallSpec()))).toEqual([]);
  });

  it('a second one with the same target is swept, and one with another target', async () => {
    for (const targetId of [
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/1/443',
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/old/1/443',
    ]) {
      const cloud = await applied();
      const [link] = cloud.links.keys();
      const description = [...cloud.gateways.get('api-1')!.integrations.values()][0]!.description;
      cloud.addRoute('api-1', 'GET /gone', { linkId: link!, targetId, description });
      withoutRoute(cloud, 'GET /gone');
      withoutRoute(cloud, 'ANY /orders');
      expect(stepIds(await planOf(cloud, smallSpec()))).toEqual(['create route ANY /orders on api-1', 'sweep api-1']);
      await runSpec(cloud, smallSpec());
      expect(cloud.gateways.get('api-1')!.integrations.size).toBe(1);
      expect(stepIds(await planOf(cloud, smallSpec()))).toEqual([]);
    }
  });
});

describe('integrations whose marks name routes that do not lead there', () => {
  it('get their marks changed, where they are of the project and spec', async () => {
    const cloud = await applied();
    const { spec } = smallSpec();
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    const snapshot = await drive(cloud.clock, observeSpec(smallSpec(), driversOf(cloud.driver()), context, {}));
    const [region] = snapshot.regions;
    const named = (owner: Owner | undefined): Snapshot => ({
      ...snapshot,
      regions: [
        {
          ...region!,
          gateways: region!.gateways.map((one) => ({
            ...one,
            integrations: one.integrations?.map((integration) => ({ ...integration, owner, namesOthers: true })),
          })),
        },
      ],
    });
    const own = { project: 'shop', spec, integration: 'orders' };
    const [step] = diff(named(own), smallSpec(), { clouds: CLOUDS }).units.flatMap(({ steps }) => steps);
    expect(step).toMatchObject({
      id: 'sweep api-1',
      kind: 'tag',
      reason: expect.stringContaining('do not lead there'),
    });
    for (const other of [{ ...own, project: 'other' }, { ...own, spec: 'other-1' }, undefined]) {
      expect(diff(named(other), smallSpec(), { clouds: CLOUDS }).units).toEqual([]);
    }
  });
});

describe('the reason of a deletion', () => {
  const reasons = async (cloud: FakeCloud, spec = smallSpec(), destroy = false): Promise<readonly string[]> => [
    ...new Set(
      (await planOf(cloud, spec, { destroy, prune: true })).units.flatMap(({ steps }) =>
        steps.map(({ reason }) => reason),
      ),
    ),
  ];

  it('is that the spec does not declare the resource, or that the spec is removed', async () => {
    const cloud = await applied();
    expect(await reasons(cloud, smallSpec(), true)).toEqual([
      'this spec is removed',
      'this spec is removed; its name is eu, created 2026-06-01',
    ]);
    const other = smallSpec();
    const orders = other.integrations['orders']!;
    const renamed = { ...other, integrations: { orders: { ...orders, routes: { 'GET /other': 'orders' } } } };
    expect(await reasons(cloud, renamed)).toEqual([
      'the gateway has no such route',
      'it is managed by this project and not declared',
    ]);
  });
});
