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

/**
 * Parses JSON that comes from outside; see {@link scanJson} for what is refused besides bad syntax. A member `__proto__` is refused, too:
 * nothing that we write has one.
 * @throws {InvalidInputError} `INVALID_INPUT`, `INPUT_TOO_LARGE`, with line and column.
 */
export function parseJson(text: string, { file, maxLength = MAX_FILE_LENGTH }: ParseOptions = {}): unknown {
  const limits = { maxLength, maxDepth: MAX_DEPTH };
  const written = countMembers(text, limits, file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const position = findSyntaxError(text);
    throw new InvalidInputError('INVALID_INPUT', `JSON: ${whatIsWrong(text, position)}`, {
      place: position === undefined ? { file } : placeAt(text, position, file),
      cause: error,
      remedy: 'Have the file written anew: it is no JSON.',
    });
  }
  const found = members(value);
  if (found < 0) {
    throw new InvalidInputError('INVALID_INPUT', 'JSON: a member is named __proto__', {
      place: placeOfKey(text, '__proto__', limits, file),
      remedy: 'Have the file written anew: nothing that Postern writes has such a member.',
    });
  }
  // Of members with one name the parser keeps the last. To see that one got lost costs less than to remember all names.
  if (found !== written) scanJson(text, limits, file);
  return value;
}

function whatIsWrong(text: string, position: number | undefined): string {
  if (position === undefined) return 'it cannot be parsed';
  if (position >= text.length) return text.length === 0 ? 'the file is empty' : 'the text ends too early';
  return `${JSON.stringify(text.slice(position, position + 1))} cannot stand here`;
}

/** How many members all objects in a value have, or less than none where one is named `__proto__`. It is at most {@link MAX_DEPTH} deep. */
function members(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let found = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') found += members(item);
    return found;
  }
  for (const key in value) {
    if (key === '__proto__') return Number.NEGATIVE_INFINITY;
    found += 1;
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object') found += members(member);
  }
  return found;
}
