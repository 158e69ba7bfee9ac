import { describe, expect, it } from 'vitest';
import { apply } from '../../../engines.js';
import { createContext, driversOf } from '../../../../src/do/context.js';
import { decodePlan } from '../../../../src/internal/decode.js';
import type { IntegrationSpec, Spec } from '../../../../src/do/spec.js';
import { observeSpec } from '../../../../src/do/observe/observe-spec.js';
import { diff } from '../../../../src/do/plan/diff.js';
import type { Plan, PlanOptions } from '../../../../src/do/plan/plan.js';
import { planText } from '../../../../src/do/plan/text/render.js';
import type { RunEvent } from '../../../../src/do/apply/events.js';
import { drive, seeded } from '../../../drive.js';
import { FakeCloud } from '../../../fake-cloud.js';
import { doneOf, linkSpec, runSpec, smallSpec, stepIds } from '../../../fake-run.js';
import { CLOUDS } from '../../../clouds.js';

function integration(fields: Partial<IntegrationSpec> = {}): IntegrationSpec {
  return {
    link: 'eu',
    gateway: { httpApi: 'api-1' },
    targets: { main: { ref: { listener: { loadBalancer: 'orders', port: 443 } } } },
    routes: {},
    ...fields,
  };
}

/** Two links; on the first one two integrations, of which one has two targets. */
const SPEC = smallSpec({
  spec: 'shop-7f3k2q',
  links: { eu: linkSpec(), us: linkSpec({ subnets: ['subnet-1b'] }) },
  integrations: {
    orders: integration({
      targets: {
        blue: { ref: { listener: { loadBalancer: 'orders', port: 443 } } },
        green: { ref: { listener: { loadBalancer: 'bills', port: 8443 } } },
      },
      routes: { 'GET /orders': 'blue', 'POST /orders': 'blue', 'GET /green': 'green' },
    }),
    bills: integration({ routes: { 'ANY /bills': 'main' } }),
    us: integration({ link: 'us', gateway: { httpApi: 'api-2' }, routes: { 'ANY /us': 'main' } }),
  },
});

function scene(): FakeCloud {
  const cloud = new FakeCloud();
  for (const id of ['api-1', 'api-2']) cloud.gateway(id);
  cloud.listener('orders', 443);
  cloud.listener('bills', 8443);
  return cloud;
}

const context = (cloud: FakeCloud) => createContext({ clock: cloud.clock, random: seeded(1) });

async function planOf(cloud: FakeCloud, spec: Spec, plan: PlanOptions): Promise<Plan> {
  const drivers = driversOf(cloud.driver());
  const seen = observeSpec(spec, drivers, context(cloud), { all: plan.all, plan });
  return diff(await drive(cloud.clock, seen), spec, { clouds: CLOUDS, ...plan });
}

async function applied(cloud: FakeCloud, spec: Spec, plan: Plan): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  const work = async (): Promise<void> => {
    const options = { spec, drivers: driversOf(cloud.driver()), context: context(cloud) };
    for await (const event of apply(plan, options)) events.push(event);
  };
  await drive(cloud.clock, work());
  return events;
}

describe('the plan of a part of a spec', () => {
  it.each([
    [
      'an integration, with its link',
      ['bills'],
      ['create link eu', 'create route ANY /bills on api-1'],
      { links: ['us'], integrations: ['orders', 'us'], targets: [] },
      'this is the plan of bills only: it leaves out 1 link and 2 integrations of the spec',
    ],
    [
      'a target, with its link and the routes to it',
      ['orders/green'],
      ['create link eu', 'create route GET /green on api-1'],
      { links: ['us'], integrations: ['bills', 'us'], targets: ['orders/blue'] },
      'this is the plan of orders/green only: it leaves out 1 link, 2 integrations and 1 target of the spec',
    ],
    [
      'a target by its name alone',
      ['blue'],
      ['create link eu', 'create route GET /orders on api-1', 'create route POST /orders on api-1'],
      { links: ['us'], integrations: ['bills', 'us'], targets: ['orders/green'] },
      'this is the plan of blue only: it leaves out 1 link, 2 integrations and 1 target of the spec',
    ],
    [
      'a link, without what uses it',
      ['eu'],
      ['create link eu'],
      { links: ['us'], integrations: ['orders', 'bills', 'us'], targets: [] },
      'this is the plan of eu only: it leaves out 1 link and 3 integrations of the spec',
    ],
    [
      'a link and an integration of one name',
      ['us'],
      ['create link us', 'create route ANY /us on api-2'],
      { links: ['eu'], integrations: ['orders', 'bills'], targets: [] },
      'this is the plan of us only: it leaves out 1 link and 2 integrations of the spec',
    ],
    [
      'a link that an integration has the name of',
      ['links.us'],
      ['create link us'],
      { links: ['eu'], integrations: ['orders', 'bills', 'us'], targets: [] },
      'this is the plan of links.us only: it leaves out 1 link and 3 integrations of the spec',
    ],
    [
      'an integration by its section',
      ['integrations.bills'],
      ['create link eu', 'create route ANY /bills on api-1'],
      { links: ['us'], integrations: ['orders', 'us'], targets: [] },
      'this is the plan of integrations.bills only: it leaves out 1 link and 2 integrations of the spec',
    ],
    [
      'all of it, if all is named',
      ['eu', 'us', 'orders', 'bills'],
      [
        'create link eu',
        'create route GET /orders on api-1',
        'create route POST /orders on api-1',
        'create route GET /green on api-1',
        'create route ANY /bills on api-1',
        'create link us',
        'create route ANY /us on api-2',
      ],
      { links: [], integrations: [], targets: [] },
      'this is the plan of eu, us, orders, bills only: it leaves out nothing that the spec declares',
    ],
  ])('has %s', async (_, only, steps, left, note) => {
    const plan = await planOf(scene(), SPEC, { only });
    expect(stepIds(plan).toSorted()).toEqual([...steps].toSorted());
    expect(plan).toMatchObject({ options: { only }, leftOut: { ...left, undeclared: [] } });
    expect(planText(plan)).toContain(note);
  });

  it('is applied alone, also from a file; the rest follows with the whole spec', async () => {
    const cloud = scene();
    const plan = decodePlan(JSON.stringify(await planOf(cloud, SPEC, { only: ['bills'] })));
    expect(doneOf(await applied(cloud, SPEC, plan))).toMatchObject({ applied: 2, integrations: { bills: 'done' } });
    expect(cloud.links.size).toBe(1);
    expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['ANY /bills']);
    const again = await planOf(cloud, SPEC, { only: ['bills'] });
    expect(stepIds(again)).toEqual([]);
    expect(doneOf(await applied(cloud, SPEC, again)).integrations).toEqual({ bills: 'unchanged' });
    expect(doneOf(await runSpec(cloud, SPEC))).toMatchObject({ applied: 5, failed: 0, unchanged: 2 });
  });

  it('is refused where the file names another part', async () => {
    const cloud = scene();
    const { options: _, ...plan } = await planOf(cloud, SPEC, { only: ['bills'] });
    for (const edited of [plan, { ...plan, options: { only: ['us'] } }])
      await expect(applied(cloud, SPEC, edited)).rejects.toMatchObject({ code: 'WORLD_MOVED' });
    expect(cloud.links.size).toBe(0);
  });

  it.each([
    [['order'], 'UNKNOWN_REFERENCE', 'Did you mean orders?'],
    [['orders/blu'], 'UNKNOWN_REFERENCE', 'Did you mean orders/blue?'],
    [['bills', 'gren'], 'UNKNOWN_REFERENCE', 'Did you mean green?'],
    [['links.orders'], 'UNKNOWN_REFERENCE', 'Did you mean orders?'],
    [['__proto__'], 'UNKNOWN_REFERENCE', 'It has eu, us, orders, bills, orders/blue'],
    [['toString'], 'UNKNOWN_REFERENCE', 'It has eu'],
    [['main'], 'AMBIGUOUS', 'Name one of them: bills/main, us/main.'],
    [[], 'INVALID_INPUT', 'Name at least one'],
  ])('refuses %j: %s', async (only, code, remedy) => {
    const cloud = scene();
    await expect(planOf(cloud, SPEC, { only })).rejects.toMatchObject({
      code,
      remedy: expect.stringContaining(remedy),
    });
    expect(cloud.calls).toEqual([]);
  });

  it('says nothing about renamed keys that it leaves out, and keeps what was renamed', async () => {
    const cloud = scene();
    await runSpec(cloud, SPEC);
    const { us, bills, orders } = SPEC.integrations;
    const moved = [
      { kind: 'integration', from: 'bills', to: 'invoices', path: 'moved[0]' },
      { kind: 'integration', from: 'us', to: 'america', path: 'moved[1]' },
    ] as const;
    const spec: Spec = { ...SPEC, moved, integrations: { orders: orders!, invoices: bills!, america: us! } };
    const plan = await planOf(cloud, spec, { only: ['invoices'] });
    expect(stepIds(plan)).toEqual(['move route ANY /bills on api-1']);
    expect(plan.leftOut?.undeclared).toEqual([]);
    expect(plan.notes.join('\n')).not.toContain('moved[');
    expect(doneOf(await applied(cloud, spec, plan))).toMatchObject({ applied: 1, failed: 0 });
    const again = await planOf(cloud, spec, { only: ['invoices'] });
    expect(again.notes.filter((note) => note.startsWith('moved['))).toEqual([expect.stringContaining('moved[0]')]);
  });

  it('is not combined with prune', async () => {
    await expect(planOf(scene(), SPEC, { only: ['bills'], prune: true })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('reads nothing that only the rest needs, and has none of its problems', async () => {
    const cloud = scene();
    const far = linkSpec({ provider: 'alibaba', region: 'cn-hangzhou' });
    const bills = integration({ gateway: { httpApi: 'api-9' }, routes: { 'ANY /bills': 'main' } });
    const spec = { ...SPEC, links: { ...SPEC.links, us: far }, integrations: { ...SPEC.integrations, bills } };
    await expect(planOf(cloud, spec, {})).rejects.toMatchObject({ code: expect.any(String) as string });
    expect(doneOf(await applied(cloud, spec, await planOf(cloud, spec, { only: ['orders'] })))).toMatchObject({
      applied: 4,
      integrations: { orders: 'done' },
    });
  });
});

describe('the plan of a part of a spec deletes', () => {
  const { orders, us } = SPEC.integrations;

  it('nothing that is no longer declared, and names it', async () => {
    const cloud = scene();
    await runSpec(cloud, SPEC);
    const fewer = { ...orders!, routes: { 'GET /orders': 'blue', 'PUT /orders': 'blue' } };
    const spec = { ...SPEC, links: { eu: SPEC.links['eu']! }, integrations: { orders: fewer } };
    const plan = await planOf(cloud, spec, { only: ['orders'], all: true });
    expect(stepIds(plan)).toEqual(['create route PUT /orders on api-1']);
    expect(plan).not.toHaveProperty('deletions');
    const undeclared = ['route POST /orders on api-1', 'route GET /green on api-1', 'route ANY /bills on api-1'];
    expect(plan.leftOut?.undeclared.toSorted()).toEqual(
      [...undeclared, 'route ANY /us on api-2', expect.stringMatching(/^link us \(vl-/)].toSorted(),
    );
    expect(planText(plan)).toContain('--only deletes none of 5 resources that the spec no longer declares: link us');
    expect(doneOf(await applied(cloud, spec, plan))).toMatchObject({ applied: 1, failed: 0 });
    expect(cloud.links.size).toBe(2);
    const left = await planOf(cloud, spec, { all: true });
    expect(stepIds(left).filter((id) => id.startsWith('delete'))).toHaveLength(5);
  });

  it('no unused integration of a gateway', async () => {
    const cloud = scene();
    await runSpec(cloud, SPEC);
    cloud.gateways.get('api-1')!.routes.delete('ANY /bills');
    expect(stepIds(await planOf(cloud, { ...SPEC, integrations: { orders: orders! } }, {}))).toContain('sweep api-1');
    expect(stepIds(await planOf(cloud, SPEC, { only: ['orders'] }))).toEqual([]);
  });

  it('a replaced link only if nothing that is left out uses it', async () => {
    const cloud = scene();
    await runSpec(cloud, SPEC);
    const spec = { ...SPEC, links: { ...SPEC.links, eu: linkSpec({ subnets: ['subnet-1c'] }) } };
    const part = await planOf(cloud, spec, { only: ['orders'] });
    expect(stepIds(part)[0]).toBe('replace link eu');
    expect(stepIds(part).filter((id) => id.startsWith('delete'))).toEqual([]);
    expect(planText(part)).toMatch(
      /link vl-\d+ is kept: route ANY \/bills of api-1 still uses it; plan the whole spec/,
    );
    const both = await planOf(cloud, spec, { only: ['orders', 'bills'] });
    expect(stepIds(both)).toContainEqual(expect.stringMatching(/^delete link eu/));
    expect(doneOf(await applied(cloud, spec, part))).toMatchObject({ failed: 0 });
    expect(cloud.leads(cloud.gateways.get('api-1')!)).toContainEqual(expect.stringMatching(/^ANY \/bills → vl-/));
    expect(cloud.links.size).toBe(3);
    expect(doneOf(await applied(cloud, spec, await planOf(cloud, spec, {})))).toMatchObject({ failed: 0 });
    cloud.settle();
    expect(new Set(cloud.leads(cloud.gateways.get('api-1')!).map((one) => one.split(' → ')[1])).size).toBe(1);
  });

  it('is in the order of the whole plan', async () => {
    const cloud = scene();
    await runSpec(cloud, SPEC);
    const spec = {
      ...SPEC,
      links: { ...SPEC.links, us: linkSpec({ subnets: ['subnet-1c'] }) },
      integrations: { ...SPEC.integrations, us: us! },
    };
    const { units } = await planOf(cloud, spec, { only: ['us'] });
    const removal = units.find(({ kind }) => kind === 'link-removal');
    expect(units.map(({ kind }) => kind)).toEqual(['link', 'integration', 'link-removal']);
    expect(removal?.dependsOn).toEqual(['integration:us', 'link:us']);
  });
});

describe('the allowlist of a link in the plan of a part', () => {
  const withList = (...allowlist: string[]): Spec => ({
    ...SPEC,
    links: { ...SPEC.links, eu: linkSpec({ allowlist }) },
  });
  const allowed = (plan: Plan): unknown =>
    plan.units[0]?.steps[0]?.changes?.filter(({ field }) => /allowlist|entry/.test(field)).map(({ to }) => to);

  it('has the ports of the named integrations, or of all where the link is named', async () => {
    const spec = withList('10.0.0.0/16');
    expect(allowed(await planOf(scene(), spec, { only: ['bills'] }))).toEqual([['10.0.0.0/16 tcp 443']]);
    const all = [['10.0.0.0/16 tcp 443', '10.0.0.0/16 tcp 8443']];
    for (const only of [['eu'], ['eu', 'bills'], ['eu', 'orders/blue']])
      expect(allowed(await planOf(scene(), spec, { only })), only.join(' ')).toEqual(all);
  });

  it('gets no entries where no target is declared at all: no port is known', async () => {
    const spec = { ...withList('10.0.0.0/16'), integrations: {} };
    const plan = await planOf(scene(), spec, { only: ['eu'] });
    expect(allowed(plan)).toEqual([[]]);
    expect(planText(plan)).toContain('because no target of link eu says which ports to open');
  });

  it('loses no entry', async () => {
    const cloud = scene();
    await runSpec(cloud, withList('10.0.0.0/16', '10.9.0.0/16'));
    const spec = withList('10.0.0.0/16', '10.7.0.0/16');
    expect(stepIds(await planOf(cloud, spec, {}))).toEqual(['allow eu', 'revoke eu']);
    for (const only of [['eu'], ['orders']]) expect(stepIds(await planOf(cloud, spec, { only }))).toEqual(['allow eu']);
  });
});
