import { InvalidInputError } from '../errors.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/**
 * When a snapshot was taken, in milliseconds since 1970.
 * @throws {InvalidInputError} `INVALID_INPUT` where it does not say.
 */
export function snapshotTime({ takenAt }: Pick<Snapshot, 'takenAt'>): number {
  const moment = Date.parse(takenAt);
  if (!Number.isNaN(moment)) return moment;
  throw new InvalidInputError('INVALID_INPUT', `takenAt: ${JSON.stringify(takenAt)} is no date`, {
    remedy: 'Take the snapshot again, or say the moment to compare dates with.',
  });
}
