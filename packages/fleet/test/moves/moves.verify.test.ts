import type { FleetMove, RunRequest } from '@postern/fleet/internal/fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { fleetReport } from '../../src/report/fleet-report.js';
import { fleetReportHtml } from '../../src/report/pages.js';
import { fleetWorld, type FleetWorld } from '../fleet-world.js';
import { buildInstances, REGION, type Instances } from './instances.js';

const ADA = { by: 'ada', reason: 'CHG-2' };

/** A slice in each run, in this process. All of it takes minutes: 200 groups in 20 accounts. */
const [ACCOUNTS, GROUPS, SPEED, KILLS, WORKERS] = PROVE ? [20, 10, 60, 10, 2] : [2, 2, 300, 0, 0];

/** Until the end of a drain, in simulated milliseconds. */
const DRAIN_MS = PROVE ? 900_000 : 120_000;

/** What the run after a cancellation does, whether it is a return, where the groups are then, and how the move ended. */
const CANCELED = [
  ['returns', true, 'new', 'rolled-back'],
  ['continues', false, 'old', 'finished'],
] as const;

/** The blocks that no API returns. */
const ASSUME = { internalBlocks: { [REGION]: ['10.250.0.0/16'] } };

describe('moves over several accounts', () => {
  let world: FleetWorld;
  const built = new Map<string, Instances>();
  beforeAll(async () => {
    world = await fleetWorld({
      accounts: ACCOUNTS,
      links: 0,
      workers: WORKERS,
      speed: SPEED,
      replaysAlways: !PROVE, // what is not replayed alike fails
      provider: 'alibaba',
      build: async (simulation, { id }) => {
        built.set(id, await buildInstances(simulation, { groups: GROUPS, perSecond: PROVE ? 0.1 : 0.03 }));
        return { version: 1, project: 'moves', spec: 'moves', links: {}, integrations: {}, assume: ASSUME };
      },
    });
  });
  afterAll(() => world.close());

  const request = (run: string, move: FleetMove, more: Partial<RunRequest> = {}): RunRequest => {
    const { specs, ...rest } = world.request(run);
    const [first = '', ...others] = specs.map(({ name }) => name);
    return {
      ...rest,
      goal: 'migrate',
      specs: specs.map((one) => ({
        ...one,
        moves: { provider: 'alibaba', account: one.name, region: REGION, moves: [move] },
      })),
      waves: [
        { name: 'all/canary', specs: [first], approval: true },
        { name: 'all', specs: others },
      ],
      approvals: ['move'],
      ...more,
    };
  };
  const places = (): readonly string[] => [...built.values()].flatMap((one) => one.where());
  /** How often a group was moved. */
  const shifts = (): number =>
    world.accounts
      .flatMap(({ server }) => server.simulation.journal())
      .filter(({ operation, status }) => operation === 'ModifyApiGroupInstance' && status < 300).length;

  it('moves all groups once and loses no call, although workers are killed', async () => {
    const { client } = world;
    await client.start(request('move', { request: { from: 'old', to: 'new' }, drainMs: DRAIN_MS }));
    await world.until('move', ({ approvals }) => approvals.length > 0);
    await client.approve('move', 'wave all/canary', { ...ADA, approved: true });
    await approveMoves(world, 'move', () => places().every((one) => one === 'old'));
    let kills = 0;
    const timer = setInterval(
      () => {
        const [pid, ...others] = world.pids();
        if (kills >= KILLS || pid === undefined || others.length === 0) return;
        kills += 1;
        process.kill(pid, 'SIGKILL');
      },
      PROVE ? 5_000 : 3_000,
    );
    const state = await world.ended('move').finally(() => clearInterval(timer));
    expect(state).toMatchObject({ state: 'done', counts: { specs: { done: ACCOUNTS }, units: { done: ACCOUNTS } } });
    expect(kills).toBe(KILLS);
    expect(new Set(places())).toEqual(new Set(['new']));
    expect(shifts()).toBe(ACCOUNTS * GROUPS);
    const loads = [...built.values()].flatMap(({ jobs }) => jobs.map((job) => job.status()));
    expect(loads.filter(({ lost, calls }) => lost > 0 || calls < 10)).toEqual([]);
  });

  it('reports what was moved, when, and who approved it', async () => {
    const { client } = world;
    const run = await client.status('move');
    const units = await client.units('move');
    const [first] = run.specs;
    const events = await client.events('move', { spec: first!.name });
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['move.started', 'move.phase', 'move.done']));
    expect(units[0]?.moved).toMatchObject({ parts: { length: GROUPS }, result: { state: 'finished', notes: [] } });
    const page = fleetReportHtml(fleetReport({ run, units, events, findings: {} }, run.endedAt ?? ''));
    const texts = ['shop_0', 'approved by ada', 'finished'];
    expect(texts.filter((text) => !page.includes(text))).toEqual([]);
  });

  it('finds nothing to do after that', async () => {
    await world.client.start(request('again', { request: { from: 'old', to: 'new' } }, { waves: all(world) }));
    const { specs, approvals } = await world.ended('again');
    expect(specs.map(({ state, unchanged }) => [state, unchanged])).toEqual(world.accounts.map(() => ['done', 1]));
    expect(approvals).toEqual([]);
  });

  it.runIf(PROVE).each(CANCELED)(
    'keeps what a canceled move recorded, and the next run %s it',
    async (does, rollback, end, outcome) => {
      const { client } = world;
      const [{ id } = { id: '' }] = world.accounts;
      const there = (): readonly string[] => built.get(id)?.where() ?? [];
      // Long enough that the cancellation comes after the first group.
      const move = { request: { from: 'new', to: 'old' }, pauseMs: 1_800_000, drainMs: 60_000 };
      const only = (run: string, more: Partial<RunRequest> = {}): RunRequest => {
        const { specs, ...rest } = request(run, move, { approvals: [], ...more });
        return { ...rest, specs: specs.filter(({ name }) => name === id), waves: [{ name: 'all', specs: [id] }] };
      };
      const before = shifts();
      await client.start(only(`cancel-${does}`));
      while (!there().includes('old')) await new Promise((resolve) => setTimeout(resolve, 50));
      await client.pause(`cancel-${does}`, ADA);
      await client.cancel(`cancel-${does}`, ADA);
      expect(await world.ended(`cancel-${does}`)).toMatchObject({
        state: 'canceled',
        counts: { units: { canceled: 1 } },
      });
      expect(there().filter((one) => one === 'old')).toHaveLength(1);
      await client.start(only(does, { options: { rollback } }));
      expect(await world.ended(does)).toMatchObject({ state: 'done' });
      expect(new Set(there())).toEqual(new Set([end]));
      expect((await client.units(does))[0]?.moved?.result).toMatchObject({ state: outcome, failures: [] });
      expect(shifts() - before).toBe(rollback ? 2 : GROUPS);
    },
  );
});

const all = ({ accounts }: FleetWorld): RunRequest['waves'] => [{ name: 'all', specs: accounts.map(({ id }) => id) }];

/** Approves each move once it is asked; before the first one nothing has moved. */
async function approveMoves(world: FleetWorld, run: string, isUntouched: () => boolean): Promise<void> {
  const answered = new Set<string>();
  while (answered.size < world.accounts.length) {
    const { approvals } = await world.until(run, (state) =>
      state.approvals.some(({ kind, id }) => kind === 'move' && !answered.has(id)),
    );
    if (answered.size === 0) expect(isUntouched()).toBe(true);
    for (const { id, kind, question } of approvals) {
      if (kind !== 'move' || answered.has(id)) continue;
      expect(question[0]).toMatch(/: move to \S+: shop_/);
      answered.add(id);
      await world.client.approve(run, id, { by: 'ada', approved: true });
    }
  }
}
