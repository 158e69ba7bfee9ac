import path from 'node:path';
import { isPosternError, type Snapshot } from '@postern/core/internal/library';
import { readSnapshotFile } from '@postern/core/internal/node';
import type { Io } from '../process/io.js';
import { readFile } from '../process/read-file.js';
import { mistakenFile } from '../spec/mistaken-file.js';
import { refusePlaceBesideFile, type PlaceOptions } from '../spec/region-option.js';

/**
 * Reads a snapshot; `-` is standard input. It has to have the place that options name.
 * @throws {PosternError} `FILE_UNREADABLE`, and `INVALID_INPUT` for a file that is not a snapshot, or that lacks the place.
 */
export async function readSnapshot(io: Io, file: string, options: PlaceOptions = {}): Promise<Snapshot> {
  const full = file === '-' ? file : path.resolve(io.cwd, file);
  try {
    const snapshot = await readSnapshotFile(full, { shown: file, signal: io.signal });
    refusePlaceBesideFile(file, snapshot.regions, options);
    return snapshot;
  } catch (error) {
    if (file === '-' || !isPosternError(error, 'INVALID_INPUT')) throw error;

    const text = await readFile(io, file).catch(() => '');
    throw mistakenFile(text, file, 'a snapshot') ?? error;
  }
}
