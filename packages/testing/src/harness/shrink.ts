import { replayed, type Invariant } from './scenario.js';
import { quickTrial } from './trial/quick-trial.js';
import { parseTrace, type TrialEvent } from './trace.js';
import { trial } from './trial/trial.js';
import type { TrialResult } from './trial/trial-record.js';
import type { AnyWorld } from './world.js';

/** Trials that shrinking one trace may take. */
const MOST_TRIALS = 200;

/** Runs a trace again: `kill@17 lost@40`. */
export async function replay(world: AnyWorld, trace: string, seed: number): Promise<TrialResult> {
  return trial(world, replayed(parseTrace(trace)), seed);
}

/**
 * Leaves out events while the same invariant is violated: first many at once, then one at a time. Where the events left out make
 * no difference, those that are left are the cause.
 */
export async function shrink(
  world: AnyWorld,
  events: readonly TrialEvent[],
  seed: number,
  invariant: Invariant,
): Promise<readonly TrialEvent[]> {
  let trials = 0;
  const isCause = async (some: readonly TrialEvent[]): Promise<boolean> => {
    trials += 1;
    return trials <= MOST_TRIALS && (await quickTrial(world, replayed(some), seed)).violation?.invariant === invariant;
  };
  let left = events;
  for (let size = Math.ceil(left.length / 2); size >= 1;) {
    const fewer = await withoutSome(left, size, isCause);
    const isDone = size === 1 && fewer.length === left.length;
    left = fewer;
    size = isDone ? 0 : Math.max(1, Math.floor(size / 2));
  }
  return left;
}

/** Leaves out `size` events at a time, where those that are left are still the cause. */
async function withoutSome(
  events: readonly TrialEvent[],
  size: number,
  isCause: (some: readonly TrialEvent[]) => Promise<boolean>,
): Promise<readonly TrialEvent[]> {
  let left = events;
  for (let at = 0; at < left.length;) {
    const without = left.toSpliced(at, size);
    if (await isCause(without)) left = without;
    else at += size;
  }
  return left;
}
