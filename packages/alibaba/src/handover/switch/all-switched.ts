import type { JournalRecord } from '@postern/core';
import { repeat } from '@postern/core/cloud';
import type { Run, StepOutcome } from '@postern/core/plan';

/** A step whose record says from when on all names of a stage lead to one side. The command that sends them back makes it void. */
interface Moment {
  readonly step: string;
  readonly voidedBy: string;
}

/** The drain of the classic group begins there. */
export const ALL_SWITCHED: Moment = { step: 'all names lead to the target', voidedBy: 'handover rollback' };

/** The drain of the target begins there. */
export const ALL_RETURNED: Moment = { step: 'all names lead to the classic group', voidedBy: 'handover switch' };

/** Records that all names of a stage lead to one side now. */
export function recordMoment(run: Run, { step }: Moment): Promise<StepOutcome<null>> {
  return repeat<null>(run, step, () => Promise.resolve(null), { reads: true });
}

/** When that was recorded: the last time, unless the names were sent back since. */
export function momentOf(records: readonly JournalRecord[], unit: string, moment: Moment): string | undefined {
  let last: string | undefined;
  for (const { type, unit: of, step, at, value } of records) {
    if (type === 'run' && commandOf(value) === moment.voidedBy) last = undefined;
    if (type === 'after' && of === unit && step === moment.step) last = at;
  }
  return last;
}

/** Whether a command of the hand-over was begun. */
export const hasRun = (records: readonly JournalRecord[], command: string): boolean =>
  records.some(({ type, value }) => type === 'run' && commandOf(value) === command);

const commandOf = (value: JournalRecord['value']): unknown => (value as { readonly command?: unknown } | null)?.command;
