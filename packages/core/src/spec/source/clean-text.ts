import { InvalidInputError } from '../../ground/errors.js';
import { lineAndColumn } from '../../ground/text/line-and-column.js';
import { MAX_TEXT } from './spec-limits.js';

/**
 * Characters that a spec may not contain: controls other than tab and line breaks, U+2028 and U+2029 (which
 * some readers treat as line breaks, so that line numbers would differ), lone surrogates, U+FFFE and U+FFFF,
 * and a byte order mark inside the text.
 */
const UNREADABLE =
  // oxlint-disable-next-line no-control-regex -- controls are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** All characters except those of nearly every spec; a search for these alone is ten times as fast. */
const UNUSUAL = /[^\t\n\r -~]/;

/**
 * Normalizes a spec's text: a byte order mark at the start is removed; CRLF, and CR alone, become LF.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE` over `most` (4 MiB), `INVALID_YAML` for characters that a
 *   spec may not contain; with line and column.
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
