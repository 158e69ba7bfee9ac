import { UNSEEN_MS } from '../model/read-bound.js';
import { pause } from './outcome.js';
import type { Run, StepOutcome } from './run.js';

/** `boundMs`: how long reads may show what was before; `passedMs` of it have passed already. */
interface ReadBound {
  readonly boundMs?: number | undefined;
  readonly passedMs?: number | undefined;
}

/**
 * Waits until each read must show what was written before: a read that lags proves nothing. One place for `apply`, moves, shifts and
 * hand-overs. `step` is the wait's name in a run.
 */
export function untilSeen(
  run: Pick<Run, 'sleep'>,
  step: string,
  { boundMs = UNSEEN_MS, passedMs = 0 }: ReadBound = {},
): Promise<StepOutcome<null>> {
  return pause(run, step, Math.max(0, boundMs - passedMs));
}

/** The same, named by what is awaited. */
export function untilReadsShow(run: Pick<Run, 'sleep'>, what: string, passedMs = 0): Promise<StepOutcome<null>> {
  return untilSeen(run, `wait until reads show ${what}`, { passedMs });
}
