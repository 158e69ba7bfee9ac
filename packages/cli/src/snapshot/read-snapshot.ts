import path from 'node:path';
import { InvalidInputError, isPosternError, type Snapshot } from '@postern/core/internal/library';
import { readSnapshotFile } from '@postern/core/internal/node';
import type { Io } from '../process/io.js';
import { readFile } from '../process/read-file.js';
import { mistakenFile } from '../spec/mistaken-file.js';

/**
 * Reads a snapshot; `-` is standard input. `region`: the one that is asked for, which has to be in it.
 * @throws {PosternError} `FILE_UNREADABLE`, and `INVALID_INPUT` for a file that is not a snapshot, or that lacks the region.
 */
export async function readSnapshot(
  io: Io,
  file: string,
  { region }: { readonly region?: string | undefined } = {},
): Promise<Snapshot> {
  const full = file === '-' ? file : path.resolve(io.cwd, file);
  try {
    const snapshot = await readSnapshotFile(full, { shown: file, signal: io.signal });
    requireRegion(snapshot, file, region);
    return snapshot;
  } catch (error) {
    if (file === '-' || !isPosternError(error, 'INVALID_INPUT')) throw error;

    const text = await readFile(io, file).catch(() => '');
    throw mistakenFile(text, file, 'a snapshot') ?? error;
  }
}

/** Nothing would be judged in a region that the snapshot does not have, and that would pass. */
function requireRegion({ regions }: Snapshot, file: string, region: string | undefined): void {
  if (region === undefined || regions.some((one) => one.region === region)) return;

  const present = [...new Set(regions.map((one) => one.region))].join(', ');
  throw new InvalidInputError('INVALID_INPUT', `--region ${region}: ${file} has ${present || 'no region'}`, {
    remedy: 'Leave --region out, or give a snapshot of that region.',
  });
}
