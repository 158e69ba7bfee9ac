import { cloudNow, type CallContext, type JournalRecord, type Plan } from '@postern/core/internal/adapter';
import { openMovesIn, refuseShifted, withOpenMoves } from '@postern/core/internal/moves';
import { movesJournalFile } from '../apply/journal.js';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';

/**
 * A plan that may be applied beside the shifts of the folder of the command, and of the spec's.
 * @throws {PosternError} `MOVE_OPEN`, `MOVE_ENDED`: it would undo a shift
 */
export async function besideShifts(plan: Plan, where: Where): Promise<Plan> {
  const { context } = where;
  const nowMs = cloudNow(context)?.latestMs ?? context.clock.now();
  for (const records of await recordsOf(where)) refuseShifted(plan, records, nowMs);
  return plan;
}

/** A plan with notes about the open moves whose links and gateways it changes: those of the folder of the command, and of the spec's. */
export async function notingMoves(plan: Plan, where: Where): Promise<Plan> {
  const records = await recordsOf(where);
  return withOpenMoves(
    plan,
    records.flatMap((some) => openMovesIn(some, cloudNow(where.context))),
  );
}

interface Where {
  readonly io: Io;
  readonly folder: string;
  readonly context: CallContext;
}

/** The journals of moves of the folder of the command, and of the spec's. */
async function recordsOf({ io, folder }: Where): Promise<readonly (readonly JournalRecord[])[]> {
  const { fileJournal } = await import('@postern/core/internal/node');
  const files = await Promise.all([...new Set([io.cwd, folder])].map(movesJournalFile));
  return Promise.all(files.map((file) => fileJournal(file, { onNote: (text) => note(io, text) }).read()));
}
