import { refuseLost } from '../../decode/parse-json.js';
import { membersOf } from '../../do/forms/lists.js';
import { mostMembers } from '../../decode/json-schemas.js';
import { refuseDeep, scanKeys, type ScanLimits } from '../../decode/scan-json.js';
import { findSyntaxError } from '../../decode/syntax-error.js';
import { InvalidInputError, isPosternError } from '../../ground/errors.js';
import { cleanText } from './clean-text.js';
import { lineAndColumn } from '../../ground/text/line-and-column.js';
import { jsonNode, type SourceNode, type Plain } from './source-node.js';
import type { ReadText, ReadTextOptions } from './read-data.js';
import { MAX_DEPTH, MAX_JSON_TEXT } from './spec-limits.js';

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
