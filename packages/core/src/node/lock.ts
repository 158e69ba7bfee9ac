import { hostname } from 'node:os';
import { unlink } from 'node:fs/promises';
import { PosternError } from '../errors.js';
import { readTextFile, writeTextFile } from './files.js';

/** A lock whose holder gives no sign of life for so long is taken over. */
const STALE_MS = 20_000;

export interface FileLock {
  readonly release: () => Promise<void>;
}

/**
 * Takes the lock of `file`: a directory `<file>.lock` that its holder keeps fresh, and `<file>.holder`, which says who that is.
 * Another process that was killed loses it after 20 s without a sign of life.
 * @param onLost called when somebody else took the lock over, as after a laptop's sleep; nothing more may be written then.
 * @throws {PosternError} `LOCKED`, naming the holder; `FILE_UNWRITABLE` when no lock can be made there.
 */
export async function lockFile(file: string, onLost: (error: Error) => void): Promise<FileLock> {
  const holderFile = `${file}.holder`;
  const { lock } = await import('proper-lockfile'); // only a run that writes needs it
  let release: () => Promise<void>;
  try {
    release = await lock(file, {
      realpath: false,
      stale: STALE_MS,
      update: STALE_MS / 4,
      retries: 0,
      onCompromised: onLost,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') {
      throw new PosternError('LOCKED', `${file}: held by ${await holder(holderFile)}`, {
        remedy: `Wait for it to end; a run that was killed gives the lock back after ${STALE_MS / 1_000} s.`,
        place: { file },
        cause: error,
      });
    }
    throw new PosternError('FILE_UNWRITABLE', `${file}: cannot be locked: ${String(error)}`, {
      place: { file },
      cause: error,
    });
  }
  // It only names the holder; the lock holds without it.
  const since = new Date().toISOString();
  await writeTextFile(holderFile, `process ${process.pid} on ${hostname()} since ${since}\n`).catch(() => undefined);
  return {
    release: async () => {
      await unlink(holderFile).catch(() => undefined);
      await release().catch((error: unknown) => {
        // Lost or released already: either way it is not ours any more.
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code !== 'ENOTACQUIRED' && code !== 'ERELEASED') throw error;
      });
    },
  };
}

async function holder(file: string): Promise<string> {
  const text = await readTextFile(file, { maxBytes: 1_024 }).catch(() => '');
  // The file lies where others may write: one line of plain characters, or nothing.
  return /^process \d{1,10} on [\w.-]{1,255} since [\dT:.Z-]{1,30}$/.exec(text.trim())?.[0] ?? 'another run';
}
