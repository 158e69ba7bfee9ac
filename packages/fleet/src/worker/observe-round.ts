import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { isPosternError } from '@postern/core/internal/library';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { clouds } from '@postern/core/internal/kinds';
import { observeSpec, type StepError } from '@postern/core/internal/plan';
import { encodeSnapshot, type Snapshot } from '@postern/core/internal/snapshot';
import {
  failedObservation,
  newHistory,
  observation,
  snapshotDigest,
  watchRound,
  type WatchHistory,
} from '@postern/core/internal/watch';
import { type Setting, readContext, settled } from './failures.js';
import { driversFor, ELSEWHERE, specOf, type WatchWork } from './works.js';

/** What the engine keeps of a watched spec: the history, and the last snapshot (gzip, base64), by which the next round finds what changed. */
interface Kept {
  readonly history: WatchHistory | null;
  readonly snapshot: string | null;
}

/** A round, as it is recorded: plain JSON. */
export type RecordedRound = {
  readonly history: WatchHistory;
  readonly isPending: boolean;
  /** Absent: the one that is kept stays. `null`: it is too large to be kept. */
  readonly snapshot?: string | null;
  /** Why nothing could be read. */
  readonly error?: StepError;
};

/** The longest snapshot that is kept, in characters: some 50 MB of JSON. Without it the next round does not know what has changed. */
const MOST_KEPT = 4 * 1024 * 1024;

/**
 * Observes and checks a spec, and compares it with its history. What the cloud refuses is an observation that read nothing; where nothing
 * was ever read, it is an error.
 */
export async function observeRound(
  { name, spec, accounts }: WatchWork,
  { history: known, snapshot: kept }: Kept,
  setting: Setting,
): Promise<RecordedRound | { readonly error: StepError }> {
  const channels = setting.notifiers.map(({ channel }) => channel);
  const read = await settled(async (signal) => {
    const drivers = driversFor({ accounts }, setting.driverOf);
    const { clouds } = await specOf({ spec }, drivers);
    const text = encodeSnapshot(
      await observeSpec(spec, drivers, readContext(setting, signal), { clouds, checks: true, elsewhere: ELSEWHERE }),
    );
    return { text, clouds, seen: observation(decodeSnapshot(text), spec, { clouds }) };
  });
  const at = new Date(setting.context.clock.now()).toISOString();
  const begun = newHistory(spec, at);
  const history = known ?? { ...begun, spec: { ...begun.spec, entry: name } };
  if ('error' in read) {
    if (known === null) return read;

    const seen = failedObservation(read.error, spec, at);
    const { history: next, isPending } = watchRound(history, seen, { clouds: clouds([]), digest: undefined, channels });
    return { history: next, isPending, error: read.error };
  }

  const digest = snapshotDigest(read.text);
  const before = await unpacked(kept);
  const { history: next, isPending } = watchRound(history, read.seen, {
    clouds: read.clouds,
    before,
    digest,
    channels,
  });
  const isSame = digest === history.snapshot && kept !== null;
  return { history: next, isPending, ...(isSame ? {} : { snapshot: await packed(read.text) }) };
}

async function packed(text: string): Promise<string | null> {
  const base64 = (await promisify(gzip)(text)).toString('base64');
  return base64.length > MOST_KEPT ? null : base64;
}

/** Undefined: nothing is kept, or newer workers kept it in another form. What has changed since is not known then. */
async function unpacked(kept: string | null): Promise<Snapshot | undefined> {
  if (kept === null) return undefined;

  const text = String(await promisify(gunzip)(Buffer.from(kept, 'base64')));
  try {
    return decodeSnapshot(text);
  } catch (error) {
    if (isPosternError(error)) return undefined;

    throw error;
  }
}
