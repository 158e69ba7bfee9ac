import { InvalidInputError } from '../errors.js';
import { countMembers, MAX_DEPTH, placeAt, placeOfKey, scanJson } from './scan-json.js';
import { findSyntaxError } from './syntax-error.js';

/** Longest text of a plan or journal that is read, in UTF-16 code units. */
export const MAX_FILE_LENGTH = 64 * 1024 * 1024;
/** Longest text of a snapshot: one of 20,000 links, 200,000 targets and 500,000 rules has about 280 million. */
export const MAX_SNAPSHOT_LENGTH = 384 * 1024 * 1024;

export interface ParseOptions {
  /** The file's name, for errors. */
  readonly file?: string | undefined;
  /** By default {@link MAX_FILE_LENGTH}. */
  readonly maxLength?: number | undefined;
}

/** The parsed value of a text, not yet compared with the text. */
export interface Parsed {
  readonly value: unknown;
  /** How many members the objects of the text have. */
  readonly written: number;
}

/**
 * Parses JSON from outside; see {@link scanJson} for what is refused besides bad syntax. A member `__proto__`
 * is refused as well, because Postern never writes one.
 * @throws {InvalidInputError} `INVALID_INPUT`, `INPUT_TOO_LARGE`, with line and column.
 */
export function parseJson(text: string, options: ParseOptions = {}): unknown {
  const { value, written } = parseUncompared(text, options);
  if (membersOf(value) !== written) refuseLost(text, value, options);
  return value;
}

/**
 * As {@link parseJson}, for a caller that counts the members of the value: if the number differs from that of
 * the text, call {@link refuseLost}.
 * @throws {InvalidInputError} `INVALID_INPUT`, `INPUT_TOO_LARGE`, with line and column.
 */
export function parseUncompared(text: string, { file, maxLength = MAX_FILE_LENGTH }: ParseOptions = {}): Parsed {
  const written = countMembers(text, { maxLength, maxDepth: MAX_DEPTH }, file);
  try {
    return { value: JSON.parse(text) as unknown, written };
  } catch (error) {
    const position = findSyntaxError(text);
    throw new InvalidInputError('INVALID_INPUT', `JSON: ${whatIsWrong(text, position)}`, {
      place: position === undefined ? { file } : placeAt(text, position, file),
      cause: error,
      remedy: 'Write the file again: it is not valid JSON.',
    });
  }
}

/**
 * Finds the members of a text that its parsed value lacks. Of members with one name the parser keeps the
 * last. Detecting the loss by a count needs less memory than storing all names.
 * @throws {InvalidInputError} `INVALID_INPUT`, with line and column.
 */
export function refuseLost(
  text: string,
  value: unknown,
  { file, maxLength = MAX_FILE_LENGTH }: ParseOptions = {},
): void {
  const limits = { maxLength, maxDepth: MAX_DEPTH };
  if (membersOf(value) < 0) {
    throw new InvalidInputError('INVALID_INPUT', 'JSON: a member is named __proto__', {
      place: placeOfKey(text, '__proto__', limits, file),
      remedy: 'Have the file written anew: nothing that Postern writes has such a member.',
    });
  }
  scanJson(text, limits, file);
}

function whatIsWrong(text: string, position: number | undefined): string {
  if (position === undefined) return 'it cannot be parsed';
  if (position >= text.length) return text.length === 0 ? 'the file is empty' : 'the text ends too early';
  return `${JSON.stringify(text.slice(position, position + 1))} cannot stand here`;
}

/**
 * The number of members of all objects in a value; negative where one is named `__proto__`. The value is at
 * most {@link MAX_DEPTH} deep.
 */
export function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let found = 0;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const item: unknown = value[at];
      if (typeof item === 'object') found += membersOf(item);
    }
    return found;
  }
  for (const key in value) {
    if (key === '__proto__') return Number.NEGATIVE_INFINITY;
    found += 1;
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object') found += membersOf(member);
  }
  return found;
}
