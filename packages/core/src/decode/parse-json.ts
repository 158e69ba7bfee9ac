import { InvalidInputError } from '../errors.js';
import { mostMembers } from './most-members.js';
import { keyTwice, MAX_DEPTH, placeAt, refuseDeep, refuseTooLong, scanKeys } from './scan-json.js';
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
  /** See `mostMembers`. */
  readonly written: number | undefined;
}

/**
 * Parses JSON from outside; see {@link scanKeys} for what is refused besides bad syntax. A member
 * `__proto__` is refused as well, because Postern never writes one, and so is a key twice in one object.
 * @throws {InvalidInputError} `INVALID_INPUT`, `INPUT_TOO_LARGE`, with line and column.
 */
export function parseJson(text: string, options: ParseOptions = {}): unknown {
  const { value, written } = parseUncompared(text, options);
  if (membersOf(value) !== written) refuseLost(text, options);
  return value;
}

/**
 * As {@link parseJson}, for a caller that counts the members of the value as {@link membersOf} does: if that is not
 * `written`, call {@link refuseLost}.
 * @throws {InvalidInputError} `INVALID_INPUT`, `INPUT_TOO_LARGE`, with line and column.
 */
export function parseUncompared(text: string, { file, maxLength = MAX_FILE_LENGTH }: ParseOptions = {}): Parsed {
  const limits = { maxLength, maxDepth: MAX_DEPTH };
  refuseTooLong(text, maxLength, file);
  refuseDeep(text, limits, file);
  try {
    return { value: JSON.parse(text) as unknown, written: mostMembers(text) };
  } catch (error) {
    scanKeys(text, limits, file);
    const position = findSyntaxError(text);
    throw new InvalidInputError('INVALID_INPUT', `JSON: ${whatIsWrong(text, position)}`, {
      place: position === undefined ? { file } : placeAt(text, position, file),
      cause: error,
      remedy: 'Write the file again: it is not valid JSON.',
    });
  }
}

/**
 * Refuses a text that has other members or numbers than its parsed value. Of members with one name the parser
 * keeps the last. Detecting the loss by a count needs less memory than storing all names.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE`, `INVALID_INPUT`, with line and column.
 */
export function refuseLost(text: string, { file, maxLength = MAX_FILE_LENGTH }: ParseOptions = {}): void {
  const { proto, twice } = scanKeys(text, { maxLength, maxDepth: MAX_DEPTH }, file);
  if (proto !== undefined) {
    const place = placeAt(text, proto, file);
    throw new InvalidInputError('INVALID_INPUT', 'JSON: the key __proto__ is not allowed', {
      place,
      remedy: 'Remove it.',
    });
  }
  if (twice !== undefined) throw keyTwice(text, twice, file);
}

function whatIsWrong(text: string, position: number | undefined): string {
  if (position === undefined) return 'it cannot be parsed';
  if (position >= text.length) return text.length === 0 ? 'the file is empty' : 'the text ends too early';
  return `${JSON.stringify(text.slice(position, position + 1))} cannot stand here`;
}

/**
 * The number of members of all objects in a value; negative where its text needs a closer look: for a member that is named
 * `__proto__`, a number that may not be the written one, or more than {@link MAX_DEPTH} levels.
 */
export function membersOf(value: unknown, depth = 0): number {
  if (typeof value === 'number') return isDoubtful(value) ? Number.NEGATIVE_INFINITY : 0;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === MAX_DEPTH) return Number.NEGATIVE_INFINITY;
  let found = 0;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const item: unknown = value[at];
      if (typeof item !== 'string') found += membersOf(item, depth + 1);
    }
    return found;
  }
  for (const key in value) {
    if (key === '__proto__') return Number.NEGATIVE_INFINITY;
    found += 1;
    const member = (value as Record<string, unknown>)[key];
    if (typeof member !== 'string') found += membersOf(member, depth + 1);
  }
  return found;
}

/** Whether the text may have had another number: this is -0, infinite, or an integer that doubles do not hold one by one. */
export function isDoubtful(value: number): boolean {
  return Number.isInteger(value) ? !Number.isSafeInteger(value) || Object.is(value, -0) : !Number.isFinite(value);
}
