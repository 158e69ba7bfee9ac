import type { EventSource } from '../scenario.js';
import type { TrialResult } from './trial-record.js';
import { trial } from './trial.js';
import type { AnyWorld } from '../world.js';

/**
 * A trial whose errors have no stacks: most of them are refusals that a process of the trial handles, and their stacks take a tenth
 * of its time. Where it violates an invariant, `trial` shows the stack of a defect.
 */
export async function quickTrial(world: AnyWorld, source: EventSource, seed?: number): Promise<TrialResult> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await trial(world, source, seed);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
