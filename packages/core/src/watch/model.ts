import { list, oneOf, optional, record, strict, type Infer } from '../do/forms/form.js';
import { count, flag, moment, optionalText, text } from '../do/forms/resource-values.js';

/** The version of a history, and of the structure of a report of `postern watch`. */
export const WATCH_VERSION = 1;

/** `unknown`: proof is lost, because a fact could not be read. */
export const WATCH_VERDICTS = ['works', 'broken', 'unknown'] as const;
const verdict = oneOf(...WATCH_VERDICTS);
/** The verdict on a path or a link in a watch. */
export type WatchVerdict = (typeof WATCH_VERDICTS)[number];

const reasonShape = {
  check: text,
  code: text,
  subject: text,
  message: text,
  remedy: optionalText,
  /** The IDs of what decided. */
  ids: list(text),
};
/** A finding that decided a verdict. */
export interface WatchReason extends Infer<typeof reasonShape> {}

const changeShape = {
  provider: text,
  region: text,
  account: text,
  /** `security group sg-1 (web)` */
  subject: text,
  id: optionalText,
  /** A clause each: `rule out tcp 443 to 10.0.0.0/8 removed`. */
  details: list(text),
};
/** What changed in a cloud between two observations. */
export interface WatchChange extends Infer<typeof changeShape> {}

/**
 * `edited`: the spec was changed. `drifted`: the spec was not changed, and the cloud shows something else than before.
 * `reading`: what could be read changed. `time`: nothing that was read changed, so a date has passed.
 */
const WATCH_CAUSES = ['edited', 'drifted', 'reading', 'time'] as const;
const changeForm = strict<WatchChange>()(changeShape);
const causeShape = {
  kind: oneOf(...WATCH_CAUSES),
  /** The last observation before, and the first one after. */
  after: moment,
  before: moment,
  changes: list(changeForm),
  /** How many changes are not listed. */
  more: count,
  /** Why nothing could be read. */
  message: optionalText,
};
/** What changed a verdict. */
export interface WatchCause extends Infer<typeof causeShape> {}
const causeForm = strict<WatchCause>()(causeShape);
const reasonForm = strict<WatchReason>()(reasonShape);

const waitShape = {
  since: moment,
  /** How long it has been observed, in milliseconds, without the waits in which no process observed by a clock that went back. */
  heldMs: count,
  cause: optional(causeForm),
};
const pendingShape = {
  verdict,
  ...waitShape,
  /** Where other worse verdicts came before: since the last observation with the verdict that holds. */
  worse: optional(strict<WorseSince>()(waitShape)),
};
/** The time in which no observation has shown the verdict that holds. */
export interface WorseSince extends Infer<typeof waitShape> {}
/** A worse verdict that one observation shows, and that a second one has to confirm. */
export interface PendingVerdict extends Infer<typeof pendingShape> {}

const subjectShape = {
  /** Undefined: not confirmed yet. */
  verdict: optional(verdict),
  since: moment,
  cause: optional(causeForm),
  reasons: list(reasonForm),
  /** How many reasons are not listed. */
  more: count,
  pending: optional(strict<PendingVerdict>()(pendingShape)),
  /** Whether it did not exist when it was first observed, and has not worked since. Undefined: no. */
  isNew: optional(flag),
};
/** What is watched: an integration, a link that none uses, or the spec for all else. */
export interface WatchedSubject extends Infer<typeof subjectShape> {}

const limitShape = {
  kind: oneOf('deadline', 'quota'),
  check: text,
  subject: text,
  message: text,
  remedy: optionalText,
  since: moment,
};
/** A deadline or a quota that is near. */
export interface WatchLimit extends Infer<typeof limitShape> {}

/** Those that notifiers receive; the others are information. */
const TOLD = ['verdict', 'near', 'no-longer-near', 'ended'] as const;
const eventShape = {
  type: oneOf(...TOLD, 'drifted', 'edited', 'watched', 'unwatched'),
  at: moment,
  /** `integration orders`, `link eu`, `spec`, `certificate …`. */
  subject: text,
  /** The same for the same change, however often it is sent. */
  digest: text,
  from: optional(verdict),
  to: optional(verdict),
  /** Of a change to `works`: it did not exist before, and works for the first time. Undefined: no. */
  isFirst: optional(flag),
  since: optional(moment),
  /** How long the verdict before held, in milliseconds. */
  lastedMs: optional(count),
  cause: optional(causeForm),
  reasons: optional(list(reasonForm)),
  more: optional(count),
  message: optionalText,
  remedy: optionalText,
  /** Of `drifted`: what may change which calls arrive. */
  paths: optional(flag),
};
/** One thing that a round has found. */
export interface WatchEvent extends Infer<typeof eventShape> {}
const eventForm = strict<WatchEvent>()(eventShape);

const undeliveredShape = {
  /** Which notifier, without its address. */
  channel: text,
  events: list(eventForm),
  /** How many attempts have failed. */
  attempts: count,
  /** The next attempt is not made before. */
  dueAt: moment,
  /** Why the last attempt failed. */
  failure: optionalText,
  /** How many older events are not in `events` any more. Undefined: none. */
  dropped: optional(count),
};
/** What a notifier has not received yet. */
export interface Undelivered extends Infer<typeof undeliveredShape> {}

const watchedSpecShape = {
  project: text,
  spec: optionalText,
  /** The entry of a fleet: one spec may be in several accounts. */
  entry: optionalText,
  digest: text,
};
/** The spec that a history is of. */
export interface WatchedSpec extends Infer<typeof watchedSpecShape> {}

const historyShape = {
  version: count,
  spec: strict<WatchedSpec>()(watchedSpecShape),
  startedAt: moment,
  lastAt: moment,
  rounds: count,
  /** Why the last observation read nothing. */
  failure: optionalText,
  /** Digest of the snapshot of the last observation that read something. */
  snapshot: optionalText,
  subjects: record(strict<WatchedSubject>()(subjectShape)),
  limits: record(strict<WatchLimit>()(limitShape)),
  /** The newest last, at most {@link MOST_LOGGED}. */
  log: list(eventForm),
  /** How many older events are not in the log any more. Undefined: none. */
  dropped: optional(count),
  undelivered: list(strict<Undelivered>()(undeliveredShape)),
};
/** All that is kept between observations. Plain JSON. */
export interface WatchHistory extends Infer<typeof historyShape> {}
/** The form of a history's file. */
export const historyForm = strict<WatchHistory>()(historyShape);

/** A history keeps so many events. */
export const MOST_LOGGED = 300;

/** Whether notifiers receive it. */
export function isTold({ type }: Pick<WatchEvent, 'type'>): boolean {
  return TOLD.some((one) => one === type);
}
