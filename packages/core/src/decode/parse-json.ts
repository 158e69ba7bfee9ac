import { membersOf } from '../do/forms/lists.js';
import { mostMembers } from './json-schemas.js';
import { jsonError, keyTwice, MAX_DEPTH, placeAt, refuseDeep, refuseTooLong, scanKeys } from './scan-json.js';
import { findSyntaxError } from './syntax-error.js';

/** Longest text of a plan or journal that is read, in UTF-16 code units. */
const MAX_FILE_LENGTH = 64 * 1024 * 1024;
/** Longest text of a snapshot: one of 20,000 links, 200,000 targets and 500,000 rules has about 280 million. */
export const MAX_SNAPSHOT_LENGTH = 384 * 1024 * 1024;

export interface ParseOptions {
  /** The file's name, for errors. */
  readonly file?: string | undefined;
  /** By default {@link MAX_FILE_LENGTH}. */
  readonly maxLength?: number | undefined;
  /** By default {@link MAX_DEPTH}. It holds for long texts: the value of a short one is to be looked at. */
  readonly maxDepth?: number | undefined;
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
export function parseUncompared(
  text: string,
  { file, maxLength = MAX_FILE_LENGTH, maxDepth = MAX_DEPTH }: ParseOptions = {},
): Parsed {
  const limits = { maxLength, maxDepth };
  refuseTooLong(text, maxLength, file);
  refuseDeep(text, limits, file);
  try {
    return { value: JSON.parse(text) as unknown, written: mostMembers(text) };
  } catch (error) {
    scanKeys(text, limits, file);
    const position = findSyntaxError(text);
    const place = position === undefined ? { file } : placeAt(text, position, file);
    const remedy = 'Write the file again: it is not valid JSON.';
    throw jsonError(place, whatIsWrong(text, position), { remedy, cause: error });
  }
}

/**
 * Refuses a text that has other members or numbers than its parsed value. Of members with one name the parser
 * keeps the last. Detecting the loss by a count needs less memory than storing all names.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE`, `INVALID_INPUT`, with line and column.
 */
export function refuseLost(text: string, { file, maxLength = MAX_FILE_LENGTH }: ParseOptions = {}): void {
  const { proto, twice } = scanKeys(text, { maxLength, maxDepth: MAX_DEPTH }, file);
  if (proto !== undefined)
    throw jsonError(placeAt(text, proto, file), 'the key __proto__ is not allowed', { remedy: 'Remove it.' });
  if (twice !== undefined) throw keyTwice(text, twice, file);
}

function whatIsWrong(text: string, position: number | undefined): string {
  if (position === undefined) return 'it cannot be parsed';
  if (position >= text.length) return text.length === 0 ? 'the file is empty' : 'the text ends too early';

  return `unexpected ${JSON.stringify(text.slice(position, position + 1))}`;
}
