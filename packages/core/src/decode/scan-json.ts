import type { ErrorCode } from '../ground/error-codes.js';
import { InvalidInputError, type PosternErrorOptions, type SourcePlace } from '../ground/errors.js';
import { lineAndColumn } from '../ground/text/line-and-column.js';

export { MAX_JSON_DEPTH as MAX_DEPTH } from '../ground/json.js';

/** How much of a text is read. */
export interface ScanLimits {
  /** UTF-16 code units. */
  readonly maxLength: number;
  /** Arrays and objects inside each other. */
  readonly maxDepth: number;
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A number with this many digits is always exact as a double. */
const SAFE_DIGITS = 15;

/** Where the keys of a JSON text are not as they have to be. Each is the first position of its kind. */
export interface KeyFaults {
  /** A key `__proto__`. */
  readonly proto: number | undefined;
  /** A key that its object has already. */
  readonly twice: number | undefined;
}

/**
 * Checks a JSON text, in one pass and without recursion: too long, too deep, a number that JavaScript would change
 * (1e400, 2⁵³+1, -0). Returns what is wrong with its keys. The parser reports text that is not JSON.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE` for length and depth, `INVALID_INPUT` for a number; both with
 *   line and column.
 */
export function scanKeys(text: string, limits: ScanLimits, file?: string): KeyFaults {
  const open: (Set<string> | undefined)[] = [];
  let proto: number | undefined;
  let twice: number | undefined;
  scan(text, limits, file, {
    open: (isObject) => void open.push(isObject ? new Set() : undefined),
    close: () => void open.pop(),
    string: (start, end) => {
      const keys = open.at(-1);
      if (keys === undefined || !isKey(text, end)) return;

      const key = textOf(text.slice(start, end));
      if (key === '__proto__') proto ??= start;
      if (keys.has(key)) twice ??= start;
      keys.add(key);
    },
  });
  return { proto, twice };
}

/**
 * As {@link scanKeys}, and refuses a key twice in one object.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE`, `INVALID_INPUT`, with line and column.
 */
export function scanJson(text: string, limits: ScanLimits, file?: string): void {
  const { twice } = scanKeys(text, limits, file);
  if (twice !== undefined) throw keyTwice(text, twice, file);
}

/** An error about a text, which begins with the name of its file. */
export function jsonError(
  place: SourcePlace,
  message: string,
  { code = 'INVALID_INPUT', ...options }: Pick<PosternErrorOptions, 'remedy' | 'cause'> & { readonly code?: ErrorCode },
): InvalidInputError {
  return new InvalidInputError(code, `${place.file ?? 'JSON'}: ${message}`, { place, ...options });
}

/** The error for a key that its object has already. */
export function keyTwice(text: string, position: number, file?: string): InvalidInputError {
  const key = JSON.stringify(textOf(text.slice(position, endOfString(text, position))).slice(0, 80));
  return jsonError(placeAt(text, position, file), `the key ${key} stands twice`, { remedy: 'Remove one of the two.' });
}

/** Texts that are longer are checked for depth before they are parsed, in UTF-16 code units. */
const LONG = 4 * 1024 * 1024;

/**
 * Checks the depth and numbers of a long text. The parser needs up to fifty times the memory of a text of brackets: for
 * one that is not long, some 200 MB.
 * @throws {InvalidInputError} as {@link scanKeys}.
 */
export function refuseDeep(text: string, limits: ScanLimits, file?: string): void {
  if (text.length <= LONG) return;

  scan(text, limits, file, { open: () => undefined, close: () => undefined, string: () => undefined });
}

/** Callbacks for a text that is scanned. */
interface Listener {
  readonly open: (isObject: boolean) => void;
  readonly close: () => void;
  /** A string, quotes included. */
  readonly string: (start: number, end: number) => void;
}

/** @throws {InvalidInputError} `INPUT_TOO_LARGE` for a text that is too long to be read. */
export function refuseTooLong(text: string, maxLength: number, file?: string): void {
  if (text.length <= maxLength) return;

  throw jsonError({ file }, `${text.length} characters; ${maxLength} are read`, { code: 'INPUT_TOO_LARGE' });
}

function scan(text: string, limits: ScanLimits, file: string | undefined, listener: Listener): void {
  refuseTooLong(text, limits.maxLength, file);
  let depth = 0;
  for (let index = 0; index < text.length;) {
    const unit = text.charCodeAt(index);
    if (unit === QUOTE) {
      const end = endOfString(text, index);
      listener.string(index, end);
      index = end;
    } else if (unit === MINUS || (unit >= ZERO && unit <= NINE)) {
      index += numberLength(text, index, file);
    } else {
      if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
        depth += 1;
        if (depth > limits.maxDepth) throw tooDeep(text, index, limits, file);

        listener.open(unit === OPEN_BRACE);
      } else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) {
        depth -= 1;
        listener.close();
      }
      index += 1;
    }
  }
}

const [QUOTE, BACKSLASH, MINUS, ZERO, NINE] = [0x22, 0x5c, 0x2d, 0x30, 0x39];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/** How long the number at `start` is; refuses one that a double does not hold. */
function numberLength(text: string, start: number, file: string | undefined): number {
  let end = start;
  while (end < text.length && text.charCodeAt(end) >= ZERO && text.charCodeAt(end) <= NINE) end += 1;
  const next = text.charCodeAt(end) | 0x20; // `.` is not a letter and does not change
  if (end > start && end - start <= SAFE_DIGITS && next !== 0x65 && next !== 0x2e) return end - start;

  NUMBER.lastIndex = start;
  const token = NUMBER.exec(text)?.[0] ?? text.charAt(start);
  if (isExact(token)) return token.length;

  throw jsonError(placeAt(text, start, file), `the number ${token.slice(0, 40)} cannot be read exactly`, {
    remedy: 'Write it as text, or without what no double can hold.',
  });
}

function tooDeep(text: string, index: number, { maxDepth }: ScanLimits, file: string | undefined): InvalidInputError {
  return jsonError(placeAt(text, index, file), `nested deeper than ${maxDepth}`, { code: 'INPUT_TOO_LARGE' });
}

/** The place of a position in a text. */
export function placeAt(text: string, index: number, file?: string): SourcePlace {
  return { file, ...lineAndColumn(text, index) };
}

/** The position after the closing quote, or the text's end. */
function endOfString(text: string, start: number): number {
  // Hardly any string holds a backslash, and a search is many times as fast as a loop.
  const quote = text.indexOf('"', start + 1);
  if (quote === -1) return text.length;
  if (text.charCodeAt(quote - 1) !== BACKSLASH) return quote + 1;

  for (let index = start + 1; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === QUOTE) return index + 1;

    if (unit === BACKSLASH) index += 1;
  }
  return text.length;
}

function isKey(text: string, end: number): boolean {
  let index = end;
  while (text[index] === ' ' || text[index] === '\t' || text[index] === '\n' || text[index] === '\r') index += 1;
  return text[index] === ':';
}

/** `"\u0061"` and `"a"` are one key. A broken escape is the parser's to report. */
function textOf(raw: string): string {
  if (!raw.includes('\\')) return raw.slice(1, -1);

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

  // `String` writes large integers shorter than they are. A number that Postern wrote is read back.
  return !/^-?\d{16,}$/.test(token) || String(value) === token || BigInt(token) === BigInt(value);
}
