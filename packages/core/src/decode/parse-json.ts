import { InvalidInputError } from '../errors.js';
import { MAX_DEPTH, placeAt, scanJson } from './scan-json.js';

/** Longest text of a snapshot, plan or journal that is read, in UTF-16 code units. */
export const MAX_FILE_LENGTH = 64 * 1024 * 1024;

/**
 * Parses JSON that comes from outside; see {@link scanJson} for what is refused besides bad syntax.
 * @throws {InvalidInputError} `INVALID_INPUT`, `INPUT_TOO_LARGE`, with line and column.
 */
export function parseJson(text: string, file?: string): unknown {
  scanJson(text, { maxLength: MAX_FILE_LENGTH, maxDepth: MAX_DEPTH }, file);
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const position = positionOf(why, text);
    const place = position === undefined ? { file } : placeAt(text, position, file);
    throw new InvalidInputError('INVALID_INPUT', `JSON: ${why.slice(0, 200)}`, {
      place,
      cause: error,
      remedy: 'Have the file written anew: it is no JSON.',
    });
  }
}

/** Longest text in which the place of an unexpected token is searched for. */
const MAX_SEARCH_LENGTH = 1024 * 1024;

/** Where the syntax goes wrong. V8 says the position of most mistakes, or that the text ends too early; not of a wrong token. */
function positionOf(why: string, text: string): number | undefined {
  const position = /at position (\d+)/.exec(why)?.[1];
  if (position !== undefined) return Number(position);
  if (/end of/i.test(why)) return text.length;
  if (!WRONG_TOKEN.test(why) || text.length > MAX_SEARCH_LENGTH) return undefined;
  // The shortest beginning of the text that holds the wrong token ends with it.
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (hasWrongToken(text.slice(0, middle))) bad = middle;
    else good = middle;
  }
  return bad - 1;
}

const WRONG_TOKEN = /^Unexpected token/;

function hasWrongToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return error instanceof Error && WRONG_TOKEN.test(error.message);
  }
}
