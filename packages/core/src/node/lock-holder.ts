import { promises, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { readTextFile, writeTextFile } from './files.js';

/** `process 12 on host pid:[4026531836] since 2026-06-01T00:00:00.000Z`: process ids mean something in one namespace only. */
const HOLDER = /^process (\d{1,10}) on ([\w.-]{1,255})( pid:\[\d{1,20}\])? since ([\dT:.Z-]{1,30})$/;

/** A lock's time is rounded up to whole seconds by its holder. */
const ROUNDING_MS = 2_000;

/** What the holder of a lock writes beside it. */
export function ownHolder(): string {
  return `process ${process.pid} on ${hostname()}${processNamespace()} since ${new Date().toISOString()}\n`;
}

/** Who holds a lock, for people: `process 12 on host since …`, or `another run`. */
export async function holderOf(holderFile: string): Promise<string> {
  const [, pid, host, , since] = (await readHolder(holderFile)) ?? [];
  return pid === undefined ? 'another run' : `process ${pid} on ${host} since ${since}`;
}

/**
 * Removes the lock of `file` when its holder was a process of this machine that is gone, or has stopped to refresh a lock that lies in
 * the future of this machine's clock, and answers with what `take` gives.
 * Undefined where the holder may be alive, or where somebody else is looking just now: one at a time may remove a lock, and
 * `take` names the new holder before the next one looks.
 */
export async function removeDeadLock<T>(
  file: string,
  holderFile: string,
  staleMs: number,
  take: () => Promise<T>,
  now: () => number = Date.now,
): Promise<T | undefined> {
  const guard = `${file}.takeover`;
  const alone = await promises.mkdir(guard).then(
    () => true,
    () => false,
  );
  if (!alone) {
    // Whoever was killed in here is not waited for by the one after the next.
    const { mtimeMs = Date.now() } = (await promises.stat(guard).catch(() => undefined)) ?? {};
    if (Date.now() - mtimeMs > staleMs) await promises.rmdir(guard).catch(() => undefined);
    return undefined;
  }
  try {
    const isOver = (await isOfDeadProcess(`${file}.lock`, holderFile)) || (await hasStopped(file, staleMs, now()));
    if (!isOver) return undefined;
    await promises.unlink(holderFile).catch(() => undefined);
    await promises.rmdir(`${file}.lock`).catch(() => undefined);
    return await take();
  } finally {
    await promises.rmdir(guard).catch(() => undefined);
  }
}

async function isOfDeadProcess(lock: string, holderFile: string): Promise<boolean> {
  const [, pid, host, namespace = '', since = ''] = (await readHolder(holderFile)) ?? [];
  if (pid === undefined || host !== hostname() || namespace !== processNamespace() || isAlive(Number(pid)))
    return false;
  // A lock that is younger than the note has another holder, who has not signed yet.
  const there = await promises.stat(lock).catch(() => undefined);
  return there !== undefined && Math.floor(there.birthtimeMs) <= Date.parse(since);
}

/**
 * Whether a lock whose time lies in the future, by another machine's clock, has stood still for `staleMs` by this one's. Its age
 * says nothing then; who looks first writes down what was seen, and whoever looks later compares. A holder that lives refreshes it.
 */
async function hasStopped(file: string, staleMs: number, nowMs: number): Promise<boolean> {
  const { mtimeMs = 0 } = (await promises.stat(`${file}.lock`).catch(() => undefined)) ?? {};
  const seenFile = `${file}.seen`;
  if (mtimeMs <= nowMs + ROUNDING_MS) {
    await promises.unlink(seenFile).catch(() => undefined);
    return false;
  }
  const text = await readTextFile(seenFile, { maxBytes: 1_024 }).catch(() => '');
  const [, lock, seen] = /^lock of ([\d.]{1,30}) seen at (\d{1,20})$/.exec(text.trim()) ?? [];
  if (lock === String(mtimeMs) && Number(seen) <= nowMs) {
    if (nowMs - Number(seen) <= staleMs) return false;
    await promises.unlink(seenFile).catch(() => undefined);
    return true;
  }
  // Without the note the next look begins anew: the lock stays until its time has come.
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

/** The file lies where others may write: one line of plain characters, or nothing. */
async function readHolder(file: string): Promise<RegExpExecArray | null> {
  const text = await readTextFile(file, { maxBytes: 1_024 }).catch(() => '');
  return HOLDER.exec(text.trim());
}

/** ` pid:[4026531836]` on Linux: two containers may share a host's name and not its processes. */
function processNamespace(): string {
  try {
    return ` ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}
