import path from 'node:path';
import { isPosternError, type Snapshot } from '@postern/core';
import { readSnapshotFile } from '@postern/core/node';
import type { Io } from '../process/io.js';
import { readFile } from '../process/read-file.js';
import { mistakenFile } from '../spec/mistaken-file.js';

/**
 * Reads a snapshot; `-` is standard input.
 * @throws {PosternError} `FILE_UNREADABLE`, and `INVALID_INPUT` for a file that is not a snapshot.
 */
export async function readSnapshot(io: Io, file: string): Promise<Snapshot> {
  const full = file === '-' ? file : path.resolve(io.cwd, file);
  try {
    return await readSnapshotFile(full, { shown: file, signal: io.signal });
  } catch (error) {
    if (file === '-' || !isPosternError(error, 'INVALID_INPUT')) throw error;
    const text = await readFile(io, file).catch(() => '');
    throw mistakenFile(text, file, 'a snapshot') ?? error;
  }
}
