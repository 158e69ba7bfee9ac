import { describe, expect, it } from 'vitest';
import { createContext, type CallContext } from '../../src/index.js';
import { timeBounds } from '../../src/clocks/time-bounds.js';
import { beginDrain, waitForDrain } from '../../src/moves/engine/drain.js';
import type { MoveTools } from '../../src/moves/engine/tools.js';

const HOUR_MS = 3_600_000;

/** A run whose clock jumps by `jumpMs` in its first wait, and the waits that it made. */
function running(jumpMs: number) {
  const waits: number[] = [];
  let [nowMs, passedMs] = [0, 0];
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
    run: () => run,
    tell: () => undefined,
    elapsedMs: () => 0,
    time: timeBounds(clock),
    failures: [],
    history: { note: () => undefined, first: () => undefined },
  } as unknown as MoveTools;
  const set = (ms: number): void => {
    nowMs += ms;
  };
  return { tools, waits, set };
}

describe('F28: a drain', () => {
  it.each([
    ['does not jump', 0],
    ['jumps ahead', 2 * HOUR_MS],
    ['jumps back', -2 * HOUR_MS],
  ])('takes as long as it was begun for, where the clock %s', async (_, jumpMs) => {
    const { tools, waits } = running(jumpMs);
    expect(await waitForDrain(tools, 'drain', 150_000, 'vlink1')).toEqual({ ok: true, value: null });
    expect(waits).toEqual([60_000, 60_000, 30_000]);
  });

  it('begins now for a process whose clock was set back', async () => {
    const { tools, set } = running(0);
    set(-2 * HOUR_MS);
    expect(await beginDrain(tools, 'drain', 150_000)).toEqual({ ok: true, value: 150_000 });
  });

  it('is not over for a process whose clock was set ahead', async () => {
    const { tools, waits, set } = running(0);
    set(2 * HOUR_MS);
    await waitForDrain(tools, 'drain', 150_000, 'vlink1');
    expect(waits).toEqual([60_000, 60_000, 30_000]);
  });
});
