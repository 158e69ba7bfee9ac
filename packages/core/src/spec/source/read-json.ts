import { refuseLost } from '../../decode/parse-json.js';
import { membersOf } from '../../do/forms/lists.js';
import { mostMembers } from '../../decode/json-schemas.js';
import { refuseDeep, scanKeys, type ScanLimits } from '../../decode/scan-json.js';
import { findSyntaxError } from '../../decode/syntax-error.js';
import { InvalidInputError, isPosternError } from '../../ground/errors.js';
import { lineAndColumn } from '../../ground/text/line-and-column.js';
import { jsonNode, type SourceNode, type Plain } from './source-node.js';
import type { ReadText, ReadTextOptions } from './read-data.js';
import { MAX_DEPTH, MAX_JSON_TEXT, MAX_TEXT } from './spec-limits.js';

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

const LIMITS: ScanLimits = { maxLength: MAX_JSON_TEXT, maxDepth: MAX_DEPTH };

/**
 * Parses JSON and nothing else into plain data: no duplicate keys, no `__proto__`, exact numbers. It
 * corresponds to `readText` for YAML, which accepts JSON as well, but is many times as fast, and loads no
 * YAML parser.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE`, `INVALID_YAML`, with line and column.
 */
export function readJson(source: string, { file }: ReadTextOptions): ReadText {
  const text = cleanText(source, file, MAX_JSON_TEXT);
  const parsed = parse(text, file);
  if (membersOf(parsed) !== mostMembers(text)) ours(() => refuseLost(text, { file, maxLength: MAX_JSON_TEXT }));
  return withRoot(text, parsed);
}

function withRoot(text: string, value: Plain): ReadText {
  let root: SourceNode | undefined;
  return { text, value, root: () => (root ??= jsonNode(text)) };
}

function parse(text: string, file: string | undefined): Plain {
  ours(() => refuseDeep(text, LIMITS, file));
  try {
    return JSON.parse(text) as Plain;
  } catch {
    ours(() => scanKeys(text, LIMITS, file));
    const offset = findSyntaxError(text) ?? 0;
    const place = { file, ...lineAndColumn(text, offset) };
    throw new InvalidInputError('INVALID_YAML', 'the text is not valid JSON', { place });
  }
}

/** Runs a scan of files that we write, with the code that a spec's errors have. */
function ours<T>(scan: () => T): T {
  try {
    return scan();
  } catch (error) {
    if (!isPosternError(error, 'INVALID_INPUT')) throw error;

    const message = error.message.slice(`${error.place?.file ?? 'JSON'}: `.length);
    throw new InvalidInputError('INVALID_YAML', message, { ...error, cause: error });
  }
}
