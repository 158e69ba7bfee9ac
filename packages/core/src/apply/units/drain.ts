import type { Step } from '../../plan/plan.js';
import { lengthOfTime } from '../../text/length-of-time.js';
import { pause, type StepOutcome } from '../outcome.js';
import type { UnitTools } from './unit-tools.js';

/**
 * Waits for calls in flight before a step deletes what routes left in this run, or in one that ended before its wait did.
 * The journal shows when the wait begins.
 */
export async function drained(step: Step, { run, tell, drainMs }: UnitTools): Promise<StepOutcome<null>> {
  const waitMs = drainMs(step);
  if (waitMs === 0) return { ok: true, value: null };
  tell.waiting(step, { message: `waits ${lengthOfTime(waitMs)} for calls in flight`, elapsedMs: 0 });
  await run.step(`${step.id}: drain`, () => Promise.resolve({ waitMs }));
  return pause(run, `${step.id}: calls in flight`, waitMs);
}
