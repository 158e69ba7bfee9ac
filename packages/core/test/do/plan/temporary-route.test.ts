import { CLOUDS, specFromSnapshot } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/do/apply/apply.js';
import { createContext, driversOf } from '../../../src/do/context.js';
import { isTemporaryRoute, temporaryPath } from '../../../src/do/kinds/gateway/gateway-spec.js';
import type { Spec } from '../../../src/do/spec.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { planDestroy } from '../../../src/do/plan/destroy.js';
import { planForget } from '../../../src/do/plan/forget.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { drive, seeded } from '../../drive.js';
import { FakeCloud } from '../../fake-cloud.js';
import { doneOf, planOf, runSpec, smallSpec } from '../../fake-run.js';
import { judge } from '../../../src/check/judge/judge-plan.js';

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

  it.each([undefined, ['links.eu']])('is deleted where the spec is forgotten; only %j', async (names) => {
    const plan = planForget(await observed(await left('GET /a')), withRoutes('GET /a'), { clouds: CLOUDS, names });
    const routes = plan.units.flatMap(({ steps }) => steps.filter(({ resource }) => resource.type === 'route'));
    const released = names === undefined ? [['tag', 'GET /a']] : [];
    expect(routes.map(({ kind, resource }) => [kind, resource.name])).toEqual([...released, ['delete', KEY]]);
    expect(plan.notes.join()).not.toContain('postern-probe');
  });

  it('is deleted by the run that forgets the spec', async () => {
    const cloud = await left();
    const spec = withRoutes();
    const plan = planForget(await observed(cloud), spec, { clouds: CLOUDS });
    const context = createContext({ clock: cloud.clock });
    const done: string[] = [];
    const run = async () => {
      for await (const event of apply(plan, { judge, spec, drivers: driversOf(cloud.driver()), context }))
        if (event.type === 'step.done') done.push(event.step);
    };
    await drive(cloud.clock, run());
    expect(done).toContain(`delete route ${KEY} on api-1`);
    expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual([]);
  });

  it('is deleted by destroy also where its link was forgotten', async () => {
    const snapshot = await observed(await left('GET /a'));
    const regions = snapshot.regions.map((region) => ({
      ...region,
      links: region.links.map(({ owner: _owner, ...link }) => ({ ...link, tags: {} })),
    }));
    const plan = planDestroy({ ...snapshot, regions }, withRoutes(), { clouds: CLOUDS });
    const deleted = plan.units.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'delete'));
    expect(deleted.map(({ resource }) => resource.name)).toEqual([KEY]);
  });

  it('is not written into an imported spec', async () => {
    const snapshot = await observed(await left('GET /a'));
    const text = specFromSnapshot(snapshot, { project: 'shop', spec: 'shop-7f3k2q' });
    expect(text).toContain('GET /a');
    expect(text).not.toContain('postern-probe');
  });
});
