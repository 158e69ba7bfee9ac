import { InvalidInputError } from '../../ground/errors.js';
import type { ReadingTime } from '../../ground/clocks/cloud-time.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/**
 * The time of a snapshot, in milliseconds since 1970.
 * @throws {InvalidInputError} `INVALID_INPUT` where it has none.
 */
export function snapshotTime({ takenAt }: Pick<Snapshot, 'takenAt'>): number {
  const moment = Date.parse(takenAt);
  if (!Number.isNaN(moment)) return moment;
  throw new InvalidInputError('INVALID_INPUT', `takenAt: ${JSON.stringify(takenAt)} is not a valid date`, {
    remedy: 'Take the snapshot again, or give the time to compare dates with.',
  });
}

/** The time of a snapshot by the cloud's clock, in milliseconds since 1970, at the earliest; NaN where the machine's shows it. */
export function cloudTimeOf({ takenAt, clock }: ReadingTime): number {
  return clock === 'cloud' ? Date.parse(takenAt) : Number.NaN;
}
