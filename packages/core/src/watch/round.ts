import { hashText } from '../ground/hash.js';
import type { Snapshot } from '../do/snapshot/snapshot.js';
import type { WatchHistory } from './model.js';
import type { Observation } from './observation.js';
import { enqueue } from './history.js';
import { watchStep, type WatchStep } from './step.js';
import type { OnClouds } from '../do/kinds/cloud/clouds.js';

/** The digest of the text of a snapshot: the same where nothing but the time of reading differs. */
export function snapshotDigest(text: string): string {
  return hashText(text.replace(/"takenAt": ?"[^"]*"/, ''));
}

/** What a round is compared with, and who receives its changes. */
export interface WatchRoundOptions extends OnClouds {
  /** The snapshot that the history names. */
  readonly before?: Snapshot | undefined;
  /** The {@link snapshotDigest} of what was observed; undefined: nothing was read. */
  readonly digest: string | undefined;
  /** The notifiers, as `Notifier.channel` names them. */
  readonly channels: readonly string[];
}

/** A round: what {@link watchStep} finds, with the changes in the queue of each notifier. Pure. */
export function watchRound(
  history: WatchHistory,
  seen: Observation,
  { clouds, before, digest, channels }: WatchRoundOptions,
): WatchStep {
  const isSame = digest !== undefined && digest === history.snapshot;
  const isLost = before === undefined && history.snapshot !== undefined;
  const step = watchStep(history, seen, isSame ? { clouds } : { clouds, before, isLost });
  const queued = enqueue(step.history, channels, step.events, step.history.lastAt);
  return { ...step, history: digest === undefined ? queued : { ...queued, snapshot: digest } };
}
