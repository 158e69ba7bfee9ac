import { describe, expect, it } from 'vitest';
import { memoryJournal, type Journal, type JournalRecord } from '../../../src/do/apply/journal.js';
import { gate, lanes } from '../../../src/do/apply/run.js';
import { localRun, localWatches } from '../../../src/do/apply/local-run.js';
import type { CallContext, CallStart } from '../../../src/ground/calls/call-context.js';
import { FINISH_MS } from '../../../src/ground/calls/step-context.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { createContext } from '../../../src/do/context.js';
import { PosternError } from '../../../src/ground/errors.js';
import { drive, seeded } from '../../drive.js';
import { cloudError } from './units/scene.js';

function scene(journal: Journal = memoryJournal(), interrupted: readonly string[] = [], speed?: number) {
  const clock = { ...simulatedClock(0), speed: speed === undefined ? undefined : () => speed };
  const stop = new AbortController();
  const slots: unknown[] = [];
  const base = createContext({ clock, random: seeded(1), signal: new AbortController().signal });
  const context: CallContext = {
    ...base,
    pace: {
      slot: async (key, limits, signal) => {
        slots.push([key, limits, signal]);
        if (signal?.aborted) throw new Error('the queue was left');
      },
      slowDown: (...of) => void slots.push(of),
    },
  };
  const broken: unknown[] = [];
  const options = {
    run: 'r',
    context,
    signal: stop.signal,
    journal,
    gate: gate(2),
    lanes: lanes(),
    onBroken: (error: unknown) => void broken.push(error),
  };
  const run = localRun('link:eu', options, {
    watch: { until: async () => ({ ok: true, value: { state: 'READY', watchedMs: 0 } }) },
    result: async () => ({ done: 1, failed: 0, skipped: 0, links: [] }),
    interrupted: (step) => interrupted.includes(step),
  });
  return { clock, stop, slots, broken, run, journal, context, options };
}
const KEY = { account: '1', region: 'eu-west-1', operation: 'X' } as never;

describe('a step in this process', () => {
  const recorded = async (work: (one: ReturnType<typeof scene>) => Promise<unknown>, given = scene()) => {
    const outcome = await work(given).catch((error: unknown) => error);
    const records = (await given.journal.read()).map(
      ({ durationMs: _ms, calls: _calls, ...record }): JournalRecord => record,
    );
    return { outcome, records, ...given };
  };
  const OF = { at: '1970-01-01T00:00:00.000Z', run: 'r', unit: 'link:eu', step: 'x' };

  it('is recorded before and after, with its part', async () => {
    const { outcome, records } = await recorded(({ run }) => run.step('x', async () => 7));
    expect(outcome).toBe(7);
    expect(records).toEqual([
      { type: 'before', ...OF },
      { type: 'after', ...OF, value: 7 },
    ]);
    const part = await recorded(({ run }) => run.step('x', async () => 7, { part: 'look 1' }));
    expect(part.records).toMatchObject([{ part: 'look 1' }, { part: 'look 1' }]);
  });

  it('that fails is recorded as failed: by its answer, or by its error', async () => {
    const error = { code: 'CONFLICT', message: 'no' };
    const answered = await recorded(({ run }) => run.step('x', async () => ({ ok: false, error })));
    expect(answered.outcome).toEqual({ ok: false, error });
    expect(answered.records[1]).toEqual({ type: 'failed', ...OF, value: error });
    const thrown = await recorded(({ run }) => run.step('x', () => Promise.reject(cloudError('CONFLICT'))));
    expect(thrown.outcome).toMatchObject({ code: 'CONFLICT' });
    expect(thrown.records[1]).toMatchObject({ type: 'failed', ...OF, value: { code: 'CONFLICT' } });
  });

  describe('that changes something', () => {
    const fenced = (requireLock = (): void => undefined, speed?: number) => {
      const fence = { holder: () => 'process 1 on a', requireLock, hasEnded: () => false, note: () => undefined };
      return scene({ ...memoryJournal(), fence }, [], speed);
    };

    it('records before until when that can take effect, once for changes that follow each other at once', async () => {
      const { records } = await recorded(({ run, clock }) => {
        const change = async (ctx: CallContext) => void (await ctx.fence?.permit('X', 300_000));
        return run.step('x', async (ctx) => {
          await change(ctx);
          await change(ctx);
          await drive(clock, clock.sleep(5_001));
          await change(ctx);
          return 7;
        });
      }, fenced());
      const intent = (at: string, until: string) => ({
        ...OF,
        at,
        type: 'before',
        until,
        by: 'process 1 on a',
        value: 'X',
      });
      expect(records.filter(({ until }) => until !== undefined)).toEqual([
        intent(OF.at, '1970-01-01T00:05:15.000Z'),
        intent('1970-01-01T00:00:05.001Z', '1970-01-01T00:05:20.001Z'),
      ]);
    });

    it.each([
      [undefined, 10_000, 1_315_000],
      [0, 10_000, 1_315_000],
      [30_000, 300_000_000, 451_300_000],
    ])('is sent within 10 s of the machine, where its clock has the speed %s', async (speed, mostMs, untilMs) => {
      const { records } = await recorded(
        ({ run, clock }) =>
          run.step('x', async (ctx) => {
            await drive(clock, clock.sleep(1_000_000));
            const mayLeave = await ctx.fence?.permit('X', 300_000);
            await drive(clock, clock.sleep(mostMs));
            mayLeave?.();
            await drive(clock, clock.sleep(mostMs / 10));
            expect(mayLeave).toThrow('X: it was ready only after 11 s, and was not sent');
            return 7;
          }),
        fenced(undefined, speed),
      );
      expect(records.flatMap(({ until }) => until ?? [])).toEqual([new Date(untilMs).toISOString()]);
    });

    it('is not sent late, and ends the run where its lock is lost', async () => {
      let isLost = false;
      const given = fenced(() => {
        if (isLost) throw new PosternError('JOURNAL_WRITE_FAILED', 'taken over');
      });
      const { outcome, records, broken } = await recorded(
        ({ run, clock }) =>
          run.step('x', async (ctx) => {
            const mayLeave = await ctx.fence?.permit('X', 1);
            await drive(clock, clock.sleep(10_001));
            expect(mayLeave).toThrow('X: it was ready only after 10 s, and was not sent');
            isLost = true;
            await ctx.fence?.permit('Y', 1);
            return 7;
          }),
        given,
      );
      expect(outcome).toMatchObject({ code: 'JOURNAL_WRITE_FAILED' });
      expect(broken).toEqual([outcome]);
      expect(records.map(({ type }) => type)).toEqual(['before', 'before']);
    });
  });

  it('knows whether an earlier run may have begun it; its later parts follow from the first', async () => {
    const again = async (id: string, part?: string) => {
      const { run } = scene(memoryJournal(), ['x']);
      return run.step(id, async (_, attempt) => attempt.again, part === undefined ? {} : { part });
    };
    expect([await again('x'), await again('y'), await again('x', 'try 2')]).toEqual([true, false, false]);
  });

  it('does not begin after an abort, unless it removes what the unit created for a moment', async () => {
    const given = scene();
    given.stop.abort('enough');
    const refused = await recorded(({ run }) => run.step('x', async () => 7), given);
    expect(refused).toMatchObject({ outcome: { code: 'ABORTED' }, records: [] });
    const cleaned = await recorded(
      ({ run, slots }) =>
        run.step(
          'x',
          async (ctx) => {
            expect(ctx.signal).toBeUndefined();
            await ctx.pace.slot(KEY, []);
            expect(slots.at(-1)).toEqual([KEY, [], undefined]);
            return 7;
          },
          { cleansUp: true },
        ),
      given,
    );
    expect(cleaned.outcome).toBe(7);
    expect(cleaned.records).toHaveLength(2);
  });

  /** A step that calls as `kinds` say; then the run is aborted, and it waits and asks for a turn. */
  const abortedAfter = (kinds: readonly CallStart['kind'][], waitMs: number) => {
    const given = scene();
    return recorded(
      ({ run, stop }) =>
        run.step('x', async (ctx) => {
          expect(ctx.signal).toBeUndefined();
          for (const kind of kinds) ctx.trace?.({ kind, operation: 'X' } as never);
          await ctx.pace.slot(KEY, []);
          stop.abort('enough');
          expect(ctx.ending?.aborted).toBe(true);
          const slept = await drive(
            given.clock,
            ctx.clock.sleep(waitMs).catch(({ message }: Error) => message),
          );
          const turn = await ctx.pace.slot(KEY, []).catch(({ message }: Error) => message);
          ctx.pace.slowDown(KEY, 5);
          return [slept, turn].map((message) => message ?? 'as usual');
        }),
      given,
    );
  };
  const ENDED = [expect.stringMatching(/^wait: .*abort/), expect.stringMatching(/^X: .*abort/)];

  it('has its waits and turns ended by an abort before its first change', async () => {
    const { outcome, slots } = await abortedAfter(['read', 'read'], 5);
    expect(outcome).toEqual(ENDED);
    expect(slots.at(-1)).toEqual([KEY, 5]);
  });

  it('is finished after its first change, for at most a minute', async () => {
    for (const kind of ['create', 'idempotent'] as const) {
      const { outcome } = await abortedAfter([kind, 'read'], FINISH_MS - 1);
      expect(outcome).toEqual(['as usual', 'as usual']);
    }
    expect((await abortedAfter(['create'], FINISH_MS + 1)).outcome).toEqual(ENDED);
  });

  it('has the error of its own clock and turns where nobody aborted', async () => {
    const one = scene();
    const context = {
      ...one.context,
      clock: { ...one.clock, sleep: () => Promise.reject(new Error('no clock')) },
      pace: { ...one.context.pace, slot: () => Promise.reject(new Error('no turn')) },
    };
    const run = localRun(
      'u',
      { ...one.options, context },
      { watch: {} as never, result: {} as never, interrupted: () => false },
    );
    await expect(run.step('x', async (ctx) => (await ctx.clock.sleep(1), null))).rejects.toThrow('no clock');
    await expect(run.step('x', async (ctx) => (await ctx.pace.slot(KEY, []), null))).rejects.toThrow('no turn');
    await expect(run.sleep('x', 1)).rejects.toThrow('no clock');
  });

  it('that cannot be recorded does not begin, and ends the run', async () => {
    const full = new Error('disk full');
    let effects = 0;
    const given = scene({ ...memoryJournal(), append: () => Promise.reject(full) });
    const { outcome } = await recorded(({ run }) => run.step('x', async () => (effects += 1)), given);
    expect(outcome).toBe(full);
    expect([given.broken, effects]).toEqual([[full], 0]);
  });

  it('excludes others with its key', async () => {
    const { run, clock } = scene();
    const log: string[] = [];
    const work = (name: string, exclusive?: string) =>
      run.step(
        name,
        async (ctx) => (log.push(`${name} begins`), await ctx.clock.sleep(5), log.push(`${name} ends`), null),
        { exclusive },
      );
    await drive(clock, Promise.all([work('a', 'k'), work('b', 'k')]));
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    await drive(clock, Promise.all([work('c', 'k'), work('d')]));
    expect(log.slice(4)).toEqual(['c begins', 'd begins', 'c ends', 'd ends']);
  });
});

describe('a unit in this process', () => {
  it('waits for its turn, its links and other units', async () => {
    const { run, slots, stop, clock } = scene();
    expect(run.unit).toBe('link:eu');
    await run.slot('x', KEY);
    expect(slots).toEqual([[KEY, [], stop.signal]]);
    expect(await run.until('x', {} as never)).toMatchObject({ ok: true });
    expect(await run.result('other')).toMatchObject({ done: 1 });
    const sleeping = run.sleep('x', 5_000).catch((error: unknown) => error);
    await clock.advance(1);
    stop.abort('enough');
    expect(await sleeping).toMatchObject({ code: 'ABORTED', message: expect.stringContaining('x') });
  });

  it('cannot ask for a decision', async () => {
    await expect(scene().run.decision('x', {})).rejects.toMatchObject({
      code: 'NO_TERMINAL',
      remedy: 'Give the decision before the run, with the option that the plan names.',
    });
  });
});

it('watches that runs in this process share: have their own polls, which no abort of a run ends', async () => {
  const { context, clock, journal } = scene();
  const driver = {
    provider: 'aws',
    region: 'eu',
    traits: () => ({ pollMs: 1, stalenessMs: 1 }),
    links: { statuses: async () => [] },
  } as never;
  const wait = {
    link: { kind: 'vpc-link-v2', id: 'l-1' },
    goal: 'gone',
    timeoutMs: 9,
    onWait: () => undefined,
  } as const;
  const outcome = localWatches({ run: 'r', context, journal })(driver, '1').until(wait);
  expect(await drive(clock, outcome)).toMatchObject({ ok: true, value: { state: 'gone' } });
  const full = { ...journal, append: () => Promise.reject(new Error('full')) };
  const broken: unknown[] = [];
  const failing = localWatches({ run: 'r', context, journal: full, onBroken: (error) => broken.push(error) });
  expect(await drive(clock, failing(driver, '1').until(wait))).toMatchObject({
    ok: false,
    error: { code: 'INTERNAL' },
  });
  expect(broken).toHaveLength(1);
  const quiet = localWatches({ run: 'r', context, journal: full });
  expect(await drive(clock, quiet(driver, '1').until(wait))).toMatchObject({ ok: false });
});
