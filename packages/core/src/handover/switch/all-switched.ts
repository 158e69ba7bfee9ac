import { repeat } from '../../do/apply/repeat.js';
import type { JournalRecord } from '../../do/apply/journal.js';
import type { Run, StepOutcome } from '../../do/apply/run.js';

/** The step whose record says from when on all names of a stage lead to the target: the drain begins there. */
const ALL_SWITCHED = 'all names lead to the target';

/** Records that all names of a stage lead to the target now. */
export function recordSwitched(run: Run): Promise<StepOutcome<null>> {
  return repeat<null>(run, ALL_SWITCHED, () => Promise.resolve(null), { reads: true });
}

/** When that was recorded for the last time. A rollback since then makes it void. */
export function switchedAt(records: readonly JournalRecord[], unit: string): string | undefined {
  let last: string | undefined;
  for (const { type, unit: of, step, at, value } of records) {
    if (type === 'run' && commandOf(value) === 'handover rollback') last = undefined;
    if (type === 'after' && of === unit && step === ALL_SWITCHED) last = at;
  }
  return last;
}

const commandOf = (value: JournalRecord['value']): unknown => (value as { readonly command?: unknown } | null)?.command;
