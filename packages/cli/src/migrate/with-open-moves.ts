import type { CallContext, Plan } from '@postern/core';
import { cloudNow } from '@postern/core/adapter';
import { openMovesIn, withOpenMoves } from '@postern/core/moves';
import { movesJournalFile } from '../apply/journal.js';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';

/** A plan with notes about the open moves whose links and gateways it changes: those of the folder of the command, and of the spec's. */
export async function notingMoves(
  plan: Plan,
  { io, folder, context }: { readonly io: Io; readonly folder: string; readonly context: CallContext },
): Promise<Plan> {
  const { fileJournal } = await import('@postern/core/node');
  const files = await Promise.all([...new Set([io.cwd, folder])].map(movesJournalFile));
  const records = await Promise.all(
    files.map((file) => fileJournal(file, { onNote: (text) => note(io, text) }).read()),
  );
  return withOpenMoves(
    plan,
    records.flatMap((some) => openMovesIn(some, cloudNow(context))),
  );
}
