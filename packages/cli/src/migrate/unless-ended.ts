import { isPosternError } from '@postern/core';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';

/**
 * The exit status of a command of a move. The same command continues a process that was killed; that one may have come to
 * the end, and then nothing is left to do.
 */
export async function unlessEnded(
  io: Io,
  state: 'finished' | 'rolled-back',
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!isPosternError(error, 'MOVE_ENDED') || error.details?.['state'] !== state) throw error;
    note(io, `${error.message}: nothing is left to do`);
    return 0;
  }
}
