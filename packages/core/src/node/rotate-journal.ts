import { carriedSteps } from '../do/apply/outcome.js';
import { reachRecords } from '../do/apply/reach.js';
import { openMoveRecords } from '../moves/record/recorded-moves.js';
import type { JournalRecord } from '../do/apply/journal.js';
import { formatJournalLine, JOURNAL_HEADER } from '../decode/journal-lines.js';
import type { JournalFolder } from './journal-file.js';

/** A journal of more bytes is moved away when the next run begins: about 10,000 steps. */
export const ROTATE_ABOVE_BYTES = 4 * 1024 * 1024;
/** Old files that are kept beside the current one. */
export const KEPT_FILES = 4;

/** The name of an old file of a journal; 1 is the newest. */
export function rotated(path: string, number: number): string {
  return `${path}.${number}`;
}

/** What is rotated. */
export interface Rotation {
  readonly path: string;
  /** The valid part of the current file. */
  readonly text: string;
  readonly records: readonly JournalRecord[];
  readonly keptFiles: number;
  readonly disk: JournalFolder;
}

/** Whether the past runs of a journal fill more than `aboveBytes`: what the next run needs is not counted. */
export function isDue(text: string, records: readonly JournalRecord[], aboveBytes: number): boolean {
  const bytes = Buffer.byteLength(text);
  return bytes > aboveBytes && bytes - Buffer.byteLength(carriedText(records)) > aboveBytes;
}

/**
 * Copies the journal to `<path>.1` and replaces it by one with the open steps, the open moves, and what a killed run did last. The
 * journal is complete at every moment, under its own name: it is replaced by one rename, after both new files are durable. Where the
 * process is killed before, the next rotation begins again and finds its copy. Needs the journal's lock.
 * @returns the error for which the journal stays as it is, such as a full disk.
 * @throws what the disk reports where it cannot be known whether the new file is durable.
 */
export async function rotateJournal(rotation: Rotation): Promise<unknown> {
  const { path, text, records, keptFiles, disk } = rotation;
  let kept: unknown;
  const draft = `${path}.new`;
  try {
    if (!(await isCopied(rotation))) await shift(path, keptFiles, disk);
    await write(draft, text, disk);
    await disk.rename(draft, rotated(path, 1));
    await disk.syncFolder(path);
    await write(draft, carriedText(records), disk);
    await disk.rename(draft, path);
  } catch (error) {
    kept = error;
  }
  await disk.syncFolder(path); // also after a rename that failed: only then the name is certain
  return kept;
}

/** Whether `<path>.1` is a copy that a rotation made which did not come to its end. */
async function isCopied({ path, text, disk }: Rotation): Promise<boolean> {
  const copy = await readIfAny(rotated(path, 1), disk);
  return (
    copy !== undefined &&
    copy.length > JOURNAL_HEADER.line.length &&
    Buffer.from(text).subarray(0, copy.length).equals(copy)
  );
}

/** Makes `<path>.1` free: each old file gets the next number, up to the first number that is free or not kept. */
async function shift(path: string, keptFiles: number, disk: JournalFolder): Promise<void> {
  let free = 1;
  while (free < keptFiles && (await exists(rotated(path, free), disk))) free += 1;
  for (let number = free; number > 1; number -= 1) await disk.rename(rotated(path, number - 1), rotated(path, number));
}

async function exists(file: string, disk: JournalFolder): Promise<boolean> {
  const handle = await disk.open(file, 'read');
  await handle?.close();
  return handle !== undefined;
}

async function readIfAny(file: string, disk: JournalFolder): Promise<Buffer | undefined> {
  const handle = await disk.open(file, 'read');
  try {
    return await handle?.read();
  } finally {
    await handle?.close();
  }
}

/** Writes a whole file, durably. One that a killed process left is overwritten. */
async function write(file: string, text: string, disk: JournalFolder): Promise<void> {
  const handle = await disk.open(file, 'append');
  try {
    await handle?.truncate(0);
    await handle?.write(text);
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}

/** A journal of what later runs need of `records`, and of all that belongs to moves that have not ended. */
function carriedText(records: readonly JournalRecord[]): string {
  let { line: text, hash } = JOURNAL_HEADER;
  const kept = new Set([...carriedSteps(records), ...openMoveRecords(records), ...reachRecords(records)]);
  for (const record of records.filter((one) => kept.has(one))) {
    const next = formatJournalLine(hash, { ...record, carried: true });
    text += next.line;
    hash = next.hash;
  }
  return text;
}
