import { InvalidInputError } from '../../errors.js';
import { lineAndColumn } from './line-and-column.js';
import { MAX_TEXT } from './spec-limits.js';

/**
 * What no spec may hold: controls other than tab and line breaks, U+2028 and U+2029 (which some readers take for line
 * breaks, so that lines would be counted differently), lone surrogates, U+FFFE and U+FFFF, and a byte order mark inside the text.
 */
const UNREADABLE =
  // oxlint-disable-next-line no-control-regex -- controls are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Anything but what nearly every spec consists of; to look for this alone is ten times as fast. */
const UNUSUAL = /[^\t\n\r -~]/;

/**
 * A spec's text as all readers take it: a byte order mark at the start is dropped; CRLF, and CR alone, become LF.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE` over `most` (4 MiB), `INVALID_YAML` for characters that no spec holds; with line and column.
 */
export function cleanText(source: string, file?: string, most: number = MAX_TEXT): string {
  if (source.length > most) {
    throw new InvalidInputError('INPUT_TOO_LARGE', `the text is over ${most / 1024 / 1024} MiB long`, {
      remedy: 'Split the spec by project.',
      place: { file, ...lineAndColumn(source, most) },
    });
  }
  const text = (source.startsWith('\ufeff') ? source.slice(1) : source).replace(/\r\n?/g, '\n');
  if (!UNUSUAL.test(text)) return text;
  const unreadable = text.search(UNREADABLE);
  if (unreadable === -1) return text;
  const code = (text.codePointAt(unreadable) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new InvalidInputError('INVALID_YAML', `the text holds the character U+${code}`, {
    remedy: 'Save the file as UTF-8 and remove the character.',
    place: { file, ...lineAndColumn(text, unreadable) },
  });
}
