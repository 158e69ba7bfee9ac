import { describe, expect, it } from 'vitest';
import { apply } from '../../engines.js';
import type { RunEvent } from '../../../src/do/apply/events.js';
import { check } from '../../../src/check/checks/run.js';
import { createContext, type DriverPlace, type Drivers } from '../../../src/do/context.js';
import { decodePlan, decodeSnapshot } from '../../../src/decode/decode.js';
import type { Driver } from '../../../src/do/driver.js';
import { CloudError, PosternError } from '../../../src/ground/errors.js';
import type { Spec } from '../../../src/do/spec.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { planDestroy } from '../../../src/do/plan/destroy.js';
import { diff } from '../../../src/do/plan/diff.js';
import { planText } from '../../../src/do/plan/text/render.js';
import { encodeSnapshot } from '../../../src/do/snapshot/encode.js';
import { drive, seeded } from '../../drive.js';
import { FakeCloud } from '../../fake-cloud.js';
import { doneOf, linkSpec, smallSpec, stepIds } from '../../fake-run.js';
import { CLOUDS } from '../../clouds.js';

const EXPIRED = new PosternError('CREDENTIALS_EXPIRED', 'the session of profile b has expired');
const UNREACHABLE = new CloudError('ENDPOINT_UNREACHABLE', 'no answer', { operation: 'DescribeSubnets' });

/** Two regions with one integration each, `eu` and `us`; the error of reading `us` can be set. */
function scene() {
  const eu = new FakeCloud();
  const us = new FakeCloud();
  Object.assign(us, { clock: eu.clock });
  for (const cloud of [eu, us]) {
    cloud.gateway('api-1');
    cloud.listener('orders', 443);
  }
  const trouble: { identity?: Error; observe?: Error } = {};
  const usDriver = (): Driver => {
    const real = us.driver();
    return {
      ...real,
      region: 'mx-central-1',
      identity: (ctx) => (trouble.identity === undefined ? real.identity(ctx) : Promise.reject(trouble.identity)),
      observe: async (scope, ctx) => {
        if (trouble.observe !== undefined) throw trouble.observe;
        return { ...(await real.observe(scope, ctx)), region: 'mx-central-1' };
      },
    };
  };
  const drivers: Drivers = Object.assign(
    ({ region }: DriverPlace) => (region === 'mx-central-1' ? usDriver() : eu.driver()),
    { clouds: CLOUDS },
  );
  const context = createContext({ clock: eu.clock, random: seeded(1) });
  const orders = smallSpec().integrations['orders']!;
  const spec = smallSpec({
    links: { eu: linkSpec(), us: linkSpec({ region: 'mx-central-1', name: 'us' }) },
    integrations: { orders, bills: { ...orders, link: 'us', routes: { 'ANY /bills': 'orders' } } },
  });
  const observe = (of: Spec = spec) => drive(eu.clock, observeSpec(of, drivers, context));
  const applied = async (plan: ReturnType<typeof diff>, of: Spec = spec): Promise<readonly RunEvent[]> => {
    const events: RunEvent[] = [];
    const work = async (): Promise<void> => {
      for await (const event of apply(plan, { spec: of, drivers, context })) events.push(event);
    };
    await drive(eu.clock, work());
    return events;
  };
  return { eu, us, trouble, drivers, context, spec, observe, applied };
}

describe('D16d: a region that cannot be read', () => {
  it.each([
    ['its identity', { identity: EXPIRED }, { account: 'unknown', code: 'CREDENTIALS_EXPIRED' }],
    ['its lists', { observe: UNREACHABLE }, { account: '111122223333', code: 'ENDPOINT_UNREACHABLE' }],
  ])('does not prevent the plan and apply of the others (%s)', async (_, broken, told) => {
    const { eu, us, trouble, spec, observe, applied } = scene();
    Object.assign(trouble, broken);
    const snapshot = await observe();
    expect(snapshot.regions).toMatchObject([
      { region: 'eu-west-1', gaps: [] },
      {
        region: 'mx-central-1',
        account: told.account,
        links: [],
        gaps: [{ code: told.code }],
        unread: { code: told.code },
      },
    ]);
    const kept = decodeSnapshot(encodeSnapshot(snapshot));
    expect(kept.regions[1]).toMatchObject({ unread: { code: told.code } });

    const plan = decodePlan(JSON.stringify(diff(snapshot, spec, { clouds: CLOUDS })));
    expect(plan.unread).toMatchObject([{ region: 'mx-central-1', links: ['us'], integrations: ['bills'], ...told }]);
    expect(plan.units.map(({ id }) => id)).toEqual(['link:eu', 'integration:orders']);
    expect(planText(plan)).toContain(`could not be read (${told.code}): link us, integration bills left out`);

    const done = doneOf(await applied(plan));
    expect(done).toMatchObject({ failed: 0, integrations: { orders: 'done', bills: 'skipped' }, unread: [told] });
    expect(eu.links.size).toBe(1);
    expect(us.calls.filter((call) => call !== 'identity')).toEqual([]);

    // Later it can be read, and only the skipped changes are applied.
    for (const key of Object.keys(trouble)) delete trouble[key as keyof typeof trouble];
    const next = diff(await observe(), spec, { clouds: CLOUDS });
    expect(next.unread).toBeUndefined();
    expect(next.units.map(({ id }) => id)).toEqual(['link:us', 'integration:bills']);
  });

  it('is not changed, and is skipped by a removal', async () => {
    const { us, trouble, spec, observe, applied } = scene();
    await applied(diff(await observe(), spec, { clouds: CLOUDS }));
    us.calls = [];
    trouble.observe = UNREACHABLE;
    const plan = planDestroy(await observe(), spec, { clouds: CLOUDS });
    expect(plan.unread).toMatchObject([{ region: 'mx-central-1' }]);
    expect(new Set(plan.units.map(({ region }) => region))).toEqual(new Set(['eu-west-1']));
    const done = doneOf(await applied(plan));
    expect(done).toMatchObject({ failed: 0, unread: [{ code: 'ENDPOINT_UNREACHABLE' }] });
    expect(us.links.size).toBe(1);
    expect(us.gateways.get('api-1')?.routes.size).toBe(1);
  });

  it('is skipped by a plan that skipped it, and stops a plan that includes it', async () => {
    const { us, trouble, spec, observe, applied } = scene();
    const whole = diff(await observe(), spec, { clouds: CLOUDS });
    trouble.identity = EXPIRED;
    const partly = diff(await observe(), spec, { clouds: CLOUDS });
    await expect(applied(whole)).rejects.toMatchObject({ code: 'CREDENTIALS_EXPIRED' });
    delete trouble.identity;
    expect(doneOf(await applied(partly))).toMatchObject({ failed: 0, unread: [{ links: ['us'] }] });
    expect(us.links.size).toBe(0);
  });

  it('keeps resources that are marked with its names, in an account that another link read', async () => {
    const { eu, trouble, spec: base, context, applied, observe } = scene();
    const spec: Spec = {
      ...base,
      spec: 'orders-1',
      links: { eu: linkSpec(), us: linkSpec({ profile: 'b', name: 'us' }) },
    };
    await applied(diff(await observe(spec), spec, { clouds: CLOUDS }), spec);
    expect(eu.links.size).toBe(2);
    trouble.identity = EXPIRED;
    const find: Drivers = ({ profile }) =>
      profile === 'b' ? { ...eu.driver(), identity: () => Promise.reject(EXPIRED) } : eu.driver();
    const drivers = Object.assign(find, { clouds: CLOUDS });
    const snapshot = await drive(eu.clock, observeSpec(spec, drivers, context, { all: true }));
    const plan = diff(snapshot, spec, { clouds: CLOUDS });
    expect(plan.unread).toMatchObject([{ links: ['us'], integrations: ['bills'] }]);
    expect(stepIds(plan)).toEqual([]);
    // Without the names the link is deleted: the plan has read it.
    const { us: _us, ...links } = spec.links;
    const { bills: _bills, ...integrations } = spec.integrations;
    const without = { ...spec, links, integrations };
    expect(stepIds(diff(snapshot, without, { clouds: CLOUDS }))).toEqual([
      'delete route ANY /bills on api-1',
      expect.stringMatching(/^delete link us /),
    ]);
  });

  it('is thrown where the spec names its account and that account was read, and where no region could be read', async () => {
    const { eu, trouble, spec, context, observe } = scene();
    const account = '111122223333';
    const twice: Spec = { ...spec, links: { eu: linkSpec(), us: linkSpec({ profile: 'b', account }) } };
    const find: Drivers = ({ profile }) =>
      profile === 'b' ? { ...eu.driver(), identity: () => Promise.reject(EXPIRED) } : eu.driver();
    const drivers = Object.assign(find, { clouds: CLOUDS });
    await expect(observeSpec(twice, drivers, context)).rejects.toBe(EXPIRED);
    trouble.observe = UNREACHABLE;
    const { eu: _eu, ...links } = spec.links;
    const { orders: _orders, ...integrations } = spec.integrations;
    await expect(observe({ ...spec, links, integrations })).rejects.toBe(UNREACHABLE);
  });

  it('is undecided for every check of its resources', async () => {
    const { trouble, spec: base, observe } = scene();
    trouble.identity = EXPIRED;
    const arn =
      'arn:aws:elasticloadbalancing:mx-central-1:111122223333:listener/app/bills/0123456789abcdef/0123456789abcdef';
    const bills = { ...base.integrations['bills']!, targets: { orders: { ref: { listener: arn } } } };
    const spec = { ...base, integrations: { ...base.integrations, bills } };
    const { findings } = check(await observe(spec), spec, { clouds: CLOUDS, passes: true });
    const there = findings.filter(({ integration, subject }) => integration === 'bills' || /\bus\b/.test(subject));
    // Checks that need only the spec are decided: the number of subnets, whether an ARN is valid.
    const bySpec = new Set(['link/subnet-quota', 'target/kind', 'target/arn', 'target/region']);
    const observed = there.filter(({ check: id }) => !bySpec.has(id));
    expect(observed.length).toBeGreaterThan(10);
    expect(observed.filter(({ verdict }) => verdict !== 'unknown')).toEqual([]);
  });
});
