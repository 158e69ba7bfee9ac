import { expect, it } from 'vitest';
import { apply } from '../../../src/do/apply/apply.js';
import { judgePlan, judge } from '../../../src/check/judge/judge-plan.js';
import { createContext, driversOf, type DriverPlace } from '../../../src/do/context.js';
import type { Driver, Scope } from '../../../src/do/driver.js';
import type { Spec } from '../../../src/do/spec.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { diff } from '../../../src/do/plan/diff.js';
import { drive } from '../../drive.js';
import { smallCloud } from '../../fake-cloud.js';
import { linkSpec, smallSpec } from '../../fake-run.js';
import { CLOUDS } from '../../clouds.js';

function scene() {
  const cloud = smallCloud();
  return { cloud, ctx: createContext({ clock: cloud.clock, random: () => 0 }) };
}

it('reads the account first, and fails at a wrong one with its place', async () => {
  const { cloud, ctx } = scene();
  const spec: Spec = {
    ...smallSpec({ links: { eu: linkSpec({ account: '999988887777' }) } }),
    places: (path) => (path === 'links.eu.account' ? { file: 'postern.yaml', line: 5, column: 14 } : undefined),
  };
  await expect(observeSpec(spec, driversOf(cloud.driver()), ctx)).rejects.toMatchObject({
    code: 'WRONG_ACCOUNT',
    place: { file: 'postern.yaml', line: 5, column: 14, path: 'links.eu.account' },
    details: { expected: '999988887777', actual: '111122223333' },
  });
  expect(cloud.calls).toEqual(['identity']);
});

it('checks every account before it reads any', async () => {
  const { cloud, ctx } = scene();
  const spec = smallSpec({ links: { eu: linkSpec(), other: linkSpec({ profile: 'x', account: '999988887777' }) } });
  await expect(observeSpec(spec, driversOf(cloud.driver()), ctx)).rejects.toMatchObject({ code: 'WRONG_ACCOUNT' });
  expect(cloud.calls).not.toContain('observe');
});

it('reads an account and region once, also where several links use it', async () => {
  const { cloud, ctx } = scene();
  const spec = smallSpec({ links: { eu: linkSpec(), other: linkSpec({ profile: 'x', name: 'other' }) } });
  const { regions, takenAt } = await observeSpec(spec, driversOf(cloud.driver()), ctx);
  expect(cloud.calls).toEqual(['identity', 'identity', 'observe']);
  expect(regions).toHaveLength(1);
  expect(regions[0]?.access).toMatchObject([{ profile: undefined }, { profile: 'x' }]);
  expect(takenAt).toBe('2026-06-01T00:00:00.000Z');
  expect(diff({ version: 1, takenAt, regions }, spec, { clouds: CLOUDS }).units).toHaveLength(3);
});

it('reads two accounts of one region each with its own driver', async () => {
  const { ctx } = scene();
  const clouds = { a: scene().cloud, b: scene().cloud };
  clouds.b.account = '444455556666';
  const drivers = Object.assign(({ profile }: DriverPlace): Driver => clouds[profile as 'a' | 'b'].driver(), {
    clouds: CLOUDS,
  });
  const base = smallSpec().integrations['orders']!;
  const spec = smallSpec({
    links: { a: linkSpec({ profile: 'a' }), b: linkSpec({ profile: 'b' }) },
    integrations: { a: { ...base, link: 'a' }, b: { ...base, link: 'b' } },
  });
  const snapshot = await observeSpec(spec, drivers, ctx);
  expect(snapshot.regions.map(({ account }) => account)).toEqual(['111122223333', '444455556666']);
  expect(diff(snapshot, spec, { clouds: CLOUDS }).units.map(({ id, account }) => [id, account])).toEqual([
    ['link:a', '111122223333'],
    ['link:b', '444455556666'],
    ['integration:a', '111122223333'],
    ['integration:b', '444455556666'],
  ]);
});

it('reads the resources that the spec names, each once', async () => {
  const { cloud, ctx } = scene();
  let asked: Scope | undefined;
  const real = cloud.driver();
  const driver: Driver = {
    ...real,
    observe: (scope, context) => {
      asked = scope;
      return real.observe(scope, context);
    },
  };
  const base = smallSpec().integrations['orders']!;
  const spec = smallSpec({
    links: { eu: linkSpec(), by: linkSpec({ id: { name: 'x' }, subnets: undefined }) },
    integrations: { orders: base, twin: { ...base, routes: {} } },
  });
  await observeSpec(spec, driversOf(driver), ctx);
  expect(asked).toEqual({
    all: undefined,
    checks: undefined,
    project: 'shop',
    spec: 'shop',
    linkKinds: ['vpc-link-v2'],
    declared: ['eu'],
    links: [{ name: 'x' }],
    gateways: [{ httpApi: 'api-1' }],
    served: [{ httpApi: 'api-1' }],
    targets: [{ listener: { loadBalancer: 'orders', port: 443 } }],
    subnets: ['subnet-1a'],
    securityGroups: ['sg-1'],
  });
});

it('reads what checks use only where the plan changes calls, and subnets only where it is not empty', async () => {
  const { cloud, ctx } = scene();
  const clouds = { a: cloud, b: scene().cloud };
  clouds.b.account = '444455556666';
  clouds.b.gateway('api-2');
  const asked: Record<'a' | 'b', Scope[]> = { a: [], b: [] };
  const find = ({ profile }: DriverPlace): Driver => {
    const name = profile as 'a' | 'b';
    const driver = clouds[name].driver();
    return {
      ...driver,
      observe: (scope, context) => {
        asked[name].push(scope);
        return driver.observe(scope, context);
      },
    };
  };
  const drivers = Object.assign(find, { clouds: CLOUDS });
  const base = smallSpec().integrations['orders']!;
  const spec = smallSpec({
    links: { a: linkSpec({ profile: 'a' }), b: linkSpec({ profile: 'b' }) },
    integrations: { a: { ...base, link: 'a' }, b: { ...base, link: 'b', gateway: { httpApi: 'api-2' } } },
  });
  const options = { checks: true, plan: { only: ['a'] } };
  const part = diff(await observeSpec(spec, drivers, ctx, options), spec, { clouds: CLOUDS, ...options.plan });
  const how = { spec, drivers, context: ctx, ignoreFindings: ['*'] };
  const run = async () => {
    for await (const event of apply(part, { ...how, judge }))
      if (event.type === 'step.failed') expect.fail(event.error.message);
  };
  await drive(cloud.clock, run());

  asked.a = [];
  asked.b = [];
  const snapshot = await observeSpec(spec, drivers, ctx, { checks: true, plan: {} });
  const seen = (scopes: readonly Scope[]) => scopes.map(({ checks, subnets }) => [checks, subnets]);
  expect(seen(asked.a)).toEqual([
    [undefined, undefined],
    [undefined, ['subnet-1a']],
  ]);
  expect(seen(asked.b)).toEqual([...seen(asked.a), [true, ['subnet-1a']]]);
  expect(snapshot.regions.map((region) => region.asked === undefined)).toEqual([false, true]);
  const { findings, otherFindings } = judgePlan(diff(snapshot, spec, { clouds: CLOUDS }), snapshot, spec, {
    clouds: CLOUDS,
  });
  expect(new Set(findings?.flatMap(({ integration }) => integration ?? []))).toEqual(new Set(['b']));
  // The access log of the stage, which this driver does not read, is a note.
  expect(otherFindings).toBe(0);

  asked.a = [];
  const unchanged = await observeSpec(spec, drivers, ctx, options);
  expect(seen(asked.a)).toEqual([[undefined, undefined]]);
  const empty = diff(unchanged, spec, { clouds: CLOUDS, ...options.plan });
  expect(empty.units).toEqual([]);
  expect(judgePlan(empty, unchanged, spec, { clouds: CLOUDS })).not.toHaveProperty('findings');
});

it('names the account and region without a driver', async () => {
  const { cloud, ctx } = scene();
  const spec = smallSpec({ links: { eu: linkSpec({ region: 'us-east-1' }) } });
  await expect(observeSpec(spec, driversOf(cloud.driver()), ctx)).rejects.toMatchObject({
    code: 'NO_DRIVER',
    remedy: expect.stringContaining('aws in eu-west-1'),
  });
});
