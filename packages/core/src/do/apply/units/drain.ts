import type { Step } from '../../plan/plan.js';
import { lengthOfTime } from '../../../ground/text/quantities.js';
import { pause } from '../outcome.js';
import { valueOf } from '../step.js';
import { stillWanted } from './second-look.js';
import type { UnitTools } from './unit-tools.js';

/** Between two reports of a wait. */
const REPORT_MS = 60_000;

/**
 * Waits for calls in flight before a step deletes or narrows what may have carried them, and looks then whether callers came. The
 * journal shows when the wait begins, events how much is left.
 */
export async function drained(step: Step, tools: UnitTools): Promise<void> {
  await calmed(step, tools);
  await stillWanted(step, tools);
}

async function calmed(step: Step, { run, report, drainMs }: UnitTools): Promise<void> {
  const waitMs = drainMs(step);
  if (waitMs === 0) return;

  await run.step(`${step.id}: drain`, () => Promise.resolve({ waitMs }));
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += REPORT_MS) {
    const leftMs = waitMs - waitedMs;
    const left = waitedMs === 0 ? '' : `, ${lengthOfTime(leftMs)} are left`;
    report(step).waiting(`waits ${lengthOfTime(waitMs)} for calls in flight${left}`, waitedMs);
    const id = `${step.id}: calls in flight${waitedMs === 0 ? '' : ` ${waitedMs}`}`;
    valueOf(await pause(run, id, Math.min(leftMs, REPORT_MS)));
  }
}
