import { promises } from 'node:fs';
import path from 'node:path';
import { PosternError } from '../ground/errors.js';
import { describe, remedyOf } from './files.js';
import { holdLock, LockLost, type FileLock } from './held-lock.js';
import { createLock } from './lock-folder.js';
import { holderOf, isOfDeadProcess, isOfThisProcess, removeDeadLock } from './lock-holder.js';

/** A lock that was not refreshed for this time is taken over. */
const STALE_MS = 20_000;

export { LockLost, type FileLock };

/**
 * Takes the lock of `file`: a directory `<file>.lock` that its holder refreshes, with a file that names the
 * holder. A killed run of this machine loses the lock at once. A run of another machine loses it
 * after 20 s without a refresh. Where that machine's clock is ahead, the 20 s count from the first run that
 * found the lock held.
 *
 * ```ts
 * const lock = await lockFile('postern.lock', (error) => console.error(error.message));
 * try {
 *   await run();
 * } finally {
 *   await lock.release();
 * }
 * ```
 *
 * @param onLost called when another process took over the lock, as after a laptop's sleep; nothing more may
 *   be written then.
 * @throws {PosternError} `LOCKED`, naming the holder; `FILE_UNWRITABLE` when no lock can be created there.
 */
export async function lockFile(
  file: string,
  onLost: (error: Error) => void,
  now: () => number = Date.now,
): Promise<FileLock> {
  const full = path.resolve(file);
  const lock = `${full}.lock`;
  const take = (): string | undefined => {
    try {
      return createLock(lock);
    } catch (error) {
      if (isHeld(error)) return undefined;

      throw unlockable(file, error);
    }
  };
  const holder = take() ?? (await removeDeadLock(full, STALE_MS, take, now));
  if (holder === undefined) throw await heldBy(file, lock);

  return holdLock(lock, holder, STALE_MS, onLost);
}

/**
 * The holder of the lock of `file`, as text: `process 12 on host since …`. Undefined where no run holds it, or
 * where its process has ended. It takes nothing and changes nothing.
 */
export async function lockHolder(file: string, now: () => number = Date.now): Promise<string | undefined> {
  const lock = `${file}.lock`;
  const stats = await promises.stat(lock).catch(() => undefined);
  if (stats === undefined || now() - stats.mtimeMs > STALE_MS) return undefined;

  return (await isOfDeadProcess(lock)) ? undefined : holderOf(lock);
}

/**
 * Refuses a lock that another run holds, before work that would end with it. It takes nothing: the run still has to lock.
 * @throws {PosternError} `LOCKED`, naming the holder
 */
export async function requireUnlocked(file: string): Promise<void> {
  if ((await lockHolder(file)) !== undefined) throw await heldBy(file, `${file}.lock`);
}

function isHeld(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

async function heldBy(file: string, lock: string): Promise<PosternError> {
  const wait = `Wait for it to end; a run that was killed gives the lock back within ${STALE_MS / 1_000} s.`;
  const remedy = (await isOfThisProcess(lock))
    ? 'It is this process: pass one journal object to all its sessions, which then take turns.'
    : wait;
  return new PosternError('LOCKED', `${file}: held by ${await holderOf(lock)}`, { remedy, place: { file } });
}

function unlockable(file: string, cause: unknown): PosternError {
  return new PosternError('FILE_UNWRITABLE', `${file}: cannot be locked: ${describe(cause)}`, {
    remedy: remedyOf(cause) ?? 'Make the folder of the file writable, or choose another one.',
    place: { file },
    cause,
  });
}
