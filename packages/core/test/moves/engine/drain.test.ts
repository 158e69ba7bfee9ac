import { describe, expect, it } from 'vitest';
import { createContext, type CallContext } from '../../../src/internal/library.js';
import { momentOf } from '../../../src/ground/clocks/cloud-time.js';
import { beginDrain, drainLeftMs, waitForDrain } from '../../../src/moves/engine/drain.js';
import type { MoveTools } from '../../../src/moves/engine/tools.js';
import type { MovePlan } from '../../../src/moves/plan/move-plan.js';

const HOUR_MS = 3_600_000;
const PLANNED_MS = Date.parse('2026-06-01T12:00:00Z');
const plan = { takenAt: '2026-06-01T12:00:00.000Z' } as MovePlan;

/** A run whose clock is `aheadMs` ahead and jumps by `jumpMs` in its first wait, and the waits that it made. */
function running(jumpMs: number, aheadMs = 0) {
  const waits: number[] = [];
  let [nowMs, passedMs] = [PLANNED_MS + aheadMs, 0];
  const clock = { now: () => nowMs, monotonicMs: () => passedMs, sleep: () => Promise.resolve() };
  const context = createContext({ clock, random: () => 0.5 });
  const run = {
    step: <T>(_id: string, effect: (ctx: CallContext) => Promise<T>) => effect(context),
    sleep: (_id: string, ms: number) => {
      nowMs += ms + (waits.length === 0 ? jumpMs : 0);
      passedMs += ms;
      waits.push(ms);
      return Promise.resolve();
    },
  };
  const tools = {
    plan,
    run: () => run,
    emit: () => undefined,
    elapsedMs: () => 0,
    failures: [],
    history: { begin: () => undefined, note: () => undefined, first: () => undefined, last: () => undefined },
  } as unknown as MoveTools;
  /** An answer of the cloud, whose time is `ms` after the plan. */
  const answered = (ms: number): void => context.time?.heard(PLANNED_MS + ms, momentOf(clock));
  return { tools, waits, answered };
}

describe('a drain', () => {
  const drain = { sinceMs: PLANNED_MS + 1_000, ms: 150_000 };

  it.each([
    ['does not jump', 0],
    ['jumps ahead', 2 * HOUR_MS],
    ['jumps back', -2 * HOUR_MS],
  ])('takes as long as it was begun for, where the clock %s', async (_, jumpMs) => {
    const { tools, waits, answered } = running(jumpMs);
    answered(1_000);
    expect(await waitForDrain(tools, 'drain', drain, { link: 'vlink1' })).toBe(true);
    expect(waits).toEqual([60_000, 60_000, 30_000]);
  });

  it.each([2 * HOUR_MS, -2 * HOUR_MS])(
    'is measured by the clock of the cloud, where that of the machine is %i ms ahead',
    async (aheadMs) => {
      const { tools, waits, answered } = running(0, aheadMs);
      answered(1_000);
      await waitForDrain(tools, 'drain', drain, { link: 'vlink1' });
      expect(waits).toEqual([60_000, 60_000, 30_000]);
    },
  );

  it('begins at the latest time that the cloud may have', async () => {
    const { tools, answered } = running(0);
    answered(1_000);
    const value = { sinceMs: PLANNED_MS + 2_000, ms: 150_000 };
    expect(await beginDrain(tools, 'drain', 150_000)).toEqual(value);
  });

  it('is waited for as a whole, where no answer had a Date', async () => {
    const { tools, waits } = running(0);
    const value = { sinceMs: null, ms: 150_000 };
    expect(await beginDrain(tools, 'drain', 150_000)).toEqual(value);
    await waitForDrain(tools, 'drain', value, { link: 'vlink1' });
    expect(waits).toEqual([60_000, 60_000, 30_000]);
  });
});

describe('what is left of a drain', () => {
  const at = (ms: number) => ({ earliestMs: PLANNED_MS + ms, latestMs: PLANNED_MS + ms + 1_000 });
  const begun = { sinceMs: PLANNED_MS + 10_000, ms: 150_000 };

  it.each([
    ['some of it has passed', begun, at(70_000), 90_000],
    ['it has passed', begun, at(300_000), 0],
    ['the cloud’s time is not known', begun, undefined, 150_000],
    ['its beginning is not known', { ...begun, sinceMs: null }, at(300_000), 150_000],
    ['it began in the future', { ...begun, sinceMs: PLANNED_MS + HOUR_MS }, at(300_000), 150_000],
    [
      'it began a moment ago, within what is known of the time',
      { ...begun, sinceMs: PLANNED_MS + 800 },
      at(0),
      150_000,
    ],
    ['it began before the move was planned', { ...begun, sinceMs: PLANNED_MS - 1 }, at(300_000), 150_000],
  ])('is judged where %s', (_, drain, now, left) => {
    expect(drainLeftMs(drain, plan, now)).toBe(left);
  });
});
