import { InvalidInputError } from '../ground/errors.js';
import { hashJson } from '../ground/hash.js';
import { jsonText } from '../ground/text/json-text.js';
import type { Spec } from '../do/spec.js';
import { decodeForm, type DecodeOptions } from '../decode/decode.js';
import { historyForm, WATCH_VERSION, type WatchHistory, isTold, type Undelivered, type WatchEvent } from './model.js';

/** The history of a spec that was not observed yet. `at`: ISO 8601. */
export function newHistory(spec: Spec, at: string): WatchHistory {
  return {
    version: WATCH_VERSION,
    spec: { project: spec.project, spec: spec.spec, digest: specDigest(spec) },
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
  return hashJson(JSON.parse(JSON.stringify({ ...spec, places: undefined, hidden: undefined })) as object);
}

/** A history as the text of its file. */
export function encodeHistory(history: WatchHistory): string {
  return `${jsonText(history, 2)}\n`;
}

/**
 * Reads the history of a spec. The spec may have been edited since: it is the same one by its project and its key `spec`.
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

function isOf({ spec: known }: WatchHistory, spec: Spec): boolean {
  return known.project === spec.project && known.spec === spec.spec;
}

/** The delay after the first failure, and the longest one, in milliseconds. */
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 900_000;

/** The history with events for notifiers, each by its name. What they have not received before goes with them. */
export function enqueue(
  history: WatchHistory,
  channels: readonly string[],
  events: readonly WatchEvent[],
  at: string,
): WatchHistory {
  const told = events.filter(isTold);
  const known = new Map(history.undelivered.map((one) => [one.channel, one]));
  const undelivered = [...new Set([...channels, ...known.keys()])].flatMap((channel): readonly Undelivered[] => {
    const waiting = known.get(channel);
    if (!channels.includes(channel) || told.length === 0) return waiting === undefined ? [] : [waiting];

    const digests = new Set(waiting?.events.map(({ digest }) => digest));
    const news = told.filter(({ digest }) => !digests.has(digest));
    const all = [...(waiting?.events ?? []), ...news];
    const dropped = (waiting?.dropped ?? 0) + Math.max(0, all.length - MOST_WAITING);
    const kept = { events: all.slice(-MOST_WAITING), ...(dropped === 0 ? {} : { dropped }) };
    return [{ attempts: 0, dueAt: at, ...waiting, channel, ...kept }];
  });
  return { ...history, undelivered };
}

/** So many events wait for a notifier; of older ones it receives the number. */
const MOST_WAITING = 200;

/** The history without what waits for other notifiers than these, and those others. */
export function withoutOthers(
  history: WatchHistory,
  channels: readonly string[],
): { readonly history: WatchHistory; readonly others: readonly Undelivered[] } {
  const isKept = ({ channel }: Undelivered): boolean => channels.includes(channel);
  const { undelivered } = history;
  const others = undelivered.filter((one) => !isKept(one));
  return { history: others.length === 0 ? history : { ...history, undelivered: undelivered.filter(isKept) }, others };
}

/** What is sent now. A time that is later than any delay was computed by a clock that has gone back. */
export function dueAt({ undelivered }: WatchHistory, now: number): readonly Undelivered[] {
  return undelivered.filter(({ dueAt: at }) => {
    const ms = Date.parse(at) - now;
    return ms <= 0 || ms > LONGEST_DELAY_MS;
  });
}

/** The next time at which something is sent, in milliseconds since 1970; undefined: nothing waits. */
export function nextDue({ undelivered }: WatchHistory): number | undefined {
  return undelivered.length === 0 ? undefined : Math.min(...undelivered.map(({ dueAt: at }) => Date.parse(at)));
}

/** The history after a notifier has received what waited for it. */
export function delivered(history: WatchHistory, channel: string): WatchHistory {
  return { ...history, undelivered: history.undelivered.filter((one) => one.channel !== channel) };
}

/** The history after a notifier has refused what waited for it: it is tried again after 30 s, then twice as long, up to 15 minutes. */
export function notDelivered(history: WatchHistory, channel: string, failure: string, now: number): WatchHistory {
  const undelivered = history.undelivered.map((one) => {
    if (one.channel !== channel) return one;

    const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(one.attempts, 10));
    return { ...one, attempts: one.attempts + 1, dueAt: new Date(now + delayMs).toISOString(), failure };
  });
  return { ...history, undelivered };
}
