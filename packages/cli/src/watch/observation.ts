import { type Snapshot, type Spec, isPosternError, type Check, type Clouds } from '@postern/core/internal/library';
import { failedObservation, observation, snapshotDigest, type Observation } from '@postern/core/internal/watch';
import { exitStatus } from '../errors/print-error.js';
import type { Session } from '../session/open-session.js';
import { observedSnapshot } from '../snapshot/take-snapshot.js';
import type { CommonOptions } from '../invocation.js';
import type { watch } from '../commands/check/grammar.js';
import type { OptionsOf } from '../grammar/options.js';
import type { Elsewhere } from '@postern/core/internal/plan';

/** A snapshot with its text, as files have it. */
export interface TextSnapshot {
  readonly snapshot: Snapshot;
  readonly text: string;
  /** The same where nothing but the time of reading differs. */
  readonly digest: string;
}

/** An observation, with its snapshot where something could be read. */
export interface Taken {
  readonly seen: Observation;
  readonly taken?: TextSnapshot | undefined;
}

/**
 * Observes and checks a spec, as `postern check` does. What only the cloud or its credentials prevent is an observation that read nothing.
 * @throws {PosternError} what is wrong with the spec; on the first observation all else, too.
 */
export async function takeObservation(
  spec: Spec,
  {
    session,
    clouds,
    checks,
    elapsedMs,
    isFirst,
    elsewhere,
  }: {
    readonly session: Session;
    readonly clouds: Clouds;
    readonly checks: readonly Check[];
    readonly elapsedMs: number | undefined;
    readonly isFirst: boolean;
    readonly elsewhere: Elsewhere;
  },
): Promise<Taken> {
  try {
    const { snapshot, text } = await observedSnapshot(spec, session, { elsewhere });
    const seen = observation(snapshot, spec, { clouds, elapsedMs, checks });
    return { seen, taken: { snapshot, text, digest: snapshotDigest(text) } };
  } catch (error) {
    const { clock, signal } = session.context;
    if (isFirst || signal?.aborted === true || !isPosternError(error) || exitStatus(error.code) === 64) throw error;

    return { seen: failedObservation(error, spec, new Date(clock.now()).toISOString(), elapsedMs) };
  }
}

/** Options of `postern watch`. */
export type WatchOptions = CommonOptions & OptionsOf<typeof watch>;
