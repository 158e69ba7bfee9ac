import { defined } from '../ground/defined.js';
import { entryOf } from '../ground/json.js';
import type { OnClouds } from '../do/kinds/cloud/clouds.js';
import { hashJson } from '../ground/hash.js';
import type { Spec } from '../do/spec.js';
import { diffSnapshots } from '../do/snapshot-diff/diff.js';
import type { SnapshotChange } from '../do/snapshot-diff/change.js';
import type { Snapshot } from '../do/snapshot/snapshot.js';
import { causeOf, watchChange, type Between, judged, SPEC, type Judged } from './judged.js';
import { limitsOf } from './limits.js';
import {
  MOST_LOGGED,
  type PendingVerdict,
  type WatchedSubject,
  type WatchEvent,
  type WatchHistory,
  type WatchLimit,
  type WorseSince,
} from './model.js';
import type { Observation } from './observation.js';
import { specDigest } from './history.js';

/** How long a worse verdict is observed before it counts. Clouds show changes late, and a read may fail once. */
export const CONFIRM_MS = 60_000;

/** What a step of a watch compares with. */
export interface WatchStepOptions extends OnClouds {
  /** The snapshot of the observation before that read something: what changed is found by it. */
  readonly before?: Snapshot | undefined;
  /** That snapshot is lost: what changed is not known, and events have no cause but an edited spec or a failure. */
  readonly isLost?: boolean | undefined;
}

/** The history after an observation, and what it found. */
export interface WatchStep {
  readonly history: WatchHistory;
  readonly events: readonly WatchEvent[];
  /** Whether a worse verdict waits for a second observation, at least {@link CONFIRM_MS} after the first. */
  readonly isPending: boolean;
}

/**
 * Compares an observation with a history. Pure. A verdict becomes `works` at once. It becomes `broken` or `unknown` when two
 * observations at least a minute apart show it, and no other one between them. It becomes `unknown` also where worse verdicts
 * alternate for a minute. Each change of a verdict is one event; so is that what did not exist works for the first time.
 *
 * ```ts
 * let history = newHistory(spec, new Date().toISOString());
 * for (;;) {
 *   const seen = observation(await observeSpec(spec, drivers, ctx, { checks: true }), spec, { clouds });
 *   const { history: next, events } = watchStep(history, seen, { clouds, before });
 *   …
 * }
 * ```
 */
export function watchStep(
  history: WatchHistory,
  seen: Observation,
  { clouds, before, isLost }: WatchStepOptions,
): WatchStep {
  const { spec, at, read, failure } = seen;
  const digest = specDigest(spec);
  const isEdited = digest !== history.spec.digest;
  const isFirst = history.rounds === 0;
  const changes = before && read ? diffSnapshots(before, read.snapshot).changes : [];
  const after = isFirst ? at : history.lastAt;
  const between: Between = { after, before: at, isEdited, changes, isLost, message: failure };
  const subjects: Record<string, WatchedSubject> = {};
  const events: WatchEvent[] = [];
  const found = read === undefined ? undefined : judged(read.report, spec, read.uncreated);
  for (const [subject, now] of found ?? unreadSubjects(history, spec)) {
    const known = entryOf(history.subjects, subject);
    if (known === undefined && !isFirst) events.push(event({ type: 'watched', at, subject }));
    const next = nextOf(known, now, { subject, seen, history, between });
    subjects[subject] = next.subject;
    if (next.event !== undefined) events.push(next.event);
  }
  const own = history.subjects[SPEC];
  if (found === undefined && own !== undefined) subjects[SPEC] = own;
  for (const subject of Object.keys(history.subjects)) {
    if (!Object.hasOwn(subjects, subject)) events.push(event({ type: 'unwatched', at, subject }));
  }
  if (isEdited && !isFirst) events.push(event({ type: 'edited', at, subject: 'spec' }));
  const limits = read === undefined ? history.limits : limitsOf({ ...read, at, clouds }, history.limits);
  events.push(...limitEvents(history.limits, limits, at), ...driftEvents(changes, at, isEdited));
  return {
    events,
    isPending: Object.values(subjects).some(({ pending }) => pending !== undefined),
    history: {
      version: history.version,
      spec: { ...history.spec, digest },
      startedAt: history.startedAt,
      lastAt: at,
      rounds: history.rounds + 1,
      ...defined({ failure, snapshot: history.snapshot }),
      subjects,
      limits,
      ...newest(history, events),
      undelivered: history.undelivered,
    },
  };
}

/** The newest events, and how many there were before them. */
function newest(
  { log, dropped = 0 }: WatchHistory,
  events: readonly WatchEvent[],
): Pick<WatchHistory, 'log' | 'dropped'> {
  const all = [...log, ...events];
  const left = dropped + Math.max(0, all.length - MOST_LOGGED);
  return { log: all.slice(-MOST_LOGGED), ...(left === 0 ? {} : { dropped: left }) };
}

interface Round {
  readonly subject: string;
  readonly seen: Observation;
  readonly history: WatchHistory;
  readonly between: Between;
}

/** A subject after an observation, and the event where its verdict changed. */
function nextOf(
  known: WatchedSubject | undefined,
  { verdict, reasons, more, isNew }: Judged,
  { subject, seen, history, between }: Round,
): { readonly subject: WatchedSubject; readonly event?: WatchEvent | undefined } {
  const { at, spec } = seen;
  const { pending, ...before } = known ?? { since: at, reasons: [], more: 0 };
  const never =
    before.verdict === undefined && isNew === true ? { isNew } : before.isNew === true ? { isNew: true } : {};
  const held = { ...before, ...never };
  if (verdict === held.verdict)
    return { subject: { ...held, reasons: seen.read === undefined ? held.reasons : reasons, more } };

  const cause = (): WatchedSubject['cause'] =>
    causeOf(between, {
      subject,
      spec,
      reasons: [...reasons, ...held.reasons],
      isProof: verdict === 'unknown' || held.verdict === 'unknown',
    });
  const isFirst = held.verdict === undefined;
  if (verdict === 'works') {
    const why = isFirst ? undefined : cause();
    const next = { verdict, since: at, reasons, more, ...defined({ cause: why }) };
    const isNews = !isFirst || held.isNew === true;
    return { subject: next, event: isNews ? changeOf(subject, held, next, at) : undefined };
  }

  const { worse, ...waiting } = waitingFor(pending, verdict, { seen, history, cause: isFirst ? undefined : cause });
  const isConfirmed = waiting.heldMs >= CONFIRM_MS;
  const confirmed = isConfirmed ? waiting : worse;
  if (confirmed === undefined || confirmed.heldMs < CONFIRM_MS) {
    const still = { ...waiting, ...defined({ worse }) };
    return { subject: { ...held, ...(isFirst ? { reasons, more } : {}), pending: still } };
  }

  const since = { since: confirmed.since, ...defined({ cause: confirmed.cause }) };
  // Of observations that alternate none works: what is wrong is not proven, and is confirmed on its own.
  const next = { verdict: isConfirmed ? verdict : ('unknown' as const), ...since, reasons, more, ...never };
  const open = isConfirmed || verdict === 'unknown' ? {} : { pending: waiting };
  return { subject: { ...next, ...open }, event: changeOf(subject, held, next, at) };
}

/** A worse verdict that waits for its second observation, and how long no observation has shown the one that holds. */
function waitingFor(
  pending: PendingVerdict | undefined,
  verdict: PendingVerdict['verdict'],
  {
    seen,
    history,
    cause,
  }: Pick<Round, 'seen' | 'history'> & { readonly cause: (() => WatchedSubject['cause']) | undefined },
): PendingVerdict {
  const { at, elapsedMs } = seen;
  const passed = elapsedMs ?? Math.max(0, Date.parse(at) - Date.parse(history.lastAt));
  const longer = <T extends WorseSince>(one: T): T => ({ ...one, heldMs: Math.round(one.heldMs + passed) });
  if (pending?.verdict === verdict)
    return { ...longer(pending), ...(pending.worse === undefined ? {} : { worse: longer(pending.worse) }) };

  const found = cause?.();
  const begun = { verdict, since: at, heldMs: 0, ...defined({ cause: found }) };
  if (pending === undefined) return begun;

  const { verdict: _, worse, ...first } = pending;
  return { ...begun, worse: longer(worse ?? first) };
}

function changeOf(subject: string, held: WatchedSubject, next: WatchedSubject, at: string): WatchEvent {
  const { verdict, since, cause, reasons, more } = next;
  const lastedMs = Date.parse(since) - Date.parse(held.since);
  return event({
    type: 'verdict',
    at,
    subject,
    ...(held.verdict === undefined ? {} : { from: held.verdict, lastedMs: Math.max(0, lastedMs) }),
    to: verdict,
    ...(verdict === 'works' && held.isNew === true ? { isFirst: true } : {}),
    since,
    ...defined({ cause }),
    reasons,
    more,
  });
}

/** That a watching process ends by itself. It is sent at once, and is in no history: another process may have that by now. */
export function watchingEnded(at: string, message: string): WatchEvent {
  return event({ type: 'ended', at, subject: 'spec', message });
}

/** An event with the digest of what it tells. */
function event(of: Omit<WatchEvent, 'digest'>): WatchEvent {
  const { type, subject, to, since, at, message } = of;
  return { ...of, digest: hashJson({ type, subject, to, since: since ?? at, message }) };
}

/** Nothing could be read: no subject that the spec names is proven; what is about none of them stays as it was. */
function unreadSubjects(history: WatchHistory, spec: Spec): readonly (readonly [string, Judged])[] {
  const all = judged({ version: 1, findings: [], gaps: [], assumptions: [] }, spec).keys();
  return [...all].flatMap((subject): readonly (readonly [string, Judged])[] => {
    if (subject === SPEC) return [];

    const { reasons = [], more = 0 } = Object.hasOwn(history.subjects, subject)
      ? (history.subjects[subject] ?? {})
      : {};
    return [[subject, { verdict: 'unknown', reasons, more }]];
  });
}

function limitEvents(
  before: Readonly<Record<string, WatchLimit>>,
  now: Readonly<Record<string, WatchLimit>>,
  at: string,
): readonly WatchEvent[] {
  const of = (type: 'near' | 'no-longer-near', { subject, message, remedy, since }: WatchLimit): WatchEvent =>
    event({ type, at, subject, since, message, ...(type === 'near' && remedy !== undefined ? { remedy } : {}) });
  return [
    ...Object.entries(now).flatMap(([key, limit]) => (Object.hasOwn(before, key) ? [] : [of('near', limit)])),
    ...Object.entries(before).flatMap(([key, limit]) => (Object.hasOwn(now, key) ? [] : [of('no-longer-near', limit)])),
  ];
}

/** What the cloud shows differently, with or without effect on a verdict: information. */
function driftEvents(changes: readonly SnapshotChange[], at: string, isEdited: boolean): readonly WatchEvent[] {
  const drifted = changes.filter(({ kind }) => kind !== 'gap' && kind !== 'unread');
  if (drifted.length === 0) return [];

  const cause = {
    kind: isEdited ? ('edited' as const) : ('drifted' as const),
    after: at,
    before: at,
    changes: drifted.slice(0, MOST_DRIFTED).map(watchChange),
    more: Math.max(0, drifted.length - MOST_DRIFTED),
  };
  return [event({ type: 'drifted', at, subject: 'cloud', cause, paths: drifted.some(({ paths }) => paths) })];
}

const MOST_DRIFTED = 10;
