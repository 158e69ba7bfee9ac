import { describe, expect, it } from 'vitest';
import { apply } from '../../../engines.js';
import { createContext, driversOf } from '../../../../src/do/context.js';
import type { Spec } from '../../../../src/do/spec.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { planText } from '../../../../src/do/plan/text/render.js';
import { drive, seeded } from '../../../drive.js';
import { FakeCloud, smallCloud } from '../../../fake-cloud.js';
import { doneOf, linkSpec, planOf, runSpec, smallSpec } from '../../../fake-run.js';
import { CLOUDS } from '../../../clouds.js';

/** One link, and this many routes. */
function withRoutes(count: number, fields: Partial<Spec> = {}): Spec {
  const small = smallSpec({ spec: 'shop-7f3k2q', ...fields });
  const routes = Object.fromEntries(Array.from({ length: count }, (_, at) => [`GET /r${at}`, 'orders']));
  return { ...small, integrations: { orders: { ...small.integrations['orders']!, routes } } };
}

async function applied(count: number): Promise<FakeCloud> {
  const cloud = smallCloud();
  expect(doneOf(await runSpec(cloud, withRoutes(count)))).toMatchObject({ failed: 0 });
  return cloud;
}

const writes = ({ calls }: FakeCloud): readonly string[] =>
  calls.filter((call) => !/find|observe|statuses|identity/.test(call));

describe('the guard on deletions', () => {
  it.each([
    { there: 2, left: 1, because: 'one deletion is always allowed' },
    { there: 4, left: 2, because: 'two are: a route and its authorization are two' },
    { there: 14, left: 11, because: '3 of 15 are 20 %' },
    { there: 30, left: 25, because: 'five of many' },
  ])('allows $there routes to become $left: $because', async ({ there, left }) => {
    const cloud = await applied(there);
    const plan = await planOf(cloud, withRoutes(left));
    expect(plan.deletions).toMatchObject({ owned: there + 1, resources: { length: there - left } });
    expect(planText(plan)).not.toContain('--max-deletes');
    expect(doneOf(await runSpec(cloud, withRoutes(left)))).toMatchObject({ applied: there - left, failed: 0 });
  });

  it.each([
    { there: 4, left: 1, limit: 2, because: '3 of 5 are more than 20 %' },
    { there: 13, left: 10, limit: 2, because: '3 of 14 are more than 20 %' },
    { there: 60, left: 54, limit: 5, because: 'six are more than five' },
  ])('refuses $there routes that become $left before the first write: $because', async ({ there, left, limit }) => {
    const cloud = await applied(there);
    const gone = there - left;
    const part = `${gone} of the ${there + 1} links, targets and routes that the spec owns`;
    expect(planText(await planOf(cloud, withRoutes(left)))).toContain(
      `this plan deletes ${part}; apply needs --max-deletes ${gone} for that`,
    );
    const before = writes(cloud).length;
    const refused = runSpec(cloud, withRoutes(left));
    await expect(refused).rejects.toMatchObject({
      code: 'TOO_MANY_DELETIONS',
      message: expect.stringContaining(`the plan deletes ${part}; the limit is ${limit}: route GET /r${left} on api-1`),
      remedy: expect.stringContaining(`--max-deletes ${gone}`),
      details: { owned: there + 1, allowed: limit, deletions: { length: gone } },
    });
    await expect(runSpec(cloud, withRoutes(left), { maxDeletes: gone - 1 })).rejects.toMatchObject({
      details: { allowed: gone - 1 },
    });
    expect(writes(cloud)).toHaveLength(before);
    expect(doneOf(await runSpec(cloud, withRoutes(left), { maxDeletes: gone }))).toMatchObject({ applied: gone });
  });

  it('uses a given limit in place of the default, also where it is lower, and refuses what is no number', async () => {
    const cloud = await applied(3);
    const limit = (maxDeletes: number) => runSpec(cloud, withRoutes(2), { maxDeletes });
    await expect(limit(0)).rejects.toMatchObject({ code: 'TOO_MANY_DELETIONS' });
    await expect(limit(Number.NaN)).rejects.toMatchObject({ code: 'INVALID_INPUT', place: { path: 'maxDeletes' } });
    expect(doneOf(await runSpec(cloud, withRoutes(3), { maxDeletes: 0 }))).toMatchObject({ applied: 0 });
  });

  it('does not count links that the plan replaces', async () => {
    const cloud = new FakeCloud();
    const names = ['a', 'b', 'c', 'd'];
    const links = (subnet: string) => Object.fromEntries(names.map((name) => [name, linkSpec({ subnets: [subnet] })]));
    const spec = (subnet: string) => smallSpec({ spec: 'shop-7f3k2q', links: links(subnet), integrations: {} });
    await runSpec(cloud, spec('subnet-1a'));
    const plan = await planOf(cloud, spec('subnet-1b'), { all: true });
    expect(plan.units.flatMap(({ steps }) => steps).filter(({ kind }) => kind === 'delete')).toHaveLength(4);
    expect(plan).not.toHaveProperty('deletions');
    expect(doneOf(await runSpec(cloud, spec('subnet-1b'), { all: true, maxDeletes: 0 }))).toMatchObject({ failed: 0 });
    const fewer = { ...spec('subnet-1b'), links: { a: links('subnet-1b')['a']! } };
    expect((await planOf(cloud, fewer, { all: true })).deletions).toMatchObject({ owned: 4, resources: { length: 3 } });
  });

  it('does not limit destroy', async () => {
    const cloud = await applied(9);
    expect(await planOf(cloud, withRoutes(9), { destroy: true })).not.toHaveProperty('deletions');
    expect(doneOf(await runSpec(cloud, withRoutes(9), { destroy: true }))).toMatchObject({ failed: 0 });
    expect(cloud.gateways.get('api-1')?.routes.size).toBe(0);
  });

  it('limits a plan from a file by the current state, not by what the file says', async () => {
    const cloud = await applied(9);
    const { deletions, ...plan } = await planOf(cloud, withRoutes(1));
    expect(deletions).toMatchObject({ resources: { length: 8 } });
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    for (const edited of [plan, { ...plan, deletions: { resources: ['route GET /r1 on api-1'], owned: 1000 } }]) {
      const events = apply(edited, { spec: withRoutes(1), drivers: driversOf(cloud.driver()), context });
      await expect(drive(cloud.clock, events[Symbol.asyncIterator]().next())).rejects.toMatchObject({
        code: 'TOO_MANY_DELETIONS',
      });
    }
    expect(cloud.gateways.get('api-1')?.routes.size).toBe(9);
  });
});

describe('an empty spec', () => {
  const empty = smallSpec({ spec: 'shop-7f3k2q', links: {}, integrations: {} });

  it('is refused by plan, and by apply with the plan of another spec', async () => {
    const cloud = await applied(2);
    const error = { code: 'EMPTY_SPEC', remedy: expect.stringContaining('`postern destroy`') };
    await expect(planOf(cloud, empty)).rejects.toMatchObject(error);
    const plan = await planOf(cloud, withRoutes(1));
    expect(() => diff({ version: 1, takenAt: plan.takenAt, regions: [] } as never, empty, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({ code: 'EMPTY_SPEC' }),
    );
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    const events = apply(plan, { spec: empty, drivers: driversOf(cloud.driver()), context });
    await expect(drive(cloud.clock, events[Symbol.asyncIterator]().next())).rejects.toMatchObject(error);
    expect(cloud.gateways.get('api-1')?.routes.size).toBe(2);
  });
});
