import type { RunRequest } from '@postern/fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { fleetReport } from '../../src/report/fleet-report.js';
import { fleetReportHtml } from '../../src/report/pages.js';
import { engineStorage } from '../engine-rows.js';
import { fleetWorld, type FleetWorld } from '../fleet-world.js';
import { APP_SECRET, buildHandedShop, type HandedShop } from './handed-shop.js';
import { handoverRequest, isClassic } from './handover-request.js';

const ADA = { by: 'ada', reason: 'CHG-3' };

/** A slice in each run: two accounts with a group each. All of it: more accounts, and workers that are killed again and again. */
const [ACCOUNTS, SPEED, KILLS] = PROVE ? [6, 60, 8] : [2, 100, 1];

describe('hand-overs over several accounts', () => {
  let world: FleetWorld;
  const built = new Map<string, HandedShop>();
  beforeAll(async () => {
    world = await fleetWorld({
      accounts: ACCOUNTS,
      links: 0,
      workers: 1,
      speed: SPEED,
      provider: 'alibaba',
      build: async (simulation, { id }) => {
        built.set(id, await buildHandedShop(simulation, 0.05));
        return { version: 1, project: 'handovers', spec: 'handovers', links: {}, integrations: {} };
      },
    });
  });
  afterAll(() => world.close());

  const request = (run: string): RunRequest => handoverRequest(world, built, run);
  const shops = (): readonly HandedShop[] => [...built.values()];
  it('buys, builds, proves and switches once, although a worker is killed, and loses no call', async () => {
    const { client } = world;
    await client.start(request('out'));
    let kills = 0;
    const answered = new Set<string>();
    while (answered.size < 2 * ACCOUNTS) {
      const { approvals, endedAt, specs } = await world.until(
        'out',
        (state) => state.endedAt !== undefined || state.approvals.some(({ id }) => !answered.has(id)),
      );
      const failures = endedAt === undefined ? [] : await client.units('out');
      expect(failures.flatMap(({ error }) => error ?? [])).toEqual([]);
      expect(specs.flatMap(({ error }) => error ?? [])).toEqual([]);
      for (const { id, kind, subject, question } of approvals) {
        if (answered.has(id)) continue;
        answered.add(id);
        const [text] = question;
        if (kind === 'dns')
          expect(text).toMatch(/send callers of api.example.com .* 5 of 5 routes proven, 0 accepted$/);
        else expect(text).toMatch(/: buy the gateway /);
        expect(isClassic(built.get(subject)!)).toBe(true); // nobody was sent to the target before this answer
        await client.approve('out', id, { ...ADA, approved: true });
        if (kills >= KILLS) continue;
        kills += 1;
        await new Promise((resolve) => setTimeout(resolve, 300)); // the worker is in the middle of building or of switching then
        if (kills === KILLS) await world.takeOver();
        else for (const pid of world.pids()) process.kill(pid, 'SIGKILL');
      }
    }
    const state = await world.ended('out');
    expect((await client.units('out')).flatMap(({ error }) => error ?? [])).toEqual([]);
    expect(state).toMatchObject({ state: 'done', counts: { specs: { done: ACCOUNTS }, units: { done: ACCOUNTS } } });
    expect(kills).toBe(KILLS);
    for (const { server } of world.accounts) {
      const calls = server.simulation.journal().filter(({ status }) => status < 300);
      expect(calls.filter(({ operation }) => operation === 'CreateGateway')).toHaveLength(1);
    }
    expect(shops().filter(isClassic)).toEqual([]);
    const loads = shops().flatMap(({ jobs }) => jobs.map((job) => job.status()));
    expect(loads.filter(({ lost, calls, delivered }) => lost > 0 || calls < 10 || delivered < calls)).toEqual([]);
  });

  it('reports verdicts, routes, the share of DNS and what is left', async () => {
    const { client } = world;
    const run = await client.status('out');
    const units = await client.units('out');
    expect(units[0]).toMatchObject({
      steps: 3,
      done: 3,
      handedOver: {
        group: expect.stringContaining('quickstart (') as string,
        verdicts: { waived: 2 },
        routes: 5,
        proven: 5,
        records: [{ name: 'api.example.com', way: 'weights', share: 100 }],
      },
    });
    const events = await client.events('out', { spec: run.specs[0]!.name });
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['handover.started', 'step.done', 'switch.judged']),
    );
    const page = fleetReportHtml(fleetReport({ run, units, events, findings: {} }, run.endedAt ?? ''));
    const texts = ['Hand-overs', '5 of 5 proven', 'api.example.com 100 %', 'approved by ada'];
    expect(texts.filter((text) => !page.includes(text))).toEqual([]);
  });

  it('finds nothing to do after that', async () => {
    await world.client.start(request('again'));
    const { specs, approvals } = await world.until(
      'again',
      ({ endedAt, approvals: asked }) => endedAt !== undefined || asked.length > 0,
    );
    expect(specs.map(({ state, unchanged }) => [state, unchanged])).toEqual(world.accounts.map(() => ['done', 1]));
    expect(approvals).toEqual([]);
  });

  it('leaves no secret of an app and no credentials in the storage of the engine', async () => {
    const stored = await engineStorage(world.engine.admin);
    expect(stored.includes('quickstart')).toBe(true);
    expect([APP_SECRET, 'canary/1', 'secret+key'].filter((secret) => stored.includes(secret))).toEqual([]);
  });
});
