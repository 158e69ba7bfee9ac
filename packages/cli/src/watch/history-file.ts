import { promises } from 'node:fs';
import path from 'node:path';
import { InvalidInputError, isPosternError, type Snapshot, type Spec } from '@postern/core/internal/library';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { lockFile, SNAPSHOT_MAX_BYTES, writeTextFile, type FileLock } from '@postern/core/internal/node';
import {
  decodeHistory,
  encodeHistory,
  newHistory,
  snapshotDigest,
  type WatchHistory,
} from '@postern/core/internal/watch';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';
import { readFile } from '../process/read-file.js';
import { snapshotNameOf } from './history-names.js';
import type { TextSnapshot } from './observation.js';

/** The history of a spec on disk, locked: two processes that watch one spec would tell each change twice. */
export interface HistoryFile {
  /** As it was named. */
  readonly file: string;
  /** The history as it was last saved. */
  readonly read: () => WatchHistory;
  /** The snapshot of the last observation that read something; undefined: none, or it does not belong to the history. */
  readonly before: Snapshot | undefined;
  /**
   * Keeps the history and the snapshot, and writes them: the snapshot first, where it is another one. What cannot be written is kept all
   * the same, and written with the next one. @throws {PosternError} `FILE_UNWRITABLE`
   */
  readonly save: (history: WatchHistory, snapshot?: TextSnapshot) => Promise<void>;
  readonly release: () => Promise<void>;
}

/**
 * Opens the history of a spec, or begins one.
 * @throws {PosternError} `LOCKED` where another process watches it; what `decodeHistory` throws; `FILE_UNREADABLE`, `FILE_UNWRITABLE`.
 */
export async function openHistory(
  io: Io,
  file: string,
  spec: Spec,
  { now, onLost }: { readonly now: string; readonly onLost: (error: Error) => void },
): Promise<HistoryFile> {
  const full = path.resolve(io.cwd, file);
  const lock: FileLock = await lockFile(full, onLost);
  try {
    const isThere = await promises.stat(full).then(
      () => true,
      () => false,
    );
    let history = isThere
      ? decode(await readFile(io, file, { maxBytes: SNAPSHOT_MAX_BYTES }), spec, file)
      : newHistory(spec, now);
    const snapshotFile = snapshotNameOf(file);
    let unwritten: TextSnapshot | undefined;
    const before = history.snapshot === undefined ? undefined : await snapshotOf(io, snapshotFile, history.snapshot);
    return {
      file,
      before,
      read: () => history,
      save: async (next, snapshot) => {
        if (snapshot !== undefined && snapshot.digest !== history.snapshot) unwritten = snapshot;
        history = next;
        if (unwritten !== undefined) await writeTextFile(path.resolve(io.cwd, snapshotFile), unwritten.text);
        unwritten = undefined;
        await writeTextFile(full, encodeHistory(withoutValues(history, io)));
      },
      release: () => lock.release(),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * A history without values of the spec's variables. By its own members the next run recognizes it and its notifiers: the project, which is also
 * the name of the journal's file, and the names of files.
 */
function withoutValues(history: WatchHistory, { shown }: Io): WatchHistory {
  if (shown === undefined) return history;

  const hidden = JSON.parse(shown(JSON.stringify(history))) as WatchHistory;
  const undelivered = hidden.undelivered.map((one, at) => ({
    ...one,
    channel: history.undelivered[at]?.channel ?? one.channel,
  }));
  return { ...hidden, spec: history.spec, undelivered };
}

function decode(text: string, spec: Spec, file: string): WatchHistory {
  try {
    return decodeHistory(text, spec, { file });
  } catch (error) {
    if (!isPosternError(error, 'INVALID_INPUT') || text.trimEnd().endsWith('}')) throw error;

    throw new InvalidInputError('INVALID_INPUT', `${file}: the file is cut off`, {
      place: { file },
      remedy: 'Restore it from a copy, or move it away: then the next observation begins a new history.',
      cause: error,
    });
  }
}

/** What changed since is not known where the file is not the one that the history names, as after a crash between two writes. */
async function snapshotOf(io: Io, file: string, digest: string): Promise<Snapshot | undefined> {
  try {
    const text = await readFile(io, file, { maxBytes: SNAPSHOT_MAX_BYTES });
    if (snapshotDigest(text) === digest) return decodeSnapshot(text, { file });
  } catch (error) {
    if (!isPosternError(error)) throw error;
  }
  note(io, `${file} is not the snapshot of the last observation, so what changed since then is not known`);
  return undefined;
}
