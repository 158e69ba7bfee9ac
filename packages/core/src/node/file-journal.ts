import type { Journal, JournalRecord } from '../do/apply/journal.js';
import { inTurn } from '../do/apply/in-turn.js';
import {
  formatJournalLine,
  JOURNAL_HEADER,
  MAX_LINE_LENGTH,
  readJournalText,
  type JournalText,
} from '../decode/journal-lines.js';
import { MAX_DEPTH, scanJson } from '../decode/scan-json.js';
import { InvalidInputError, PosternError } from '../ground/errors.js';
import { describe, PLAN_MAX_BYTES } from './files.js';
import { journalFolder, type JournalFile, type JournalFolder } from './journal-file.js';
import { lockFile, LockLost, type FileLock } from './lock.js';
import { hasEnded } from './lock-holder.js';
import { isDue, KEPT_FILES, ROTATE_ABOVE_BYTES, rotated, rotateJournal } from './rotate-journal.js';

/** Options of a journal file. */
export interface FileJournalOptions {
  /** Called with a sentence about what was skipped when the file was read: an incomplete last line after a crash. */
  readonly onNote?: ((note: string) => void) | undefined;
  /**
   * A run that takes the lock begins a new file where past runs fill more than this. Default 4 MiB. The old
   * file becomes `<path>.1`.
   */
  readonly rotateAboveBytes?: number | undefined;
  /** The number of old files to keep, 1 to 99. Default 4. */
  readonly keptFiles?: number | undefined;
  /** Other functions for the files; for tests of failing disks. */
  readonly disk?: Partial<JournalFolder> | undefined;
}

interface Loaded extends JournalText {
  /** The valid part of the file. */
  readonly text: string;
}

/** A record that is to be written, and what is called when it is durable, or with the error. */
interface Queued {
  readonly record: JournalRecord;
  readonly settle: (error?: unknown) => void;
}

/**
 * Records that come while others are written are written together and synced once, up to this length: that of a page, so that
 * a crash tears no more than it may tear of one record.
 */
const GROUP_LENGTH = 4_096;

/** What there is while the lock is held. */
interface Writer {
  readonly file: JournalFile;
  readonly lock: FileLock;
  hash: string;
  /** Records that are not in the file yet, in order. */
  readonly queued: Queued[];
  /** Writes follow each other. */
  last: Promise<void>;
  /** Why writing has stopped. A disk that failed to sync once may have lost acknowledged data. */
  failure: PosternError | undefined;
}

/**
 * A journal in a file: one JSON line per record, chained by hashes, synced before `append` resolves (several at once where they come together), 0600,
 * never through a symbolic link. One writer at a time: `append` needs the lock. The directory must exist. Past
 * runs are moved to `<path>.1`, `.2`, … when the file is large; a run reads them all.
 *
 * Sessions that share the object take turns, so one is enough for all sessions of a process. A second object for the same file is
 * refused while the first one holds it.
 *
 * ```ts
 * const gate = new PrivateIntegrations(driver, { project: 'shop', judge, journal: fileJournal('journal.jsonl') });
 * ```
 *
 * @throws {PosternError} from its functions: `JOURNAL_WRITE_FAILED` (disk full, read-only, failed sync; also
 *   every later append), `JOURNAL_BROKEN` with the line, `UNSUPPORTED_VERSION`, `INVALID_INPUT` for a file
 *   that is not a journal, `LOCKED` with the holder, `FILE_UNREADABLE`, `INPUT_TOO_LARGE` over 64 MiB.
 */
export function fileJournal(path: string, options: FileJournalOptions = {}): Journal {
  // A program without types may lack it.
  if (typeof path !== 'string' || path === '') {
    throw new InvalidInputError('INVALID_INPUT', 'fileJournal: `path` is required', {
      place: { path: 'path' },
      details: { key: 'path' },
      remedy: "Pass the name of a file: fileJournal('shop.journal').",
    });
  }

  const disk = { ...journalFolder, ...options.disk };
  const { onNote } = options;
  let writer: Writer | undefined;

  const load = async (file: JournalFile): Promise<Loaded> => {
    const { good, dropped } = await readText(file, path);
    const journal = readJournalText(good, path);
    if (dropped > 0) onNote?.(`${path}: ${dropped} bytes at the end are no text and are left out`);
    for (const note of journal.notes) onNote?.(`${path}: ${note}`);
    return { ...journal, text: good.slice(0, journal.goodLength) };
  };

  const openCurrent = async (): Promise<{ readonly file: JournalFile; readonly journal: Loaded }> => {
    const file = await disk.open(path, 'append').catch((error: unknown) => {
      throw writeFailed(path, error);
    });
    if (!file) throw new PosternError('INTERNAL', 'journal: no file to append to');

    try {
      return { file, journal: await load(file) };
    } catch (error) {
      await file.close();
      throw error;
    }
  };

  /** The file for appending; the journal is rotated before, if that is due. */
  const openRotated = async (): ReturnType<typeof openCurrent> => {
    const current = await openCurrent();
    const { rotateAboveBytes = ROTATE_ABOVE_BYTES, keptFiles = KEPT_FILES } = options;
    const { text, records } = current.journal;
    if (!isDue(text, records, rotateAboveBytes)) return current;

    await current.file.close();
    const kept = await rotateJournal({ path, text, records, keptFiles, disk }).catch((error: unknown) => {
      throw writeFailed(path, error);
    });
    if (kept !== undefined) onNote?.(`${path}: past runs could not be moved to ${rotated(path, 1)}: ${describe(kept)}`);
    return openCurrent();
  };

  const writeGroup = async (current: Writer): Promise<void> => {
    const { group, text, hash } = nextGroup(current);
    if (group.length === 0) return; // an earlier write had them

    try {
      if (!current.failure) {
        current.lock.requireHeld(); // a line of a process that slept would break those of its successor
        await current.file.write(text);
        await current.file.sync();
      }
    } catch (error) {
      current.failure ??= writeFailed(path, error);
    }
    // Also when the lock was lost meanwhile: then another process's lines may precede these.
    if (!current.failure) current.hash = hash;
    for (const { settle } of group) settle(current.failure);
  };

  return {
    append: (record) => {
      const current = writer;
      if (!current) return Promise.reject(new PosternError('INTERNAL', 'journal: append without the lock'));

      return new Promise((resolve, reject) => {
        current.queued.push({ record, settle: (error) => (error === undefined ? resolve() : reject(error)) });
        current.last = current.last.then(() => writeGroup(current));
      });
    },

    read: async () => {
      const file = await disk.open(path, 'read').catch((error: unknown) => {
        throw unreadable(path, error);
      });
      if (!file) return [];

      try {
        return (await load(file)).records;
      } finally {
        await file.close();
      }
    },

    lock: inTurn(async () => {
      const current: { writer: Writer | undefined } = { writer: undefined };
      const lock = await lockFile(path, (error) => {
        if (current.writer) current.writer.failure ??= writeFailed(path, error);
      });
      try {
        current.writer = { ...(await startWriter(path, await openRotated())), lock };
      } catch (error) {
        await lock.release();
        throw error;
      }
      writer = current.writer;
      return {
        release: async () => {
          const mine = current.writer;
          if (!mine) return;

          current.writer = undefined; // a second release does nothing
          if (writer === mine) writer = undefined;
          await mine.last;
          await mine.file.close();
          await lock.release();
        },
      };
    }),

    fence: {
      holder: () => writer?.lock.holder.trim(),
      requireLock: () => {
        if (!writer) throw writeFailed(path, new LockLost('the lock is not held'));

        try {
          writer.lock.requireHeld();
        } catch (error) {
          throw writeFailed(path, error);
        }
      },
      hasEnded,
      note: (text) => onNote?.(text),
    },
  };
}

/** Takes the records that are written next; those that could not be read again are refused. */
function nextGroup(current: Writer): {
  readonly group: readonly Queued[];
  readonly text: string;
  readonly hash: string;
} {
  const group: Queued[] = [];
  let text = '';
  let { hash } = current;
  for (let next = current.queued[0]; next !== undefined; next = current.queued[0]) {
    try {
      const made = formatJournalLine(hash, next.record);
      if (text !== '' && text.length + made.line.length > GROUP_LENGTH) break;

      scanJson(made.line, { maxLength: MAX_LINE_LENGTH, maxDepth: MAX_DEPTH });
      text += made.line;
      hash = made.hash;
      group.push(next);
    } catch (error) {
      next.settle(error);
    }
    current.queued.shift();
  }
  return { group, text, hash };
}

/** Appends after the last valid line: an incomplete last line is removed, a new file gets its first line. */
async function startWriter(
  path: string,
  { file, journal: { text, hash } }: { readonly file: JournalFile; readonly journal: Loaded },
): Promise<Omit<Writer, 'lock'>> {
  try {
    await file.truncate(Buffer.byteLength(text));
    if (hash === '') await file.write(JOURNAL_HEADER.line);
    await file.sync();
  } catch (error) {
    await file.close();
    throw writeFailed(path, error);
  }
  return { file, hash: hash || JOURNAL_HEADER.hash, queued: [], last: Promise.resolve(), failure: undefined };
}

/**
 * The file's text. Invalid UTF-8 in its last line belongs to an incomplete line; elsewhere it fails the line's hash.
 */
async function readText(file: JournalFile, path: string): Promise<{ readonly good: string; readonly dropped: number }> {
  const bytes = await file.read().catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (bytes.length > PLAN_MAX_BYTES) {
    throw new InvalidInputError('INPUT_TOO_LARGE', `${path}: larger than ${PLAN_MAX_BYTES} bytes`, {
      place: { file: path },
      remedy: 'Move the file away; only the report of past runs is lost.',
    });
  }

  const lastLine = bytes.lastIndexOf(10) + 1;
  const tail = bytes.subarray(lastLine);
  const isText = Buffer.from(tail.toString('utf8')).equals(tail);
  // A file without a single line end is not a Postern journal, and must not be truncated.
  const good = isText || lastLine === 0 ? bytes : bytes.subarray(0, lastLine);
  return { good: good.toString('utf8'), dropped: bytes.length - good.length };
}

function writeFailed(path: string, error: unknown): PosternError {
  return new PosternError('JOURNAL_WRITE_FAILED', `${path}: ${describe(error)}`, {
    place: { file: path },
    remedy:
      error instanceof LockLost
        ? 'Nothing more was changed. `postern status` shows where it stands. The process that has the lock goes on with it, after it has waited for what was sent.'
        : 'Free space or choose another place, then run again; the next run looks at the cloud first.',
    cause: error,
  });
}

function unreadable(path: string, error: unknown): PosternError {
  return new PosternError('FILE_UNREADABLE', `${path}: ${describe(error)}`, { place: { file: path }, cause: error });
}
