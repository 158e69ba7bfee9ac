import { existsSync, promises } from 'node:fs';
import { hostname } from 'node:os';
import { readTextFile } from './files.js';
import { writeTextFile } from './write-file.js';
import { createLock, holderFile, removeLock, processNamespace } from './lock-folder.js';

/**
 * `process 12 on host pid:[4026531836] since 2026-06-01T00:00:00.000Z`: process IDs are valid in one
 * namespace only.
 */
const HOLDER = /^process (\d{1,10}) on ([\w.-]{1,255})( pid:\[\d{1,20}\])? since ([\dT:.Z-]{1,30})$/;

/** File systems may keep times in steps of two seconds (FAT). */
const ROUNDING_MS = 2_000;

/** The holder of a lock as text: `process 12 on host since …`, or `another run`. */
export async function holderOf(lock: string): Promise<string> {
  const [, pid, host, , since] = (await readHolder(lock)) ?? [];
  return pid === undefined ? 'another run' : `process ${pid} on ${host} since ${since}`;
}

/**
 * Removes the lock of `file`, and returns the result of `take`. It does so when the holder was a process of
 * this machine that has ended, or when its holder does not refresh the lock any more, also where the lock's time is in
 * the future of this machine's clock. Undefined where the holder may be alive, or where another process is
 * checking at the moment. Only one process at a time may remove a lock.
 */
export async function removeDeadLock<T>(
  file: string,
  staleMs: number,
  take: () => T | undefined,
  now: () => number = Date.now,
): Promise<T | undefined> {
  return await alone(`${file}.takeover`, staleMs, async () => {
    // Released meanwhile: another run may have it already, and its lock is not removed.
    if (!existsSync(`${file}.lock`)) return take();

    const isOver = (await isOfDeadProcess(`${file}.lock`)) || (await hasStopped(file, staleMs, now()));
    if (!isOver) return undefined;

    removeIfThere(`${file}.lock`);
    return take();
  });
}

/**
 * Does `work` while the folder `guard` exists, which names its holder; undefined where another process has it. One that a process
 * left that was killed in `work` is removed under a guard of its own, so that none removes a guard that another has just made.
 */
async function alone<T>(guard: string, staleMs: number, work: () => Promise<T | undefined>): Promise<T | undefined> {
  if (!isMade(guard)) {
    if (!(await isOfDeadProcess(guard))) {
      // Of another machine: it blocks only the next caller, not the one after it.
      const { mtimeMs = Date.now() } = (await promises.stat(guard).catch(() => undefined)) ?? {};
      if (Date.now() - mtimeMs > staleMs) removeIfThere(guard);
      return undefined;
    }

    const isOurs = await alone(`${guard}.takeover`, staleMs, async () => {
      if (await isOfDeadProcess(guard)) removeIfThere(guard);
      return isMade(guard);
    });
    if (isOurs !== true) return undefined;
  }
  try {
    return await work();
  } finally {
    removeIfThere(guard);
  }
}

function isMade(guard: string): boolean {
  try {
    createLock(guard);
    return true;
  } catch {
    return false;
  }
}

function removeIfThere(lock: string): void {
  try {
    removeLock(lock);
  } catch {
    // Gone meanwhile; where it cannot be removed, it cannot be taken either.
  }
}

/** Whether the holder of a lock is named, was a process of this machine, and has ended. */
export async function isOfDeadProcess(lock: string): Promise<boolean> {
  const pid = processHere(await readHolder(lock));
  return pid !== undefined && !isAlive(pid);
}

/** Whether this process holds a lock. */
export async function isOfThisProcess(lock: string): Promise<boolean> {
  return processHere(await readHolder(lock)) === process.pid;
}

/** Whether a process that held a lock has ended, or has given it back: no other one than this process holds it now. */
export function hasEnded(holder: string): boolean {
  const pid = processHere(HOLDER.exec(holder.trim()));
  return pid !== undefined && (pid === process.pid || !isAlive(pid));
}

/** The process of this machine that the holder of a lock is or was. */
function processHere(holder: RegExpExecArray | null): number | undefined {
  const [, pid, host, namespace = ''] = holder ?? [];
  return pid !== undefined && host === hostname() && namespace === processNamespace() ? Number(pid) : undefined;
}

/**
 * Whether a lock was not refreshed for `staleMs`. Where its time is in the future, by another
 * machine's clock, its age cannot show that: this machine's clock counts. The first process writes down the time that it saw,
 * and later ones compare. A running holder refreshes the lock.
 */
async function hasStopped(file: string, staleMs: number, nowMs: number): Promise<boolean> {
  const { mtimeMs = nowMs } = (await promises.stat(`${file}.lock`).catch(() => undefined)) ?? {};
  const seenFile = `${file}.seen`;
  if (mtimeMs <= nowMs + ROUNDING_MS) {
    await promises.unlink(seenFile).catch(() => undefined);
    return mtimeMs < nowMs - staleMs;
  }

  const text = await readTextFile(seenFile, { maxBytes: 1_024 }).catch(() => '');
  const [, lock, seen] = /^lock of ([\d.]{1,30}) seen at (\d{1,20})$/.exec(text.trim()) ?? [];
  if (lock === String(mtimeMs) && Number(seen) <= nowMs) {
    if (nowMs - Number(seen) <= staleMs) return false;

    await promises.unlink(seenFile).catch(() => undefined);
    return true;
  }

  // Without the note the next check starts from the beginning: the lock remains until its time is in the
  // past.
  await writeTextFile(seenFile, `lock of ${mtimeMs} seen at ${nowMs}\n`).catch(() => undefined);
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** The file is in a directory where others may write, so only one line of plain characters is accepted. */
async function readHolder(lock: string): Promise<RegExpExecArray | null> {
  const text = await readTextFile(holderFile(lock), { maxBytes: 1_024 }).catch(() => '');
  return HOLDER.exec(text.trim());
}
