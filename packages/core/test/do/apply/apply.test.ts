import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/do/apply/events.js';
import { memoryJournal } from '../../../src/do/apply/journal.js';
import { createContext, driversOf } from '../../../src/do/context.js';
import { CloudError } from '../../../src/ground/errors.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { diff } from '../../../src/do/plan/diff.js';
import type { Plan } from '../../../src/do/plan/plan.js';
import type { Spec } from '../../../src/do/spec.js';
import { drive, seeded } from '../../drive.js';
import { apply, describeOnEachEngine } from '../../engines.js';
import { FakeCloud, smallCloud } from '../../fake-cloud.js';
import { doneOf, linkSpec, planOf, runSpec, smallSpec, stepIds } from '../../fake-run.js';
import { CLOUDS } from '../../clouds.js';

describeOnEachEngine('apply', () => {
  it('creates a declared integration, and a second run changes nothing', async () => {
    const cloud = smallCloud();
    const done = doneOf(await runSpec(cloud, smallSpec()));
    expect(done).toMatchObject({ applied: 2, failed: 0, skipped: 0, integrations: { orders: 'done' } });
    const [link] = cloud.links.values();
    expect(cloud.observe({ all: true }).gateways[0]?.routes).toMatchObject([
      {
        key: 'ANY /orders',
        linkId: link?.id,
        targetId: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/1/443',
        owner: { project: 'shop' },
      },
    ]);
    expect(stepIds(await planOf(cloud, smallSpec()))).toEqual([]);
    expect(doneOf(await runSpec(cloud, smallSpec()))).toMatchObject({
      applied: 0,
      unchanged: 2,
      integrations: { orders: 'unchanged' },
    });
  });

  it('destroys routes before links, and keeps resources of other owners', async () => {
    const cloud = smallCloud();
    cloud.addRoute('api-1', 'GET /foreign');
    const foreign = cloud.addLink({ subnetIds: ['subnet-1a'] });
    const spec = smallSpec({ links: { eu: linkSpec({ allowlist: ['10.20.0.0/20'] }) } });
    await runSpec(cloud, spec);
    expect(cloud.groups.size).toBe(1);
    cloud.calls = [];
    const done = doneOf(await runSpec(cloud, spec, { destroy: true }));
    expect(done).toMatchObject({ failed: 0, integrations: { orders: 'done' } });
    expect(cloud.calls.filter((call) => /delete|release/.test(call))).toEqual([
      'routes.delete',
      'routes.delete integration',
      'links.delete',
      'allowlist.release',
    ]);
    expect([...cloud.links.keys()]).toEqual([foreign.id]);
    expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['GET /foreign']);
    expect(cloud.groups.size).toBe(0);
    expect(stepIds(await planOf(cloud, spec, { destroy: true }))).toEqual([]);
  });

  it('waits for twenty links with one poll per interval', async () => {
    const cloud = smallCloud();
    const names = Array.from({ length: 20 }, (_, index) => `link-${index}`);
    const spec: Spec = {
      ...smallSpec(),
      links: Object.fromEntries(names.map((name) => [name, linkSpec()])),
      integrations: {},
    };
    const events = await runSpec(cloud, spec);
    expect(doneOf(events)).toMatchObject({ applied: 20, failed: 0 });
    // 120 s of PENDING at 5 s per interval, and a second read of the link that is ready.
    expect(cloud.calls.filter((call) => call === 'links.statuses')).toHaveLength(25);
    const waiting = events.filter(({ type }) => type === 'step.waiting');
    expect(waiting.length).toBeGreaterThan(20);
    expect(waiting[0]).toMatchObject({ unit: 'link:link-0', state: 'PENDING', elapsedMs: 5_000 });
  });

  it('refuses a plan where the current state has changed, and reports the change', async () => {
    const cloud = smallCloud();
    await expect(
      runSpec(cloud, smallSpec(), { between: () => void cloud.addRoute('api-1', 'ANY /orders') }),
    ).rejects.toMatchObject({ code: 'WORLD_MOVED', remedy: expect.stringContaining('Plan again') });
    expect(cloud.links.size).toBe(0);
  });

  it('continues where the change does not affect the plan', async () => {
    const cloud = smallCloud();
    const between = (): void => void cloud.addRoute('api-1', 'GET /somebody-elses');
    expect(doneOf(await runSpec(cloud, smallSpec(), { between }))).toMatchObject({ applied: 2, failed: 0 });
  });

  it('isolates the failure of a unit, and skips the units that need it', async () => {
    const cloud = smallCloud();
    const spec = smallSpec({ links: { eu: linkSpec(), other: linkSpec({ name: 'other' }) } });
    let first = true;
    cloud.trouble = (operation) => {
      const hit = operation === 'links.create' && first;
      first &&= operation !== 'links.create';
      return hit ? 'deny' : undefined;
    };
    const events = await runSpec(cloud, spec);
    expect(doneOf(events)).toMatchObject({ applied: 1, failed: 1, skipped: 1, integrations: { orders: 'skipped' } });
    expect(events.find(({ type }) => type === 'step.failed')).toMatchObject({
      unit: 'link:eu',
      error: { code: 'PERMISSION_DENIED', operation: 'links.create' },
    });
    cloud.trouble = () => undefined;
    expect(doneOf(await runSpec(cloud, spec))).toMatchObject({ applied: 2, failed: 0 });
    expect(cloud.links.size).toBe(2);
  });

  it('keeps a failed link with its reason, and replaces it only when that is requested', async () => {
    const cloud = smallCloud();
    cloud.onChange = () => {
      for (const row of cloud.links.values())
        Object.assign(row, { state: 'failed', nativeState: 'FAILED', reason: 'no address' });
    };
    const events = await runSpec(cloud, smallSpec());
    expect(events.find(({ type }) => type === 'step.failed')).toMatchObject({
      error: { code: 'WAIT_FAILED', message: expect.stringMatching(/vl-\d+ is FAILED: no address/) },
    });
    cloud.onChange = () => undefined;
    const again = doneOf(await runSpec(cloud, smallSpec()));
    expect(again).toMatchObject({ applied: 0, failed: 1, skipped: 1 });
    expect(cloud.links.size).toBe(1);
    const anew = doneOf(await runSpec(cloud, smallSpec(), { replaceFailed: true }));
    expect(anew).toMatchObject({ failed: 0, skipped: 0 });
    expect([...cloud.links.values()].map((row) => cloud.stateOf(row))).toEqual(['ready']);
    expect(stepIds(await planOf(cloud, smallSpec()))).toEqual([]);
  });

  it('ends a wait at an undocumented state', async () => {
    const cloud = smallCloud();
    cloud.onChange = () => {
      for (const row of cloud.links.values()) Object.assign(row, { state: 'unknown', nativeState: 'MELTING' });
    };
    const events = await runSpec(cloud, smallSpec());
    expect(events.find(({ type }) => type === 'step.failed')).toMatchObject({
      error: { code: 'WAIT_FAILED', message: expect.stringContaining('MELTING') },
    });
  });

  it('deploys once for each changed gateway and stage that does not deploy automatically', async () => {
    const cloud = new FakeCloud();
    const api = cloud.gateway('api-1', [
      { name: '$default', autoDeploy: true },
      { name: 'prod', autoDeploy: false },
    ]);
    cloud.gateway('api-2', []); // no stage: routes, no deployment, no error
    cloud.listener('orders', 443);
    const base = smallSpec().integrations['orders']!;
    const spec = smallSpec({
      integrations: {
        orders: base,
        bills: { ...base, routes: { 'ANY /bills': 'orders', 'GET /bills/{id}': 'orders' } },
        elsewhere: { ...base, gateway: { httpApi: 'api-2' } },
      },
    });
    expect(doneOf(await runSpec(cloud, spec))).toMatchObject({ applied: 6, failed: 0 });
    expect(api.stages.map(({ deployments }) => deployments.length)).toEqual([0, 1]);
    expect(stepIds(await planOf(cloud, spec))).toEqual([]);
    api.stages[1]!.deployments = [];
    expect(stepIds(await planOf(cloud, spec))).toEqual(['deploy api-1 to prod']);
  });

  it('compares with the plan that would be computed now, and refuses a plan that was edited', async () => {
    const cloud = smallCloud();
    const plan = await planOf(cloud, smallSpec());
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    const run = async (changed: Plan): Promise<void> => {
      const drivers = driversOf(cloud.driver());
      for await (const _event of apply(changed, { spec: smallSpec(), drivers, context }));
    };
    const file = JSON.parse(JSON.stringify(plan)) as Plan;
    const edits: readonly ((text: string) => string)[] = [
      (text) => text.replace('subnet-1a', 'subnet-1b'),
      (text) => text.replace('"kind":"create"', '"kind":"delete"'),
      (text) =>
        text.replace(
          'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/1/443',
          'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/evil/1/443',
        ),
      (text) => text.replace(plan.fingerprint, '0000000000000000'),
      (text) => text.replace('"dependsOn":["link:eu"]', '"dependsOn":[]'),
      (text) => text.replace('"project":"shop"', '"project":"crm"'),
    ];
    for (const edit of edits) {
      const text = edit(JSON.stringify(file));
      expect(text).not.toBe(JSON.stringify(file));
      await expect(drive(cloud.clock, run(JSON.parse(text) as Plan))).rejects.toMatchObject({ code: 'WORLD_MOVED' });
    }
    expect(cloud.links.size).toBe(0);
    await drive(cloud.clock, run(file));
    expect(cloud.links.size).toBe(1);
  });

  it.each([false, true])(
    'D16g: continues where a link became ready, or pending again, between plan and apply (%s)',
    async (isReadyFirst) => {
      const cloud = smallCloud();
      await runSpec(cloud, smallSpec());
      const [row] = cloud.links.values();
      cloud.gateways.get('api-1')!.routes.clear();
      row!.state = isReadyFirst ? 'ready' : 'pending';
      const events = await runSpec(cloud, smallSpec(), {
        between: () => {
          row!.state = isReadyFirst ? 'pending' : 'ready';
        },
        onEvent: ({ type }) => {
          if (type === 'step.waiting') row!.state = 'ready';
        },
      });
      expect(doneOf(events)).toMatchObject({ failed: 0, skipped: 0 });
      expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['ANY /orders']);
    },
  );

  it('D16g: refuses an edited plan also where its waits differ from the computed plan', async () => {
    const cloud = smallCloud();
    await runSpec(cloud, smallSpec());
    const [row] = cloud.links.values();
    cloud.gateways.get('api-1')!.routes.clear();
    row!.state = 'pending';
    const plan = await planOf(cloud, smallSpec());
    const edited = { ...plan, units: plan.units.map((unit) => ({ ...unit, dependsOn: [] })) };
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    const drivers = driversOf(cloud.driver());
    const first = apply(edited, { spec: smallSpec(), drivers, context }).next();
    await expect(drive(cloud.clock, first)).rejects.toMatchObject({ code: 'WORLD_MOVED' });
  });

  it('refuses a plan for another account, of another version, or without its spec', async () => {
    const cloud = smallCloud();
    const plan = await planOf(cloud, smallSpec());
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    const first = (changed: Plan, spec?: Spec): Promise<unknown> =>
      drive(cloud.clock, apply(changed, { spec, drivers: driversOf(cloud.driver()), context }).next());
    await expect(first({ ...plan, version: 2 as 1 }, smallSpec())).rejects.toMatchObject({
      code: 'UNSUPPORTED_VERSION',
    });
    await expect(first({ ...plan })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    cloud.account = '444455556666';
    await expect(first(plan, smallSpec())).rejects.toMatchObject({ code: 'WORLD_MOVED' });
  });

  it('waits no longer than the timeout in the spec', async () => {
    const cloud = smallCloud();
    const spec = smallSpec({ links: { eu: linkSpec({ timeouts: { createMs: 60_000 } }) } });
    const started = cloud.clock.now();
    const events = await runSpec(cloud, spec);
    expect(events.find(({ type }) => type === 'step.failed')).toMatchObject({ error: { code: 'WAIT_TIMEOUT' } });
    expect(cloud.clock.now() - started).toBe(60_000);
    expect(doneOf(await runSpec(cloud, spec))).toMatchObject({ failed: 0 });
    expect(cloud.links.size).toBe(1);
  });

  it('uses an inactive link: calls reactivate it', async () => {
    const cloud = smallCloud();
    await runSpec(cloud, { ...smallSpec(), integrations: {} });
    for (const row of cloud.links.values()) row.state = 'inactive';
    const plan = await planOf(cloud, smallSpec());
    expect(stepIds(plan)).toEqual(['create route ANY /orders on api-1']);
    expect(plan.notes).toContainEqual(expect.stringContaining('inactive'));
  });

  it('continues after fewer than three failed polls, and fails after three', async () => {
    const cloud = smallCloud();
    const driver = cloud.driver();
    let failures = 2;
    const flaky = {
      ...driver,
      links: {
        ...driver.links,
        statuses: (...args: Parameters<typeof driver.links.statuses>) => {
          failures -= 1;
          if (failures >= 0)
            return Promise.reject(new CloudError('CLOUD_FAILED', 'boom', { operation: 'GetVpcLinks' }));
          return driver.links.statuses(...args);
        },
      },
    };
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    const run = async (): Promise<RunEvent[]> => {
      const events: RunEvent[] = [];
      const plan = diff(await observeSpec(smallSpec(), driversOf(flaky), context), smallSpec(), { clouds: CLOUDS });
      for await (const event of apply(plan, { drivers: driversOf(flaky), context })) events.push(event);
      return events;
    };
    expect(doneOf(await drive(cloud.clock, run()))).toMatchObject({ failed: 0 });
    cloud.links.clear();
    cloud.gateways.get('api-1')!.routes.clear();
    cloud.gateways.get('api-1')!.integrations.clear();
    failures = 3;
    const events = await drive(cloud.clock, run());
    expect(events.find(({ type }) => type === 'step.failed')).toMatchObject({ error: { code: 'CLOUD_FAILED' } });
  });

  it('waits for a link that lists do not show: not listed is not ready', async () => {
    const cloud = smallCloud();
    const driver = cloud.driver();
    let hidden = 3;
    const late = {
      ...driver,
      links: {
        ...driver.links,
        statuses: (...args: Parameters<typeof driver.links.statuses>) => {
          hidden -= 1;
          return hidden >= 0 ? Promise.resolve([]) : driver.links.statuses(...args);
        },
      },
    };
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    const plan = diff(await observeSpec(smallSpec(), driversOf(late), context), smallSpec(), { clouds: CLOUDS });
    const states: (string | undefined)[] = [];
    const run = async (): Promise<void> => {
      for await (const event of apply(plan, { drivers: driversOf(late), context })) {
        if (event.type === 'step.started' && event.resource.type === 'route') {
          states.push(...[...cloud.links.values()].map((row) => cloud.stateOf(row)));
        }
      }
    };
    await drive(cloud.clock, run());
    expect(hidden).toBeLessThan(0);
    expect(states).toEqual(['ready']);
  });

  it('treats an inactive link as ready also while it waits', async () => {
    const cloud = smallCloud();
    cloud.onChange = () => {
      for (const row of cloud.links.values()) row.state = 'inactive';
    };
    expect(doneOf(await runSpec(cloud, smallSpec()))).toMatchObject({ applied: 2, failed: 0 });
  });

  it('reports a wait at most every five seconds, unless the state changes', async () => {
    const cloud = smallCloud();
    cloud.traits = { ...cloud.traits, pollMs: 1_000 };
    const events = await runSpec(cloud, smallSpec());
    const told = events.flatMap((event) => (event.type === 'step.waiting' ? [event.elapsedMs] : []));
    expect(cloud.calls.filter((call) => call === 'links.statuses')).toHaveLength(121);
    expect(told.slice(0, 3)).toEqual([1_000, 6_000, 11_000]);
    expect(told).toHaveLength(24);
  });

  it('sends one write at a time to a gateway, for all units', async () => {
    const cloud = smallCloud();
    const base = smallSpec().integrations['orders']!;
    const names = Array.from({ length: 8 }, (_, index) => `i${index}`);
    const integrations = Object.fromEntries(
      names.map((name) => [name, { ...base, routes: { [`GET /${name}`]: 'orders', [`PUT /${name}`]: 'orders' } }]),
    );
    const spec = smallSpec({ integrations });
    expect(doneOf(await runSpec(cloud, spec))).toMatchObject({ applied: 17, failed: 0 });
    expect(doneOf(await runSpec(cloud, spec, { destroy: true }))).toMatchObject({ applied: 17, failed: 0 });
  });

  it('does not adopt a route that another owner created meanwhile', async () => {
    const cloud = smallCloud();
    cloud.onChange = () => {
      const { routes } = cloud.gateways.get('api-1')!;
      if (!routes.has('ANY /orders')) cloud.addRoute('api-1', 'ANY /orders');
    };
    const events = await runSpec(cloud, smallSpec());
    expect(events.find(({ type }) => type === 'step.failed')).toMatchObject({ error: { code: 'ALREADY_EXISTS' } });
    expect(cloud.gateways.get('api-1')!.routes.get('ANY /orders')?.integrationId).toBeUndefined();
  });
});

describe('apply in this process, with a journal', () => {
  it('records every step before and after it happens', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    await runSpec(cloud, smallSpec(), { journal });
    const records = await journal.read();
    expect(records[0]).toMatchObject({ type: 'run', value: { project: 'shop', goal: 'apply', steps: 2 } });
    expect(records.at(-1)).toMatchObject({ type: 'end', value: { applied: 2, failed: 0 } });
    const link = records.filter(({ unit }) => unit === 'link:eu');
    expect(link).toMatchObject([
      { type: 'before', step: 'create link eu' },
      { type: 'after', step: 'create link eu', value: { ok: true, value: { linkId: expect.stringMatching(/^vl-/) } } },
      { type: 'before', step: 'create link eu: look again' },
      {
        type: 'after',
        step: 'create link eu: look again',
        value: { ok: true, value: { stays: expect.stringMatching(/^vl-/), others: [] } },
      },
    ]);
    for (const record of records.filter(({ type }) => type === 'after')) {
      expect(
        records.some(({ type, unit, step }) => type === 'before' && unit === record.unit && step === record.step),
      ).toBe(true);
    }
  });

  it('finishes the current step when it is aborted, and starts no other', async () => {
    const cloud = smallCloud();
    const stop = new AbortController();
    const journal = memoryJournal();
    const run = runSpec(cloud, smallSpec(), {
      journal,
      signal: stop.signal,
      onEvent: ({ type }) => {
        if (type === 'step.waiting') stop.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'ABORTED' });
    expect(cloud.links.size).toBe(1);
    expect((await journal.read()).at(-1)).toMatchObject({ type: 'end', value: { failed: 1, skipped: 1 } });
    expect(doneOf(await runSpec(cloud, smallSpec()))).toMatchObject({ failed: 0 });
    expect(cloud.links.size).toBe(1);
  });

  it('starts no other step after an abort', async () => {
    const cloud = smallCloud();
    const stop = new AbortController();
    const base = smallSpec().integrations['orders']!;
    const routes = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`GET /${name}`, 'orders']));
    cloud.onChange = () => {
      if (cloud.calls.at(-1) === 'routes.create') stop.abort();
    };
    const spec = smallSpec({ integrations: { orders: { ...base, routes } } });
    await expect(runSpec(cloud, spec, { signal: stop.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['GET /a']);
    await expect(runSpec(cloud, spec, { signal: stop.signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('makes no further change after the journal cannot be written', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    let left = 2;
    const broken = {
      ...journal,
      append: (record: Parameters<typeof journal.append>[0]) => {
        left -= 1;
        return left < 0 ? Promise.reject(new Error('ENOSPC')) : journal.append(record);
      },
    };
    await expect(runSpec(cloud, smallSpec(), { journal: broken })).rejects.toThrow('ENOSPC');
    expect(cloud.gateways.get('api-1')!.routes.size).toBe(0);
    expect(cloud.calls.filter((call) => call === 'routes.create')).toEqual([]);
  });

  it('a second run of the journal comes after the first one, and ends at once where it is aborted', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    const lock = await journal.lock();
    const stop = new AbortController();
    const aborted = runSpec(cloud, smallSpec(), { journal, signal: stop.signal });
    void cloud.clock.sleep(1_000).then(() => stop.abort());
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
    expect(cloud.links.size).toBe(0);
    void cloud.clock.sleep(1_000).then(() => lock.release());
    expect(doneOf(await runSpec(cloud, smallSpec(), { journal }))).toMatchObject({ failed: 0 });
  });

  it('gives the lock back when it ends, also to what waits for it between two events', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    const plan = await planOf(cloud, smallSpec());
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    const options = { spec: smallSpec(), drivers: driversOf(cloud.driver()), context, journal };
    const work = async (): Promise<void> => {
      for await (const _ of apply(plan, options)) await (await journal.lock()).release();
    };
    await drive(cloud.clock, work());
    expect(cloud.gateways.get('api-1')!.routes.size).toBe(1);
  });

  it('reports the open steps of a killed run, and repeats them', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    let records = 0;
    const killed = {
      ...journal,
      append: (record: Parameters<typeof journal.append>[0]) => {
        records += 1;
        return records > 2 ? Promise.reject(new Error('killed')) : journal.append(record);
      },
    };
    await expect(runSpec(cloud, smallSpec(), { journal: killed })).rejects.toThrow('killed');
    expect(cloud.links.size).toBe(1); // created, and not recorded
    const [row] = cloud.links.values();
    cloud.links.delete(row!.id);
    const events = await runSpec(cloud, smallSpec(), { journal });
    expect(events.filter(({ type }) => type === 'step.progress')).toMatchObject([
      { step: 'create link eu', message: expect.stringContaining('a previous run ended') },
    ]);
  });

  it('stops when its events are no longer read, and releases the journal for the next run', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    const plan = await planOf(cloud, smallSpec());
    const listen = async (): Promise<void> => {
      for await (const { type } of apply(plan, { drivers: driversOf(cloud.driver()), context, journal })) {
        if (type === 'step.waiting') break;
      }
    };
    await drive(cloud.clock, listen());
    expect(cloud.gateways.get('api-1')!.routes.size).toBe(0);
    expect(doneOf(await runSpec(cloud, smallSpec(), { journal }))).toMatchObject({ failed: 0 });
    expect(cloud.links.size).toBe(1);
  });
});
