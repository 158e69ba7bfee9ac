import { existsSync, mkdirSync, renameSync, rmSync, stat, utimes, writeFileSync, readlinkSync } from 'node:fs';
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
 * @throws {NodeJS.ErrnoException} `EEXIST` where the lock exists.
 */
export function createLock(lock: string): void {
  const draft = `${lock}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  try {
    writeFileSync(holderFile(draft), ownHolder(), { mode: 0o600 });
    // The system refuses to rename over a folder with a file in it, and would replace an empty one.
    if (existsSync(lock)) throw heldLock(lock);
    renameSync(draft, lock);
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

type Done = (error: unknown) => void;

const reports =
  (work: (lock: string) => void) =>
  (lock: string, done: Done): void => {
    try {
      work(lock);
    } catch (error) {
      done(error);
      return;
    }
    done(null);
  };

/** The functions of the file system that `proper-lockfile` uses. */
export const lockFolders = {
  stat,
  utimes,
  mkdir: reports(createLock),
  rmdir: reports(removeLock),
  rmdirSync: removeLock,
};

/** ` pid:[4026531836]` on Linux: two containers may share a host's name and not its processes. */
export function processNamespace(): string {
  try {
    return ` ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}
