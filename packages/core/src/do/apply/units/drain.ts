import type { Step } from '../../plan/plan.js';
import { lengthOfTime } from '../../../ground/text/quantities.js';
import { pause } from '../outcome.js';
import type { StepOutcome } from '../run.js';
import { stillWanted } from './second-look.js';
import type { UnitTools } from './unit-tools.js';

/** Between two reports of a wait. */
const REPORT_MS = 60_000;

/**
 * Waits for calls in flight before a step deletes or narrows what may have carried them, and looks then whether callers came. The
 * journal shows when the wait begins, events how much is left.
 */
export async function drained(step: Step, tools: UnitTools): Promise<StepOutcome<null>> {
  const waited = await calmed(step, tools);
  return waited.ok ? stillWanted(step, tools) : waited;
}

async function calmed(step: Step, { run, report, drainMs }: UnitTools): Promise<StepOutcome<null>> {
  const waitMs = drainMs(step);
  if (waitMs === 0) return { ok: true, value: null };

  await run.step(`${step.id}: drain`, () => Promise.resolve({ waitMs }));
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += REPORT_MS) {
    const leftMs = waitMs - waitedMs;
    const left = waitedMs === 0 ? '' : `, ${lengthOfTime(leftMs)} are left`;
    report(step).waiting(`waits ${lengthOfTime(waitMs)} for calls in flight${left}`, waitedMs);
    const slept = await pause(
      run,
      `${step.id}: calls in flight${waitedMs === 0 ? '' : ` ${waitedMs}`}`,
      Math.min(leftMs, REPORT_MS),
    );
    if (!slept.ok) return slept;
  }
  return { ok: true, value: null };
}
