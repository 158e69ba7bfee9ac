import { JOURNAL_VERSION, type JournalRecord } from '../do/apply/journal.js';
import { InvalidInputError, PosternError } from '../ground/errors.js';
import { hashText } from '../ground/hash.js';
import { MAX_DEPTH, scanJson } from './scan-json.js';

/**
 * The text format of a journal: one record per line, `{"hash":"…","record":{…}}`, where each hash covers the
 * previous one, so that a changed, lost or moved line is detected. It protects against damage, not against
 * forgery: a journal is a hint, and deletions depend on marks in the cloud. The first line names the version.
 */
export interface JournalText {
  readonly records: readonly JournalRecord[];
  /** What was skipped, as text: an incomplete last line, a line written twice. */
  readonly notes: readonly string[];
  /** The hash of the last valid line; the next line continues from it. Empty for an empty journal. */
  readonly hash: string;
  /** How many characters of the text, from its start, are valid. The rest is an incomplete line to remove. */
  readonly goodLength: number;
}

/** Longest line, in UTF-16 code units. */
export const MAX_LINE_LENGTH = 1024 * 1024;

const LINE = /^\{"hash":"([0-9a-f]{16})","record":(.*)\}$/s;
const LINE_START = /\{"hash":"[0-9a-f]{16}","record":\{"type":"/;
/** JSON allows them, but editors, log shippers and `split` treat them as line ends. */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;
const TYPES: ReadonlySet<unknown> = new Set(['run', 'before', 'after', 'failed', 'end']);

/** One record as one line, newline included, and its hash. `previous` is the hash of the line before. */
export function formatJournalLine(
  previous: string,
  record: JournalRecord,
): { readonly line: string; readonly hash: string } {
  return formatLine(previous, JSON.stringify(record));
}

/** The first line of every journal. */
export const JOURNAL_HEADER = formatLine('', JSON.stringify({ type: 'version', version: JOURNAL_VERSION }));

/**
 * Reads a journal's text. An incomplete last line, left when the machine stopped during a write, is skipped
 * with a note. A line that occurs twice in a row is skipped with a note as well.
 * @throws {PosternError} `JOURNAL_BROKEN` with the line's number where anything before the incomplete last
 *   line is damaged; `UNSUPPORTED_VERSION` where a newer version wrote it; `INVALID_INPUT` where the text is
 *   not a Postern journal.
 */
export function readJournalText(text: string, file?: string): JournalText {
  const records: JournalRecord[] = [];
  const notes: string[] = [];
  let hash = '';
  let goodLength = 0;
  for (let number = 1; goodLength < text.length; number += 1) {
    const newline = text.indexOf('\n', goodLength);
    const end = newline === -1 ? text.length : newline;
    const body = bodyOf(text.slice(goodLength, end), hash);
    if (body === undefined || newline === -1) {
      const tail = text.slice(goodLength);
      if (number === 1) checkTornHeader(tail, file);
      else if (newline !== -1 && newline !== text.length - 1) throw broken(number, file);
      else if (LINE_START.test(tail.slice(1))) throw broken(number, file); // two lines that lost the newline between them
      notes.push(`line ${number}: ${tail.length} characters at the end were not completely written and are left out`);
      break;
    }

    goodLength = newline + 1;
    if (body.hash === hash) {
      notes.push(`line ${number}: stands twice and counts once`);
      continue;
    }

    hash = body.hash;
    const value = parseBody(body.text, number, file);
    if (number === 1) checkHeader(value, file);
    else if (isRecord(value)) records.push(value);
    else throw broken(number, file);
  }
  return { records, notes, hash, goodLength };
}

function formatLine(previous: string, json: string): { readonly line: string; readonly hash: string } {
  const body = json.replace(LINE_ENDS, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const hash = hashText(`${previous}\n${body}`);
  return { line: `{"hash":"${hash}","record":${body}}\n`, hash };
}

/**
 * The record's text of a line whose hash matches, or which repeats the line before; `undefined` for all other lines.
 */
function bodyOf(line: string, previous: string): { readonly hash: string; readonly text: string } | undefined {
  const match = line.length <= MAX_LINE_LENGTH ? LINE.exec(line) : null;
  const [, hash = '', text = ''] = match ?? [];
  if (!match) return undefined;

  return hash === previous || hash === hashText(`${previous}\n${text}`) ? { hash, text } : undefined;
}

function parseBody(text: string, number: number, file: string | undefined): unknown {
  try {
    scanJson(text, { maxLength: MAX_LINE_LENGTH, maxDepth: MAX_DEPTH });
    return JSON.parse(text);
  } catch (error) {
    throw broken(number, file, error);
  }
}

function checkHeader(value: unknown, file: string | undefined): void {
  if (typeof value !== 'object' || value === null || !('version' in value)) throw notOurs(file);
  if (value.version === JOURNAL_VERSION) return;

  throw new PosternError(
    'UNSUPPORTED_VERSION',
    `journal: version ${String(value.version)}; this program reads ${JOURNAL_VERSION}`,
    {
      place: { file, line: 1 },
      remedy:
        'Use the version of Postern that wrote it, or move the file away; what is on the cloud is found by its marks.',
    },
  );
}

/**
 * Only the beginning of Postern's own first line, or zeros, may count as an incomplete journal, because it
 * will be removed.
 */
function checkTornHeader(tail: string, file: string | undefined): void {
  const written = tail.replace(/(?<!\0)\0+$/, '');
  if (tail.search(LINE_START) === 0 && tail.includes('\n')) throw broken(1, file); // a journal's line, with another hash
  if (!JOURNAL_HEADER.line.startsWith(written)) throw notOurs(file);
}

function isRecord(value: unknown): value is JournalRecord {
  if (typeof value !== 'object' || value === null) return false;

  const record = value as Partial<Record<keyof JournalRecord, unknown>>;
  const { type, at, run, unit, step, part, until, by, durationMs, calls = {} } = record;
  const isText = (member: unknown): boolean => typeof member === 'string';
  const isOptional = (member: unknown): boolean => member === undefined || isText(member);
  const isCount = (member: unknown): boolean => Number.isSafeInteger(member) && Number(member) >= 0;
  return (
    TYPES.has(type) &&
    isText(at) &&
    isText(run) &&
    [unit, step, part, until, by].every(isOptional) &&
    (durationMs === undefined || isCount(durationMs)) &&
    typeof calls === 'object' &&
    calls !== null &&
    Object.values(calls).every(isCount)
  );
}

function broken(line: number, file: string | undefined, cause?: unknown): PosternError {
  return new PosternError('JOURNAL_BROKEN', `journal: line ${line} is damaged`, {
    place: { file, line },
    remedy:
      'Move the file away and run again: what was made is found by its marks on the cloud. Only what interrupted runs did, and open moves, are not known any more.',
    cause,
  });
}

function notOurs(file: string | undefined): PosternError {
  return new InvalidInputError('INVALID_INPUT', 'journal: the file is not a Postern journal', {
    place: { file, line: 1 },
    remedy: 'Move the file away and run again; it is not changed.',
  });
}
