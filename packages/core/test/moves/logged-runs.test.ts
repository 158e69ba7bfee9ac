import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { apply } from '../engines.js';
import type { RunEvent } from '../../src/do/apply/events.js';
import { memoryJournal, type JournalRecord } from '../../src/do/apply/journal.js';
import { loggedRuns, type LoggedRun } from '../../src/moves/logged-runs.js';
import { call } from '../../src/ground/calls/call.js';
import { countCalls } from '../../src/ground/calls/step-context.js';
import { createContext } from '../../src/do/context.js';
import { CloudError } from '../../src/ground/errors.js';
import { journalRuns } from '../../src/node/journal-runs.js';
import { FakeCloud, smallCloud } from '../fake-cloud.js';
import { CLOUDS } from '../clouds.js';
import { drive } from '../drive.js';
import { doneOf, planOf, runSpec, smallSpec } from '../fake-run.js';
import { temporaryFolder } from '../temporary-folder.js';

const OLD = path.resolve(import.meta.dirname, '../decode/fixtures/journal-1.journal');

async function readAll(file: string): Promise<readonly LoggedRun[]> {
  const runs: LoggedRun[] = [];
  for await (const one of journalRuns(file)) runs.push(one);
  return runs;
}

describe('loggedRuns', () => {
  it('reads a journal of the first version: an apply and a destroy, without calls', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    await copyFile(OLD, file);
    const [destroy, first, ...others] = await readAll(file);
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      run: '2026-06-01T00:00:00.000Z-90c325da',
      command: 'apply',
      project: 'shop',
      outcome: 'done',
      startedAt: '2026-06-01T00:00:00.000Z',
      lastAt: '2026-06-01T00:02:05.000Z',
      durationMs: 125_000,
      planned: 2,
      changes: { done: 2, failed: 0, skipped: 0 },
      units: undefined,
      calls: undefined,
      reading: undefined,
    });
    expect(first?.steps[0]).toEqual({
      unit: 'link:main',
      step: 'create link main: prepare allowlist',
      startedAt: '2026-06-01T00:00:00.000Z',
      outcome: 'done',
      durationMs: 0,
    });
    expect(destroy).toMatchObject({ command: 'destroy', outcome: 'done', durationMs: 120_000 });
  });

  it('has the durations and calls of each step, of the reading and of the run', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    const context = createContext({ clock: cloud.clock, random: () => 0.5 });
    const plan = await planOf(cloud, smallSpec());
    const driver = cloud.driver();
    const slow = {
      ...driver,
      links: {
        ...driver.links,
        create: async (...[kind, request, ctx]: Parameters<typeof driver.links.create>) => {
          const description = {
            provider: 'aws',
            service: 'links',
            operation: 'CreateLink',
            region: 'r',
            account: 'a',
            kind: 'create',
          } as const;
          await call(
            ctx,
            { ...description, limits: [] },
            () => cloud.clock.sleep(1_500),
            (error) => new CloudError('INTERNAL', String(error), { operation: 'CreateLink' }),
          );
          return driver.links.create(kind, request, ctx);
        },
      },
    };
    const options = {
      spec: smallSpec(),
      drivers: () => Promise.resolve(slow),
      clouds: CLOUDS,
      context,
      journal,
      command: 'apply --prune',
    };
    const events: RunEvent[] = [];
    const applied = (async (): Promise<void> => {
      for await (const event of apply(plan, options)) events.push(event);
    })();
    await drive(cloud.clock, applied);
    expect(doneOf(events)).toMatchObject({ failed: 0 });
    const [run] = loggedRuns(await journal.read());
    expect(run).toMatchObject({ command: 'apply --prune', outcome: 'done', units: { done: 2, failed: 0, skipped: 0 } });
    expect(run?.calls).toMatchObject({ 'links CreateLink': 1 });
    const create = run?.steps.find(({ step }) => step === 'create link eu');
    expect(create).toMatchObject({ outcome: 'done', durationMs: 1_500, calls: { 'links CreateLink': 1 } });
    expect(
      run?.steps.filter((step) => step !== create).every(({ calls }) => calls?.['links CreateLink'] === undefined),
    ).toBe(true);
    expect(run?.reading?.durationMs).toBeGreaterThanOrEqual(0);
    expect(run?.durationMs).toBeGreaterThanOrEqual(1_500);
  });

  it('shows a run that was killed as unfinished, with the step that it was in', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    const dying = {
      ...journal,
      append: (one: JournalRecord) =>
        cloud.links.size > 0 ? Promise.reject(new Error('killed')) : journal.append(one),
    };
    await expect(runSpec(cloud, smallSpec(), { journal: dying })).rejects.toThrow('killed');
    const [run] = loggedRuns(await journal.read());
    expect(run).toMatchObject({ outcome: 'unfinished', durationMs: undefined, changes: undefined });
    expect(run?.steps.filter(({ outcome }) => outcome === 'unfinished').map(({ step }) => step)).toEqual([
      'create link eu',
    ]);
  });

  it('leaves out what records repeat for the next run, and what they lack', () => {
    const at = '2026-06-01T00:00:00.000Z';
    const carried: JournalRecord = { type: 'before', at, run: 'r0', unit: 'link:eu', step: 'x', carried: true };
    const records: readonly JournalRecord[] = [
      carried,
      { type: 'run', at: 'no time', run: 'r1', value: ['odd'] },
      { type: 'after', at, run: 'r1', unit: 'link:eu', step: 'never begun' },
      { type: 'before', at, run: 'r1', unit: 'link:eu', step: 'y' },
      { type: 'failed', at, run: 'r1', unit: 'link:eu', step: 'y', value: 'odd' },
      { type: 'end', at, run: 'r1', value: { applied: 'many' } },
    ];
    expect(loggedRuns(records)).toEqual([
      expect.objectContaining({
        run: 'r1',
        command: 'apply',
        outcome: 'failed',
        steps: [
          expect.objectContaining({ step: 'y', outcome: 'failed', error: { code: 'INTERNAL', message: 'no message' } }),
        ],
      }),
    ]);
  });
});

it('countCalls: counts attempts, also those of calls that are made again, and keeps the trace of the context', async () => {
  const cloud = new FakeCloud();
  let traced = 0;
  const base = createContext({ clock: cloud.clock, random: () => 0, trace: () => void (traced += 1) });
  const { context, counts } = countCalls(base);
  let attempts = 0;
  const description = {
    provider: 'aws',
    service: 'links',
    operation: '__proto__',
    region: 'r',
    account: 'a',
    kind: 'read',
    limits: [],
  } as const;
  const send = (): Promise<number> =>
    (attempts += 1) < 3 ? Promise.reject(new Error('busy')) : Promise.resolve(attempts);
  const busy = (): CloudError => new CloudError('THROTTLED', 'busy', { operation: 'x', retryable: true });
  expect(await drive(cloud.clock, call(context, description, send, busy))).toBe(3);
  expect(Object.entries(counts())).toEqual([['links __proto__', 3]]);
  expect(traced).toBe(3);
});
