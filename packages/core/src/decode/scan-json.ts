import { InvalidInputError, type SourcePlace } from '../errors.js';

/** How much of a text is read. */
export interface ScanLimits {
  /** UTF-16 code units. */
  readonly maxLength: number;
  /** Arrays and objects inside each other. */
  readonly maxDepth: number;
}

/** Deeper than anything that we write, and shallow enough for every recursion that follows. */
export const MAX_DEPTH = 64;

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING_END = /["\\]/g;

/**
 * Looks through a JSON text before anything parses it, in one pass and without recursion: too long, too deep, a key twice in
 * one object, a number that JavaScript would change (1e400, 2⁵³+1, -0). What is no JSON at all is left to the parser.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE` for length and depth, `INVALID_INPUT` for the others; both with line and column.
 */
export function scanJson(text: string, limits: ScanLimits, file?: string): void {
  if (text.length > limits.maxLength) {
    throw new InvalidInputError('INPUT_TOO_LARGE', `JSON: ${text.length} characters; ${limits.maxLength} are read`, {
      place: { file },
    });
  }
  /** The keys of each open object, `undefined` for an open array. */
  const open: (Set<string> | undefined)[] = [];
  for (let index = 0; index < text.length;) {
    const character = text[index];
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > limits.maxDepth) {
        throw new InvalidInputError('INPUT_TOO_LARGE', `JSON: nested deeper than ${limits.maxDepth}`, {
          place: placeAt(text, index, file),
        });
      }
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      const end = endOfString(text, index);
      const keys = open.at(-1);
      if (keys && isKey(text, end)) checkKey(text, index, end, keys, file);
      index = end;
      continue;
    } else if (character === '-' || (character !== undefined && character >= '0' && character <= '9')) {
      NUMBER.lastIndex = index;
      const token = NUMBER.exec(text)?.[0] ?? character;
      if (!isExact(token)) {
        throw new InvalidInputError('INVALID_INPUT', `JSON: the number ${token.slice(0, 40)} cannot be read exactly`, {
          place: placeAt(text, index, file),
          remedy: 'Write it as text, or without what no double can hold.',
        });
      }
      index += token.length;
      continue;
    }
    index += 1;
  }
}

/** Line and column, from 1, of a position in a text. */
export function placeAt(text: string, index: number, file?: string): SourcePlace {
  const before = text.slice(0, index);
  return { file, line: before.split('\n').length, column: index - before.lastIndexOf('\n') };
}

/** The position behind the closing quote, or the text's end. */
function endOfString(text: string, start: number): number {
  for (STRING_END.lastIndex = start + 1; ;) {
    const match = STRING_END.exec(text);
    if (!match) return text.length;
    if (match[0] === '"') return match.index + 1;
    STRING_END.lastIndex = match.index + 2;
  }
}

function isKey(text: string, end: number): boolean {
  let index = end;
  while (text[index] === ' ' || text[index] === '\t' || text[index] === '\n' || text[index] === '\r') index += 1;
  return text[index] === ':';
}

function checkKey(text: string, start: number, end: number, keys: Set<string>, file: string | undefined): void {
  const raw = text.slice(start, end);
  const key = raw.includes('\\') ? unescaped(raw) : raw.slice(1, -1);
  if (keys.has(key)) {
    throw new InvalidInputError('INVALID_INPUT', `JSON: the key ${JSON.stringify(key.slice(0, 80))} stands twice`, {
      place: placeAt(text, start, file),
    });
  }
  keys.add(key);
}

/** `"\u0061"` and `"a"` are one key. A broken escape is the parser's to report. */
function unescaped(raw: string): string {
  try {
    return JSON.parse(raw) as string;
  } catch {
    return raw;
  }
}

function isExact(token: string): boolean {
  const value = Number(token);
  if (!Number.isFinite(value)) return token === '-'; // a lone sign is the parser's to report
  if (Object.is(value, -0)) return false;
  // `String` writes large whole numbers shorter than they are; what a program of ours wrote is read again.
  return !/^-?\d{16,}$/.test(token) || String(value) === token || BigInt(token) === BigInt(value);
}
