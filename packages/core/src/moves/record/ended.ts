import { InvalidInputError, PosternError } from '../../ground/errors.js';
import type { JournalRecord } from '../../do/apply/journal.js';
import { isNamed, movesIn, type RecordedMove } from './history.js';

/** The error for a move that is not open. */
export function ended(moves: readonly RecordedMove[], move: string): PosternError {
  const last = moves.findLast((one) => isNamed(one, move));
  if (last?.ended === undefined) {
    return new PosternError('MOVE_ENDED', `move ${move} is not in this journal`, {
      remedy: 'Run the command in the folder in which the move was run.',
    });
  }
  const { from, to } = last.history.plan;
  return last.ended === 'finished'
    ? new PosternError('MOVE_ENDED', `the move from ${from.id} to ${to.id} was finished at ${last.at}`, {
        remedy: `To return, plan a new move from ${to.id} to ${from.id}.`,
        details: { state: 'finished' },
      })
    : new PosternError('MOVE_ENDED', `the move from ${from.id} to ${to.id} was rolled back at ${last.at}`, {
        details: { state: 'rolled-back' },
      });
}

/**
 * Plans a move. Where nothing is left to move, since an earlier process finished it, the error says that: a process that
 * was killed may have finished the move without saying so.
 * @throws {PosternError} `MOVE_ENDED`, with `details.state` `finished`
 */
export async function unlessFinished<T>(
  records: () => Promise<readonly JournalRecord[]>,
  move: string,
  plan: () => Promise<T>,
): Promise<T> {
  try {
    return await plan();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const last = movesIn(await records()).findLast((one) => isNamed(one, move));
    throw last?.ended === 'finished' ? ended([last], move) : error;
  }
}
