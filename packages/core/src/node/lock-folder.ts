import { existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';

/** The file in the folder of a lock that names its holder. */
export function holderFile(lock: string): string {
  return path.join(lock, 'holder');
}

/** The content of the holder file. */
function ownHolder(): string {
  return `process ${process.pid} on ${hostname()}${processNamespace()} since ${new Date().toISOString()}\n`;
}

/**
 * Creates the folder of a lock with its holder file: both appear at once, by a rename. A process that is killed leaves a
 * lock that names it, or no lock.
 * @returns the content of the holder file, by which the holder knows its lock again
 * @throws {NodeJS.ErrnoException} `EEXIST` where the lock exists.
 */
export function createLock(lock: string): string {
  const holder = ownHolder();
  const draft = `${lock}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  try {
    writeFileSync(holderFile(draft), holder, { mode: 0o600 });
    // The system refuses to rename over a folder with a file in it, and would replace an empty one.
    if (existsSync(lock)) throw heldLock(lock);

    renameSync(draft, lock);
    return holder;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw existsSync(lock) ? heldLock(lock) : error;
  }
}

/**
 * Removes the folder of a lock with its holder file, at once as well.
 * @throws {NodeJS.ErrnoException} `ENOENT` where there is none.
 */
export function removeLock(lock: string): void {
  const gone = `${lock}.${process.pid}`;
  rmSync(gone, { recursive: true, force: true });
  renameSync(lock, gone);
  rmSync(gone, { recursive: true, force: true });
}

function heldLock(lock: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${lock} exists`), { code: 'EEXIST' });
}

/** Whether the lock is still the one that was created with `holder` as the content of its holder file. */
export function hasHolder(lock: string, holder: string): boolean {
  try {
    return readFileSync(holderFile(lock), 'utf8') === holder;
  } catch (error) {
    if (isGone(error)) return false;

    throw error;
  }
}

/** Whether the file system found no such file or folder. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** ` pid:[4026531836]` on Linux: two containers may share a host's name and not its processes. */
export function processNamespace(): string {
  try {
    return ` ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}
