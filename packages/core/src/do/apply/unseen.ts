import { pause } from './outcome.js';
import type { Run, StepOutcome } from './run.js';

/**
 * How long a read may show what was before a change that the cloud has accepted, or has reported as done [U]. A group has status Success
 * before its instance changes, and returns to an instance on which an older read still shows it.
 */
export const UNSEEN_MS = 30_000;

/**
 * Waits until each read must show what was written before: a read that lags proves nothing. `passedMs` of the time have passed already.
 * One place for moves, shifts and hand-overs.
 */
export function untilReadsShow(run: Pick<Run, 'sleep'>, what: string, passedMs = 0): Promise<StepOutcome<null>> {
  return pause(run, `wait until reads show ${what}`, Math.max(0, UNSEEN_MS - passedMs));
}
