import type { LinkChanges } from '../../../src/do/abilities.js';
import type { Groups } from '../../grouped-driver.js';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/do/apply/events.js';
import { execute, type ExecuteOptions } from '../../../src/do/apply/execute.js';
import { memoryJournal, type Journal, type JournalRecord } from '../../../src/do/apply/journal.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { createContext } from '../../../src/do/context.js';
import type { Driver } from '../../../src/do/driver.js';
import type { PlanFinding } from '../../../src/do/findings/finding.js';
import type { Plan, Step, Unit } from '../../../src/do/plan/plan.js';
import { drive, seeded } from '../../drive.js';
import { smallSpec } from '../../fake-run.js';
import { linkOf, OWN, routeOf } from '../plan/removal/owned.js';
import { cloudError, planStep, unitScene } from './units/scene.js';

const LINK = { kind: 'vpc-link-v2', id: 'l-1' } as const;
const HTTP = { kind: 'http-api', id: 'api-1' } as const;
const EU = linkOf({ ...OWN, integration: 'eu' });

const unit = (kind: Unit['kind'], name: string, steps: readonly Step[], fields: Partial<Unit> = {}): Unit => ({
  id: `${kind}:${name}`,
  kind,
  name,
  provider: 'aws',
  region: 'eu-west-1',
  account: '1',
  dependsOn: [],
  steps,
  ...fields,
});
const planOf = (units: readonly Unit[], fields: Partial<Plan> = {}): Plan => ({
  version: 1,
  project: 'shop',
  goal: 'apply',
  takenAt: '2026-06-01T00:00:00.000Z',
  fingerprint: 'f-1',
  units,
  notes: [],
  unchanged: 2,
  ...fields,
});
const rename = (id = 'rename link eu') => planStep(id, 'rename', 'link', { linkRef: LINK, name: 'eu' });
const remove = (fields: Partial<Step> = {}): Step => ({
  ...planStep('delete link eu', 'delete', 'link', { linkRef: LINK, owner: EU.owner }),
  ...fields,
});
const forget = (key: string) => planStep(`forget ${key}`, 'tag', 'route', { gatewayRef: HTTP, key, owner: OWN });

interface Given extends Partial<Omit<ExecuteOptions, 'journal'>> {
  readonly journal?: Journal;
  readonly records?: readonly JournalRecord[];
  readonly links?: Groups['links'];
  readonly routes?: Groups['routes'];
  readonly gateways?: Driver['serves']['gateways'];
  readonly seed?: number;
}

/** Executes a plan in a cloud that accepts everything, ten minutes after its clock began. */
async function executed(plan: Plan, given: Given = {}) {
  const {
    records = [],
    links,
    routes,
    gateways = ['http-api'],
    seed = 1,
    journal = memoryJournal(),
    ...options
  } = given;
  for (const record of records) await journal.append(record);
  const clock = simulatedClock(600_000);
  const context = createContext({ clock, random: seeded(seed) });
  const { tools, log } = unitScene({
    links: {
      rename: async () => undefined,
      delete: async () => undefined,
      find: async () => EU,
      statuses: async () => [],
      ...links,
    },
    routes: { forget: async () => undefined, deploy: async () => ({ deploymentId: 'd' }), ...routes },
  });
  const driver = { ...tools.driver, serves: { links: ['vpc-link-v2'], gateways } } as Driver;
  const events: RunEvent[] = [];
  const sleeps: number[] = [];
  const watched = { ...clock, sleep: (ms: number, signal?: AbortSignal) => (sleeps.push(ms), clock.sleep(ms, signal)) };
  const work = execute(plan, smallSpec(), {
    places: [
      { driver, account: '1' },
      { driver, account: '2' },
      { driver: { ...driver, region: 'eu-west-2' }, account: '1' },
      { driver: { ...driver, provider: 'alibaba' }, account: '1' },
    ].map((place) => ({ ...place, links: new Map(), access: [] })),
    context: { ...context, clock: watched },
    journal,
    maxParallel: 4,
    signal: new AbortController().signal,
    emit: (event) => events.push(event),
    ...options,
  });
  const made = await drive(clock, work);
  const written = (await journal.read()).slice(records.length);
  const done = events.findLast(({ type }) => type === 'run.done') as Extract<RunEvent, { type: 'run.done' }>;
  return { made, events, done, log, sleeps, written, began: written.find(({ type }) => type === 'run') };
}
const AT = '1970-01-01T00:10:00.000Z';

describe('the events of a run', () => {
  it('are its begin, those of each step, and its end, each with its time and place', async () => {
    const { events } = await executed(planOf([unit('link', 'eu', [rename()])]));
    const step = { at: AT, unit: 'link:eu', step: 'rename link eu' };
    expect(events).toEqual([
      { type: 'run.started', at: AT, project: 'shop', goal: 'apply', steps: 1, unchanged: 2 },
      { type: 'step.started', ...step, kind: 'rename', resource: { type: 'link', name: 'rename link eu' } },
      { type: 'step.done', ...step, durationMs: 0 },
      {
        type: 'run.done',
        at: AT,
        applied: 1,
        unchanged: 2,
        failed: 0,
        skipped: 0,
        integrations: { orders: 'unchanged' },
      },
    ]);
  });

  it('name the integration that a unit belongs to', async () => {
    const units = [
      unit('integration', 'orders', [forget('GET /a')]),
      unit('target-removal', 'bills', [forget('GET /b')]),
    ];
    const { events } = await executed(planOf(units));
    const named = events.flatMap((one) => (one.type === 'step.started' ? [[one.step, one.integration]] : []));
    expect(named).toEqual([
      ['forget GET /a', 'orders'],
      ['forget GET /b', 'bills'],
    ]);
  });

  it('have the error of a step without what only the run needs', async () => {
    const lost = cloudError('CLOUD_FAILED', { outcomeUnknown: true, requestId: 'r-1' });
    const { events, done } = await executed(planOf([unit('link', 'eu', [rename()])]), {
      links: { rename: () => Promise.reject(lost) },
    });
    const failed = events.find(({ type }) => type === 'step.failed') as Extract<RunEvent, { type: 'step.failed' }>;
    expect(failed.error).toMatchObject({ code: 'CLOUD_FAILED', operation: 'X', requestId: 'r-1' });
    expect(failed.error).not.toHaveProperty('outcomeUnknown');
    expect(done).toMatchObject({ applied: 0, failed: 1 });
  });

  it('have the findings of the plan, and what it left out', async () => {
    const finding = { check: 'acme/one' } as PlanFinding;
    const unread = [
      { provider: 'aws', region: 'eu-west-2', account: '1', links: ['us'], integrations: ['orders'], code: 'X' },
    ];
    const { events, done } = await executed(planOf([], { findings: [finding], unread: unread as never }));
    expect(events[0]).toMatchObject({ type: 'run.started', findings: [finding] });
    expect(done).toMatchObject({ unread, integrations: { orders: 'skipped' } });
    const plain = await executed(planOf([], { findings: [] }));
    expect(plain.events[0]).not.toHaveProperty('findings');
    expect(plain.done).not.toHaveProperty('unread');
  });

  it('show how long steps took, and what they answered', async () => {
    const clockwise = planOf([unit('link', 'eu', [remove({ drainMs: 7_000 })])]);
    const { events } = await executed(clockwise, { records: [RUN] });
    const done = events.find(({ type }) => type === 'step.done') as Extract<RunEvent, { type: 'step.done' }>;
    expect(done.durationMs).toBeGreaterThanOrEqual(7_000);
    expect(done.result).toMatchObject({ linkId: 'l-1' });
    expect(events.filter(({ type }) => type === 'step.waiting').length).toBeGreaterThan(0);
  });
});

const RUN: JournalRecord = { type: 'run', at: '1970-01-01T00:00:00.000Z', run: 'r0', value: {} };

describe('the journal of a run', () => {
  it('has its plan first, and its counts last', async () => {
    const units = [unit('link', 'eu', [rename()]), unit('link', 'us', [rename('rename link us')])];
    const rename_: LinkChanges['rename'] = (_, name) =>
      name === 'eu' ? Promise.resolve() : Promise.reject(new Error('no'));
    const { written } = await executed(planOf(units), {
      links: { rename: rename_ },
      reading: { durationMs: 5, calls: {} as never },
    });
    expect(written[0]).toMatchObject({
      type: 'run',
      at: AT,
      value: { project: 'shop', goal: 'apply', fingerprint: 'f-1', steps: 2, command: 'apply' },
      durationMs: 5,
    });
    expect(written[0]?.value).not.toHaveProperty('drains');
    expect(written[0]?.value).not.toHaveProperty('ignored');
    expect(written.at(-1)).toMatchObject({
      type: 'end',
      run: written[0]?.run,
      value: { applied: 2, unchanged: 2, failed: 0, skipped: 0, units: { done: 2, failed: 0, skipped: 0 } },
      durationMs: 0,
    });
    expect((await executed(planOf([]), { command: 'move' })).began?.value).toMatchObject({ command: 'move' });
  });

  it('counts units by what came of them', async () => {
    const units = [
      unit('link', 'eu', [rename(), rename('again')]),
      unit('link', 'us', [rename('rename link us')], { dependsOn: ['link:eu'] }),
      unit('link', 'de', [rename('rename link de')]),
    ];
    const names: string[] = [];
    const fails: LinkChanges['rename'] = async () => {
      names.push('x');
      if (names.length === 1) throw cloudError('CONFLICT');
    };
    const { written, done } = await executed(planOf(units), { links: { rename: fails } });
    expect(written.at(-1)?.value).toMatchObject({
      failed: 1,
      skipped: 2,
      applied: 1,
      units: { done: 1, failed: 1, skipped: 1 },
    });
    expect(done).toMatchObject({ failed: 1, skipped: 2, applied: 1 });
  });

  it('names the errors that the user accepted', async () => {
    const finding = {
      check: 'acme/one',
      code: 'FAILED',
      subject: 's',
      ignored: true,
      severity: 'error',
      verdict: 'fail',
    };
    const others = [{ severity: 'warning' }, { verdict: 'unknown' }, { ignored: undefined }].map((one) => ({
      ...finding,
      ...one,
    }));
    const { began } = await executed(planOf([], { findings: [finding, ...others] as unknown as PlanFinding[] }));
    expect(began?.value).toMatchObject({ ignored: [{ check: 'acme/one', code: 'FAILED', subject: 's' }] });
    expect(
      (await executed(planOf([], { findings: others as unknown as PlanFinding[] }))).began?.value,
    ).not.toHaveProperty('ignored');
  });

  it('shows steps that an earlier run began', async () => {
    const began = {
      type: 'before',
      at: '1970-01-01T00:09:00.000Z',
      run: 'r0',
      unit: 'link:eu',
      step: 'rename link eu',
    } as const;
    const plan = planOf([unit('link', 'eu', [rename()])]);
    const { events } = await executed(plan, { records: [RUN, began] });
    const texts = (all: readonly RunEvent[]) =>
      all.flatMap((one) => (one.type === 'step.progress' ? [one.message] : []));
    expect(texts(events)).toEqual([expect.stringContaining('a previous run ended before the outcome')]);
    expect(events.find(({ type }) => type === 'step.progress')).toMatchObject({
      unit: 'link:eu',
      step: 'rename link eu',
      at: AT,
    });
  });

  it('that cannot be written ends the run with that error', async () => {
    const full = new Error('disk full');
    const journal = memoryJournal();
    const broken: Journal = {
      ...journal,
      append: (record) => (record.type === 'before' ? Promise.reject(full) : journal.append(record)),
    };
    await expect(executed(planOf([unit('link', 'eu', [rename()])]), { journal: broken })).rejects.toBe(full);
  });
});

describe('the wait of a deletion for calls in flight', () => {
  const waits = async (given: Given & { readonly goal?: Plan['goal'] } = {}, fields: Partial<Step> = {}) => {
    const { goal = 'apply', ...rest } = given;
    const { sleeps } = await executed(planOf([unit('link', 'eu', [remove(fields)])], { goal }), rest);
    return sleeps[0] === 5_000 ? undefined : sleeps[0];
  };

  it('is that of the plan, unless another one is asked for', async () => {
    expect(await waits({}, { drainMs: 7_000 })).toBe(7_000);
    expect(await waits({ goal: 'destroy' }, { drainMs: 7_000 })).toBe(7_000);
    expect(await waits()).toBeUndefined();
    expect(await waits({ drain: 2 }, { drainMs: 7_000 })).toBe(2_000);
    expect(await waits({ drain: 0 }, { drainMs: 7_000 })).toBeUndefined();
    expect(await waits({ drain: 2 })).toBeUndefined();
  });

  it('is not ended by what the journal shows', async () => {
    const end: JournalRecord = { ...RUN, type: 'end' };
    expect(await waits({ records: [RUN, end] }, { drainMs: 7_000 })).toBe(7_000);
  });
});

describe('what came of the integrations', () => {
  const denied = { rename: () => Promise.reject(cloudError('CONFLICT')) };
  const own = unit('integration', 'orders', [forget('GET /a')]);
  const deploy = planStep('deploy', 'deploy', 'stage', {
    gatewayRef: HTTP,
    stage: 'prod',
    project: 'shop',
    routes: [],
  });
  const link = unit('link', 'eu', [rename()]);
  const integrations = async (units: readonly Unit[], given: Given = {}, fields: Partial<Plan> = {}) =>
    (await executed(planOf(units, fields), given)).done.integrations;

  it('is that of their own steps first', async () => {
    expect(await integrations([own])).toEqual({ orders: 'done' });
    expect(await integrations([own], { routes: { forget: () => Promise.reject(cloudError('CONFLICT')) } })).toEqual({
      orders: 'failed',
    });
    const awaiting = unit('integration', 'orders', [forget('GET /a')], { dependsOn: ['link:us'] });
    expect(await integrations([unit('link', 'us', [rename()]), awaiting], { links: denied })).toEqual({
      orders: 'skipped',
    });
  });

  it('is that of their link, and of the deployment of their gateway', async () => {
    expect(await integrations([link, own], { links: denied })).toEqual({ orders: 'failed' });
    expect(await integrations([link], { links: denied })).toEqual({ orders: 'failed' });
    expect(await integrations([unit('link', 'us', [rename()]), own], { links: denied })).toEqual({ orders: 'done' });
    expect(await integrations([unit('link-removal', 'eu', [rename()]), own], { links: denied })).toEqual({
      orders: 'done',
    });
    const deployed = (dependsOn: readonly string[]) => [own, unit('gateway', 'api-1', [deploy], { dependsOn })];
    const routes = { deploy: () => Promise.reject(cloudError('CONFLICT')) };
    expect(await integrations(deployed(['integration:orders']), { routes })).toEqual({ orders: 'failed' });
    expect(await integrations(deployed([]), { routes })).toEqual({ orders: 'done' });
    const skipped = [
      own,
      unit('link', 'us', [rename()]),
      unit('gateway', 'api-1', [deploy], { dependsOn: ['integration:orders', 'link:us'] }),
    ];
    expect(await integrations(skipped, { links: denied })).toEqual({ orders: 'skipped' });
  });

  it('names those that a removal ends, and no others', async () => {
    expect(await integrations([], {}, { goal: 'destroy' })).toEqual({});
    const bills = unit('integration', 'bills', [forget('GET /b')]);
    expect(await integrations([bills], {}, { goal: 'destroy' })).toEqual({ bills: 'done' });
    expect(await integrations([bills])).toEqual({ orders: 'unchanged', bills: 'done' });
    expect(await integrations([link, own], { links: denied }, { goal: 'destroy' })).toEqual({ orders: 'done' });
    const leftover = unit('target-removal', 'orders', [forget('GET /c')]);
    expect(await integrations([leftover], {}, { goal: 'destroy' })).toEqual({ orders: 'unchanged' });
  });
});

it('the place of a unit: is the driver of its service, region and account', async () => {
  for (const fields of [
    { account: '3' },
    { region: 'eu-west-3' },
    { provider: 'other' },
    { provider: 'alibaba', account: '2' },
  ])
    await expect(executed(planOf([unit('link', 'eu', [rename()], fields)]))).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining('link:eu: no driver for'),
    });
});

describe('the tests of a gateway that moves as a whole', () => {
  const GROUP = { kind: 'api-group', id: 'g-1' } as const;
  const moving = (key: string, targetId: string, fields: object = {}, kind: Step['kind'] = 'retarget') =>
    planStep(`move ${key}`, kind, 'route', {
      gatewayRef: GROUP,
      key,
      link: 'eu',
      linkRef: LINK,
      routeId: 'r-1',
      targetName: 't',
      target: { kind: 'listener', id: targetId },
      path: 'overwrite',
      owner: OWN,
      leaves: { linkRef: { ...LINK, id: 'l-0' } },
      ...fields,
    });
  const tested = async (more: readonly Unit[], probe?: boolean) => {
    const targets: (string | undefined)[] = [];
    const routes: Groups['routes'] = {
      testCall: async ({ targetId }) => (targets.push(targetId), { outcome: 'connected', because: 'x' }),
      update: async () => routeOf(OWN),
      create: async () => routeOf(OWN),
      find: async () => undefined,
    };
    const own = unit('integration', 'orders', [moving('GET /a', 't-1')]);
    const { events } = await executed(planOf([own, ...more]), {
      routes,
      links: { rename: () => Promise.reject(cloudError('CONFLICT')) },
      maxParallel: 1,
      ...(probe === undefined ? {} : { probe }),
    });
    return { targets, events };
  };

  it('are those of all routes that the plan writes there, of all integrations', async () => {
    // Their own units are skipped, so that only the first one tests.
    const failing = unit('link', 'us', [planStep('fails', 'rename', 'link', { linkRef: LINK, name: 'fails' })]);
    const after = { dependsOn: [failing.id] };
    const bills = unit(
      'integration',
      'bills',
      [
        moving('GET /b', 't-2'),
        moving('GET /c', 't-3', { routeId: undefined }, 'create'),
        moving('GET /d', 't-4', {}, 'tag'),
        moving('GET /e', 't-5', { gatewayRef: { ...GROUP, id: 'g-2' } }),
        moving('GET /f', 't-6', { gatewayRef: { ...GROUP, kind: 'http-api' } }),
        { ...moving('GET /g', 't-7'), resource: { type: 'target', name: 't' } },
      ],
      after,
    );
    const others = [{ account: '2' }, { region: 'eu-west-2' }, { provider: 'alibaba' }].map((fields, at) =>
      unit('integration', `far-${at}`, [moving('GET /h', `t-${at + 8}`)], { ...fields, ...after }),
    );
    const gateway = unit('gateway', 'g-1', [moving('GET /i', 't-11')], after);
    const { targets } = await tested([failing, bills, ...others, gateway]);
    expect(targets).toEqual(['t-1', 't-2', 't-3']);
    const { events } = await tested([]);
    expect(events.filter(({ type }) => type === 'step.progress')).toMatchObject([
      { message: expect.stringContaining('connected') },
    ]);
  });

  it('are not made where the caller asks for none', async () => {
    expect((await tested([], false)).targets).toEqual([]);
    expect((await tested([], true)).targets).toEqual(['t-1']);
  });
});
