import type { JournalRecord } from '../../do/apply/journal.js';
import type { MovePlan } from '../plan/move-plan.js';
import { movesIn, type RecordedMove } from './history.js';

/** The plans of the moves in a journal, oldest first, with the ID of each move, and how it ended: those that are open have no end. */
export function plansIn(
  records: readonly JournalRecord[],
): readonly { readonly id: string; readonly plan: MovePlan; readonly ended?: RecordedMove['ended'] }[] {
  return movesIn(records).map(({ history: { id, plan }, ended }) => ({ id, plan, ended }));
}

/** The records of moves that have not ended: a later run, or a return, needs all of them. */
export function openMoveRecords(records: readonly JournalRecord[]): readonly JournalRecord[] {
  return movesIn(records).flatMap(({ ended, records: own }) => (ended === undefined ? own : []));
}
