import { InvalidInputError } from '../ground/errors.js';
import { hashJson } from '../ground/hash.js';
import { jsonText } from '../ground/text/json-text.js';
import type { Spec } from '../do/spec.js';
import { decodeForm, type DecodeOptions } from '../decode/decode.js';
import { historyForm, WATCH_VERSION, type WatchHistory } from './model.js';

/** The history of a spec that was not observed yet. `at`: ISO 8601. */
export function newHistory(spec: Spec, at: string): WatchHistory {
  return {
    version: WATCH_VERSION,
    spec: { project: spec.project, ...(spec.spec === undefined ? {} : { spec: spec.spec }), digest: specDigest(spec) },
    startedAt: at,
    lastAt: at,
    rounds: 0,
    subjects: {},
    limits: {},
    log: [],
    undelivered: [],
  };
}

/** A digest of what a spec declares: another one after each edit that changes something. */
export function specDigest(spec: Spec): string {
  return hashJson(JSON.parse(JSON.stringify({ ...spec, places: undefined, shown: undefined })) as object);
}

/** A history as the text of its file. */
export function encodeHistory(history: WatchHistory): string {
  return `${jsonText(history, 2)}\n`;
}

/**
 * Reads the history of a spec. The spec may have been edited since: it is the same one by its project and its key `spec`, or where it has
 * none by a name of an integration or link.
 * @throws {PosternError} `UNSUPPORTED_VERSION` for a newer file; `INVALID_INPUT` for one that is cut off or damaged, for another file,
 *   and for the history of another spec.
 */
export function decodeHistory(text: string, spec: Spec, options: DecodeOptions = {}): WatchHistory {
  const kind = { what: 'history', version: WATCH_VERSION, maxLength: MAX_LENGTH };
  const history = decodeForm(text, historyForm, kind, options);
  if (isOf(history, spec)) return history;
  const { project, spec: identity } = history.spec;
  throw new InvalidInputError(
    'INVALID_INPUT',
    `the history is of another spec: project ${project}${identity === undefined ? '' : `, spec ${identity}`}`,
    { place: { file: options.file }, remedy: 'Name another file with --history, or move this one away.' },
  );
}

/** In UTF-16 code units; that of 10,000 broken integrations has some ten millions. */
const MAX_LENGTH = 256 * 1024 * 1024;

function isOf({ spec: known, subjects }: WatchHistory, spec: Spec): boolean {
  if (known.project !== spec.project || known.spec !== spec.spec) return false;
  if (known.spec !== undefined || known.digest === specDigest(spec)) return true;
  return [
    ...Object.keys(spec.integrations).map((name) => `integration ${name}`),
    ...Object.keys(spec.links).map((name) => `link ${name}`),
  ].some((name) => Object.hasOwn(subjects, name));
}
