import { InvalidInputError, PosternError } from '@postern/core';
import { plansIn, type MovePlan } from '@postern/core/moves';
import { displayText } from '@postern/core/report';
import { openMovesJournal } from '../apply/journal.js';
import type { Io } from '../process/io.js';

/** A move in the journal of a folder; without an end it is open. */
export interface FolderMove {
  readonly id: string;
  readonly plan: MovePlan;
  readonly ended?: 'finished' | 'rolled-back' | undefined;
}

/** The moves of the current folder, oldest first. */
export async function recordedMoves(io: Io): Promise<readonly FolderMove[]> {
  return plansIn(await (await openMovesJournal(io.cwd, io)).read());
}

/** The newest move with an ID: its own, or the one that all moves of its request have. @throws {PosternError} `MOVE_ENDED` */
export function moveNamed(moves: readonly FolderMove[], move: string): FolderMove {
  const found = moves.findLast(({ id, plan }) => id === move || plan.move === move);
  if (found !== undefined) return found;
  throw new PosternError('MOVE_ENDED', `move ${displayText(move)} is not in the journal of this folder`, {
    remedy: 'Run the command in the folder in which the move was run; `postern migrate status` lists its moves.',
  });
}

/**
 * The only open move of a folder.
 * @throws {PosternError} `MOVE_ENDED` where none is open, with `details.state` of the last one. {InvalidInputError} `AMBIGUOUS`
 */
export function onlyOpen(moves: readonly FolderMove[]): FolderMove {
  const open = moves.filter(({ ended }) => ended === undefined);
  const [only] = open;
  if (only !== undefined && open.length === 1) return only;
  if (only === undefined) {
    const last = moves.at(-1);
    const how =
      last?.ended === undefined ? '' : `; the last one was ${last.ended === 'finished' ? 'finished' : 'rolled back'}`;
    throw new PosternError('MOVE_ENDED', `no move is open in the journal of this folder${how}`, {
      remedy: 'Run the command in the folder in which the move was run, or plan a new move.',
      details: { state: last?.ended },
    });
  }
  const named = open.map(({ id, plan: { from, to } }) => `${id} (${from.id} to ${to.id})`);
  throw new InvalidInputError('AMBIGUOUS', `several moves are open: ${named.join(', ')}`, {
    remedy: 'Write the ID of one of them after the command.',
  });
}
