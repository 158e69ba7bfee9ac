import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/context.js';
import { driversOf } from '../../src/drivers.js';
import { isTemporaryRoute, temporaryPath } from '../../src/kinds/gateway/temporary-route.js';
import type { Spec } from '../../src/model/spec.js';
import { observeSpec } from '../../src/observe/observe-spec.js';
import { planForget } from '../../src/plan/forget.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { specFromSnapshot } from '../../src/spec/generate/from-snapshot.js';
import { drive, seeded } from '../drive.js';
import { FakeCloud } from '../fake-cloud.js';
import { doneOf, planOf, runSpec, smallSpec } from '../fake-run.js';

const KEY = `GET ${temporaryPath(seeded(7))}`;

/** A spec with these routes, whose integration is protected. */
function withRoutes(...keys: readonly string[]): Spec {
  const small = smallSpec({ spec: 'shop-7f3k2q' });
  const routes = Object.fromEntries(keys.map((key) => [key, 'orders']));
  return { ...small, integrations: { orders: { ...small.integrations['orders']!, protect: true, routes } } };
}

/** A cloud as a run leaves it that was killed while it tested a link: the route has the mark of the spec. */
async function left(...keys: readonly string[]): Promise<FakeCloud> {
  const cloud = new FakeCloud();
  const stages = [
    { name: '$default', autoDeploy: true },
    { name: 'prod', autoDeploy: false },
  ];
  cloud.gateway('api-1', stages);
  cloud.listener('orders', 443);
  expect(doneOf(await runSpec(cloud, withRoutes('GET /a', ...keys)))).toMatchObject({ failed: 0 });
  const { routes } = cloud.gateways.get('api-1')!;
  routes.set(KEY, { ...routes.get('GET /a')!, id: 'r-left', key: KEY });
  if (!keys.includes('GET /a')) routes.delete('GET /a');
  return cloud;
}

describe('the path of a temporary route', () => {
  it('has 128 random bits, and is recognized', () => {
    expect(KEY).toMatch(/^GET \/postern-probe-[0-9a-f]{32}$/);
    expect(isTemporaryRoute({ key: KEY })).toBe(true);
    expect(temporaryPath(seeded(8))).not.toBe(temporaryPath(seeded(7)));
    expect(temporaryPath(() => 0)).toBe(`/postern-probe-${'0'.repeat(32)}`);
  });

  it.each(['GET /postern-probe', 'ANY /postern-probe-0000', `POST ${KEY.slice(4)}`, `${KEY}/{proxy+}`])(
    'is not that of a route %s',
    (key) => expect(isTemporaryRoute({ key })).toBe(false),
  );
});

describe('a temporary route that a killed run left', () => {
  it('is deleted without any consent, and no stage is deployed for that', async () => {
    const cloud = await left('GET /a');
    const plan = await planOf(cloud, withRoutes('GET /a'));
    const steps = plan.units.flatMap((unit) => unit.steps);
    expect(steps.map(({ kind, resource, reason }) => [kind, resource.name, reason])).toEqual([
      ['delete', KEY, 'a run that tested a link ended before it deleted the route'],
    ]);
    expect([plan.deletions, plan.notes]).toEqual([undefined, []]);
    expect(doneOf(await runSpec(cloud, withRoutes('GET /a'), { maxDeletes: 0 }))).toMatchObject({ applied: 1 });
    expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['GET /a']);
  });

  it('is deleted where the spec declares no route: it is not one of those that consent is asked for', async () => {
    const cloud = await left();
    expect(doneOf(await runSpec(cloud, withRoutes(), { maxDeletes: 0 }))).toMatchObject({ failed: 0 });
    expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual([]);
  });

  const observed = (cloud: FakeCloud): Promise<Snapshot> => {
    const context = createContext({ clock: cloud.clock });
    return drive(cloud.clock, observeSpec(withRoutes('GET /a'), driversOf(cloud.driver()), context, { all: true }));
  };

  it('keeps its mark where the spec is forgotten, so that it can be deleted', async () => {
    const plan = planForget(await observed(await left('GET /a')), withRoutes('GET /a'));
    const routes = plan.units.flatMap(({ steps }) => steps.filter(({ resource }) => resource.type === 'route'));
    expect(routes.map(({ resource }) => resource.name)).toEqual(['GET /a']);
    expect(plan.notes).toContain(
      `route ${KEY} of api-1 keeps its mark: a test of a link left it, and apply deletes it`,
    );
  });

  it('is not written into an imported spec', async () => {
    const snapshot = await observed(await left('GET /a'));
    const text = specFromSnapshot(snapshot, { project: 'shop', spec: 'shop-7f3k2q' });
    expect(text).toContain('GET /a');
    expect(text).not.toContain('postern-probe');
  });
});
