import { expect, it } from 'vitest';
import type { ApplyOptions } from '../../../../src/do/apply/apply.js';
import type { RunEvent } from '../../../../src/do/apply/events.js';
import { createContext } from '../../../../src/do/context.js';
import type { PosternError } from '../../../../src/ground/errors.js';
import type { LinkSpec, Spec } from '../../../../src/do/spec.js';
import { observeSpec } from '../../../../src/do/observe/observe-spec.js';
import { planDestroy } from '../../../../src/do/plan/destroy.js';
import { diff } from '../../../../src/do/plan/diff.js';
import type { Plan, PlanOptions } from '../../../../src/do/plan/plan.js';
import { planText } from '../../../../src/do/plan/text/render.js';
import { PrivateIntegrations } from '../../../../src/do/private-integrations.js';
import { drive, seeded } from '../../../drive.js';
import { apply, describeOnEachEngine } from '../../../engines.js';
import { doneOf, linkSpec, smallSpec, stepIds } from '../../../fake-run.js';
import { FakeInstances } from '../../../instances.js';
import { CLOUDS } from '../../../clouds.js';

interface Wanted {
  readonly link?: Partial<LinkSpec>;
  readonly targets?: Record<string, { instance: string; port: number }>;
  readonly routes?: Record<string, string>;
  readonly stages?: readonly string[];
}

function wanted({
  link,
  targets = { a: { instance: 'lb-1', port: 80 } },
  routes = { 'ANY /a': 'a' },
  stages = ['RELEASE'],
}: Wanted = {}): Spec {
  const refs = Object.entries(targets).map(([name, ref]) => [name, { ref }] as const);
  // The fake's gateway is of another kind, which may have stages here as an API group has.
  const gateway = { httpApi: 'api-1', apiGroup: 'api-1', stages } as const;
  return smallSpec({
    links: { eu: linkSpec({ provider: 'alibaba', native: { spec: 'api.s1.small' }, ...link }) },
    integrations: { orders: { link: 'eu', gateway, targets: Object.fromEntries(refs), routes } },
  });
}

type Options = PlanOptions & { readonly destroy?: boolean; readonly allowPurchase?: boolean };

async function planned(there: FakeInstances, spec: Spec, { destroy, ...options }: Options = {}): Promise<Plan> {
  const context = createContext({ clock: there.cloud.clock, random: seeded(1) });
  const all = destroy === true || options.all === true;
  const snapshot = await drive(there.cloud.clock, observeSpec(spec, there.drivers, context, { all }));
  return destroy === true
    ? planDestroy(snapshot, spec, { clouds: CLOUDS, ...options })
    : diff(snapshot, spec, { clouds: CLOUDS, ...options });
}

async function run(there: FakeInstances, spec: Spec, options: Options = {}): Promise<readonly RunEvent[]> {
  const plan = await planned(there, spec, options);
  const context = createContext({ clock: there.cloud.clock, random: seeded(1) });
  const carry: ApplyOptions = { spec, drivers: there.drivers, context, allowPurchase: options.allowPurchase };
  const events: RunEvent[] = [];
  const work = async (): Promise<void> => {
    for await (const event of apply(plan, carry)) events.push(event);
  };
  await drive(there.cloud.clock, work());
  return events;
}

/** A cloud on which `spec` is applied. */
async function made(spec: Spec = wanted()): Promise<FakeInstances> {
  const there = new FakeInstances();
  expect(doneOf(await run(there, spec, { allowPurchase: true }))).toMatchObject({ failed: 0, skipped: 0 });
  return there;
}

describeOnEachEngine('links that cost money', () => {
  it('are bought only when that is allowed, and price and terms are shown first', async () => {
    const there = new FakeInstances();
    const plan = await planned(there, wanted());
    expect(planText(plan)).toContain('buys: api.s1.small, pay-as-you-go: about USD 0.87');
    const refusal = await run(there, wanted()).catch((error: unknown) => error as PosternError);
    expect(refusal).toMatchObject({
      code: 'PURCHASE_NOT_ALLOWED',
      message: expect.stringContaining('create link eu: api.s1.small, pay-as-you-go: about USD 0.87'),
      details: {
        purchases: [
          {
            step: 'create link eu',
            terms: expect.arrayContaining([expect.stringContaining('billed from its creation')]) as unknown,
          },
        ],
      },
    });
    expect(there.cloud.links.size).toBe(0);
    expect(doneOf(await run(there, wanted(), { allowPurchase: true }))).toMatchObject({ failed: 0, skipped: 0 });
    // An existing instance is not bought again, so no permission is needed.
    expect(doneOf(await run(there, wanted()))).toMatchObject({ applied: 0, unchanged: 3 });
  });

  it('are not bought by a library call without permission', async () => {
    const { cloud, drivers } = new FakeInstances();
    const driver = await drivers({ provider: 'alibaba', region: 'eu-west-1' });
    const gate = new PrivateIntegrations(driver, { project: 'shop', clock: cloud.clock });
    const request = { name: 'eu', subnets: ['subnet-1a'], securityGroups: ['sg-1'] };
    await expect(drive(cloud.clock, gate.ensureLink(request))).rejects.toMatchObject({ code: 'PURCHASE_NOT_ALLOWED' });
    await expect(drive(cloud.clock, gate.ensureLink(request, { allowPurchase: true }))).resolves.toMatchObject({
      state: 'ready',
    });
  });

  it('are kept when their integrations are deleted, unless their deletion is requested', async () => {
    const there = await made();
    const kept = await planned(there, wanted(), { destroy: true });
    expect(stepIds(kept)).toEqual([
      'delete route ANY /a on api-1',
      expect.stringMatching(/^delete target a of orders/),
      expect.stringMatching(/^mark unused link /),
    ]);
    expect(kept.notes).toEqual([expect.stringContaining('--delete-instances')]);
    expect(doneOf(await run(there, wanted(), { destroy: true }))).toMatchObject({ applied: 3, failed: 0 });
    expect(there.cloud.links.size).toBe(1);
    expect(there.authorizations.size).toBe(0);
    // The instance is found, and nothing has to be bought.
    expect(doneOf(await run(there, wanted(), { prune: true }))).toMatchObject({ applied: 3, failed: 0 });
    expect(doneOf(await run(there, wanted(), { destroy: true, deleteInstances: true }))).toMatchObject({ applied: 3 });
    there.cloud.settle();
    expect(there.cloud.links.size).toBe(0);
  });

  it('are kept when they are no longer declared, or another one replaces them', async () => {
    const there = await made();
    const none = { ...wanted(), links: {}, integrations: {} };
    expect(
      stepIds(
        await planned(
          there,
          {
            ...none,
            links: {
              other: linkSpec({ provider: 'alibaba', id: [...there.cloud.links.keys()][0], owner: 'external' }),
            },
          },
          { all: true, prune: true },
        ),
      ),
    ).toContain('delete route ANY /a on api-1');
    const moved = wanted({ link: { subnets: ['subnet-1b'] } });
    const plan = await planned(there, moved);
    expect(
      plan.units
        .flatMap(({ steps }) => steps)
        .filter(({ purchase }) => purchase)
        .map(({ id }) => id),
    ).toEqual(['replace link eu']);
    expect(doneOf(await run(there, moved, { allowPurchase: true }))).toMatchObject({ failed: 0 });
    expect(there.cloud.links.size).toBe(2);
    expect(doneOf(await run(there, moved))).toMatchObject({ applied: 0 });
    expect(doneOf(await run(there, moved, { deleteInstances: true }))).toMatchObject({ applied: 1, failed: 0 });
  });

  it('are kept with a note where two runs bought one each, until their deletion is requested', async () => {
    const there = await made();
    const [used] = there.cloud.links.values();
    if (used === undefined) throw new Error('there is no link');
    const { name, tags, subnetIds, securityGroupIds } = used;
    const second = there.cloud.addLink({ name, tags, subnetIds, securityGroupIds });
    Object.assign(second, { createdMs: there.cloud.clock.now() });
    const plan = await planned(there, wanted());
    expect(stepIds(plan)).toEqual([]);
    expect(plan.notes).toEqual([
      `link ${second.id} (eu) is kept: another run created it, too, and it costs money although ${used.id} is used; --delete-instances also deletes it`,
    ]);
    expect(doneOf(await run(there, wanted(), { deleteInstances: true }))).toMatchObject({ applied: 1, failed: 0 });
    there.cloud.settle();
    expect([...there.cloud.links.keys()]).toEqual([used.id]);
  });

  it('have a note where an instance differs from the spec, and are not changed', async () => {
    const there = await made();
    const { notes, units } = await planned(there, wanted({ link: { native: { spec: 'api.s2.large' } } }));
    expect(units).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('has spec api.s1.small, but the spec has api.s2.large')]);
  });
});

describeOnEachEngine('an allowlist without ports', () => {
  it('is exact, block by block, and keeps the initial blocks of the link', async () => {
    const there = await made(wanted({ link: { allowlist: ['10.1.0.0/24', '10.1.1.0/24'] } }));
    const [id = ''] = there.cloud.links.keys();
    expect(there.blocks.get(id)).toEqual(['10.1.0.0/24', '10.1.1.0/24']);
    expect((await planned(there, wanted({ link: { allowlist: ['10.1.0.0/24', '10.1.1.0/24'] } }))).units).toEqual([]);
    const next = wanted({ link: { allowlist: ['10.0.0.0/24', '10.1.1.0/24', '10.2.0.0/16'] } });
    expect(stepIds(await planned(there, next))).toEqual(['allow eu', 'revoke eu']);
    expect(doneOf(await run(there, next))).toMatchObject({ failed: 0 });
    expect(there.blocks.get(id)).toEqual(['10.1.1.0/24', '10.2.0.0/16']);
  });

  it('refuses an unreachable block with its place', async () => {
    const there = new FakeInstances();
    await expect(
      planned(there, wanted({ link: { allowlist: ['10.1.0.0/24', '192.168.9.0/24'] } })),
    ).rejects.toMatchObject({ code: 'CIDR_CONFLICT', place: { path: 'links.eu.allowlist[1]' } });
  });

  it('is changed by a library call, except for the initial blocks of the link', async () => {
    const there = await made();
    const [id = ''] = there.cloud.links.keys();
    const driver = await there.drivers({ provider: 'alibaba', region: 'eu-west-1' });
    const gate = new PrivateIntegrations(driver, { project: 'shop', clock: there.cloud.clock });
    await drive(there.cloud.clock, gate.allow(id, ['10.3.0.0/16']));
    expect(there.blocks.get(id)).toEqual(['10.3.0.0/16']);
    await expect(drive(there.cloud.clock, gate.allow(id, ['192.168.9.0/24']))).rejects.toMatchObject({
      code: 'CIDR_CONFLICT',
    });
    await drive(there.cloud.clock, gate.revoke(id, ['10.3.0.0/16']));
    expect(there.blocks.get(id)).toEqual([]);
    await expect(drive(there.cloud.clock, gate.revoke(id, ['10.0.0.0/24']))).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    });
  });
});

describeOnEachEngine('targets that are resources', () => {
  it('are never updated: a new one is created, the declared routes move to it, and the old one is deleted', async () => {
    const there = await made();
    const [old = ''] = there.authorizations.keys();
    const next = wanted({ targets: { a: { instance: 'lb-2', port: 8080 } } });
    expect(stepIds(await planned(there, next, { all: true }))).toEqual([
      'create target a of orders',
      'retarget route ANY /a on api-1',
      `delete target a of orders (${old})`,
    ]);
    expect(doneOf(await run(there, next, { all: true }))).toMatchObject({ applied: 3, failed: 0 });
    expect([...there.authorizations.values()]).toEqual([expect.objectContaining({ resourceId: 'lb-2', port: 8080 })]);
    expect(there.cloud.calls).not.toContain('targets.update');
    expect(await planned(there, next, { all: true })).toMatchObject({ units: [], notes: [] });
  });

  it('that a declared route of another integration uses are not changed', async () => {
    const both = (port: number): Spec => {
      const { orders } = wanted().integrations;
      const moved = wanted({ targets: { a: { instance: 'lb-1', port } } }).integrations['orders']!;
      return { ...wanted(), integrations: { orders: moved, pay: { ...orders!, routes: { 'GET /pay': 'a' } } } };
    };
    const there = await made();
    const [old = ''] = there.authorizations.keys();
    await run(there, both(80), { all: true });
    expect(there.authorizations.size).toBe(1);
    expect(doneOf(await run(there, both(8080), { all: true }))).toMatchObject({ failed: 0 });
    expect(there.authorizations.get(old)).toMatchObject({ port: 80 });
    const { routes, integrations } = there.cloud.gateways.get('api-1')!;
    const portOf = (key: string) =>
      there.authorizations.get(integrations.get(routes.get(key)!.integrationId!)!.targetId)!.port;
    expect([portOf('ANY /a'), portOf('GET /pay')]).toEqual([8080, 80]);
    expect(await planned(there, both(8080), { all: true })).toMatchObject({ units: [], notes: [] });
  });

  it('that an unmarked route uses are not changed', async () => {
    const there = await made();
    const [old = ''] = there.authorizations.keys();
    there.cloud.addRoute('api-1', 'ANY /hand', { linkId: [...there.cloud.links.keys()][0]!, targetId: old });
    const next = wanted({ targets: { a: { instance: 'lb-1', port: 8080 } } });
    expect(doneOf(await run(there, next, { all: true }))).toMatchObject({ failed: 0 });
    expect(there.authorizations.get(old)).toMatchObject({ port: 80 });
    const { notes } = await planned(there, next, { all: true });
    expect(notes).toContainEqual(expect.stringContaining(`target ${old} is kept: route ANY /hand of api-1`));
  });

  it.each([
    ['a plug-in', { kind: 'plugin', id: 'p-1', name: 'auth', routeIds: [] }, 'plugin auth of api-1'],
    ['a named backend', { kind: 'backend', id: 'b-1', name: 'shared', routeIds: ['r'] }, 'backend shared of api-1'],
  ] as const)('that %s uses are not deleted', async (_, use, text) => {
    const there = await made();
    const [old = ''] = there.authorizations.keys();
    const next = wanted({ targets: { a: { instance: 'lb-1', port: 8080 } } });
    const context = createContext({ clock: there.cloud.clock, random: seeded(1) });
    const seen = await drive(there.cloud.clock, observeSpec(next, there.drivers, context, { all: true }));
    const regions = seen.regions.map((region) => ({
      ...region,
      gateways: region.gateways.map((gateway) => ({ ...gateway, uses: [{ ...use, targetId: old }] })),
    }));
    const plan = diff({ ...seen, regions }, next, { clouds: CLOUDS });
    expect(stepIds(plan)).toEqual(['create target a of orders', 'retarget route ANY /a on api-1']);
    expect(plan.notes).toContainEqual(`target ${old} is kept: ${text} uses it; change that, then run again`);
  });

  it('that a published version of a route uses are not deleted', async () => {
    const there = await made();
    const [old = ''] = there.authorizations.keys();
    const { id } = there.cloud.addRoute('api-1', 'ANY /hand');
    const next = wanted({ targets: { a: { instance: 'lb-1', port: 8080 } } });
    const context = createContext({ clock: there.cloud.clock, random: seeded(1) });
    const seen = await drive(there.cloud.clock, observeSpec(next, there.drivers, context, { all: true }));
    const regions = seen.regions.map((region) => ({
      ...region,
      gateways: region.gateways.map((gateway) => ({
        ...gateway,
        routes: gateway.routes.map((route) =>
          route.id === id ? { ...route, publishedTargets: { TEST: old } } : route,
        ),
      })),
    }));
    const plan = diff({ ...seen, regions }, next, { clouds: CLOUDS });
    expect(stepIds(plan).filter((step) => step.startsWith('delete'))).toEqual([]);
    expect(plan.notes).toContainEqual(expect.stringContaining('route ANY /hand of api-1 as published to TEST uses it'));
  });

  it('are deleted when no route uses them, after those routes', async () => {
    const two = wanted({
      targets: { a: { instance: 'lb-1', port: 80 }, b: { instance: 'lb-2', port: 80 } },
      routes: { 'ANY /a': 'a', 'ANY /b': 'b' },
    });
    const there = await made(two);
    expect(stepIds(await planned(there, wanted(), { prune: true }))).toEqual([
      'delete route ANY /b on api-1',
      expect.stringMatching(/^delete target b of orders/),
    ]);
    there.cloud.trouble = (operation) => (operation === 'routes.delete' ? 'deny' : undefined);
    expect(doneOf(await run(there, wanted(), { prune: true }))).toMatchObject({ failed: 1, skipped: 1 });
    expect(there.authorizations.size).toBe(2);
    there.cloud.trouble = () => undefined;
    expect(doneOf(await run(there, wanted(), { prune: true }))).toMatchObject({ applied: 2, failed: 0 });
    expect(there.authorizations.size).toBe(1);
  });

  it.each([{}, { all: true }])(
    'are deleted after routes that were read only because they may use them: %j',
    async (how) => {
      const there = await made();
      expect(stepIds(await planned(there, { ...wanted(), integrations: {} }, { ...how, prune: true }))).toEqual([
        'delete route ANY /a on api-1',
        expect.stringMatching(/^delete target a of orders/),
        expect.stringMatching(/^mark unused link /),
      ]);
    },
  );

  it('are not updated by a library call', async () => {
    const there = await made();
    const [id = ''] = there.cloud.links.keys();
    const driver = await there.drivers({ provider: 'alibaba', region: 'eu-west-1' });
    const gate = new PrivateIntegrations(driver, { project: 'shop', clock: there.cloud.clock });
    const first = await drive(there.cloud.clock, gate.ensureTarget(id, { name: 'b', instance: 'lb-7', port: 80 }));
    const second = await drive(there.cloud.clock, gate.ensureTarget(id, { name: 'b', instance: 'lb-8', port: 80 }));
    expect(there.authorizations.get(first.id)).toMatchObject({ resourceId: 'lb-7' });
    expect(there.authorizations.get(second.id)).toMatchObject({ resourceId: 'lb-8' });
    expect(there.authorizations.size).toBe(3);
  });

  it('of other owners are used and never deleted', async () => {
    const there = new FakeInstances();
    there.authorize('access-theirs', { instance: 'lb-1', port: 80 });
    await run(there, wanted(), { allowPurchase: true });
    expect([...there.authorizations.keys()]).toEqual(['access-theirs']);
    await run(there, wanted(), { destroy: true });
    expect([...there.authorizations.keys()]).toEqual(['access-theirs']);
  });
});

describeOnEachEngine('apply D12: a target that an undeclared stage may still use', () => {
  const both = wanted({ stages: ['RELEASE', 'TEST'] });
  const one = wanted({ targets: { b: { instance: 'lb-2', port: 80 } }, routes: { 'ANY /a': 'b' } });

  /** As in the cloud: a stage that is not named keeps the route in the form that was published there. */
  function publish(there: FakeInstances): void {
    there.alsoOn.set('api-1 ANY /a', ['RELEASE', 'TEST']);
  }

  it('is kept with a note, and runs end without a failure', async () => {
    const there = await made(both);
    publish(there);
    for (let turn = 0; turn < 2; turn += 1) {
      const plan = await planned(there, one, { prune: true });
      expect(plan.notes).toContainEqual(
        expect.stringMatching(/^target access-\S+ is kept: .* published to TEST in an older version/),
      );
      expect(stepIds(plan).filter((id) => id.startsWith('delete'))).toEqual([]);
      expect(doneOf(await run(there, one, { prune: true }))).toMatchObject({ failed: 0, skipped: 0 });
    }
    expect((await planned(there, one)).units).toEqual([]);
    there.alsoOn.set('api-1 ANY /a', ['RELEASE']);
    expect(doneOf(await run(there, one, { prune: true }))).toMatchObject({ applied: 1, failed: 0 });
    expect(there.authorizations.size).toBe(1);
  });
});

describeOnEachEngine('a target that a route still uses is kept', () => {
  it('is not deleted, and the route is named', async () => {
    const there = await made();
    const [id = ''] = there.authorizations.keys();
    there.cloud.addRoute('api-1', 'GET /theirs', { linkId: [...there.cloud.links.keys()][0]!, targetId: id });
    const plan = await planned(
      there,
      wanted({ targets: { b: { instance: 'lb-2', port: 80 } }, routes: { 'ANY /a': 'b' } }),
      { prune: true },
    );
    expect(stepIds(plan).filter((step) => step.startsWith('delete target'))).toEqual([]);
    expect(plan.notes).toContainEqual(expect.stringContaining(`target ${id} is kept: route GET /theirs`));
  });
});

describeOnEachEngine('routes that are published individually', () => {
  it('are published to the named stages, and again where one is missing; other stages are not changed', async () => {
    const there = await made(wanted({ stages: ['RELEASE', 'TEST'] }));
    expect(there.published.get('api-1 ANY /a')).toEqual(['RELEASE', 'TEST']);
    expect((await planned(there, wanted({ stages: ['TEST', 'RELEASE'] }))).units).toEqual([]);
    const plan = await planned(there, wanted({ stages: ['PRE', 'TEST'] }));
    expect(planText(plan)).toContain('stages: RELEASE, TEST → PRE, RELEASE, TEST');
    expect(plan.notes).toEqual([expect.stringContaining('is also published to RELEASE')]);
    there.published.set('api-1 ANY /a', []);
    expect(stepIds(await planned(there, wanted()))).toEqual(['retarget route ANY /a on api-1']);
  });
});
