import { defined } from '../../ground/defined.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import type { Driver } from '../driver.js';
import type { LinkStatus } from '../model/link.js';
import { isSameRef, linkRef, type LinkRef } from '../model/reference.js';
import { isToleratedOutage, settle } from './outcome.js';
import type { LinkWait, LinkWaitResult, StepError, StepOutcome } from './run.js';

/** One status call for all links that are awaited: plain JSON. */
export type LinkPoll = { readonly atMs: number; readonly statuses: readonly Status[] };
type Status = LinkRef & { readonly state: string; readonly nativeState: string; readonly reason?: string };

/** What is awaited: plain JSON. */
export type AwaitedLink = Omit<LinkWait, 'onWait'>;

/** What the polls have shown to one wait so far: plain JSON, and `{}` before the first one. */
export type SeenWait = {
  /** The clock of the last poll. */
  readonly atMs?: number;
  /** For how long polls have looked, since the first one. */
  readonly watchedMs?: number;
  /** Polls in a row that found it ready. */
  readonly good?: number;
  /** `watchedMs` when progress was reported last. */
  readonly toldMs?: number;
  readonly toldState?: string;
};

/** What a poll means for a wait: it has ended, or it continues, and whether that is reported. */
export type WaitAfterPoll =
  | { readonly outcome: StepOutcome<LinkWaitResult> }
  | { readonly seen: SeenWait; readonly waiting?: { readonly state: string; readonly elapsedMs: number } };

/** How often links of a kind are polled, and for how long lists may lag. */
type PollTraits = { readonly pollMs: number; readonly stalenessMs: number };

/** The shortest interval between progress reports, unless the state changes. */
const TELL_EVERY_MS = 5_000;

/** Consecutive polls that must find a link ready before routes use it: a single read may show a state that reverts. */
const READY_READS = 2;

/** The number of consecutive polls that may fail before the failure is reported. Each poll was already retried. */
const FAILURES = 3;

/**
 * The most intervals that count between two polls. No poll looked for longer where a process or machine was suspended, where a clock was
 * set, or where another machine polls whose clock differs: then the answer may be older than the time that seems to have passed.
 */
const MOST_INTERVALS = 2;

/** Reads the state of links; `atMs` is the clock of all polls of a watch. */
export function pollLinks(
  driver: Pick<Driver, 'links'>,
  links: readonly LinkRef[],
  ctx: CallContext,
  atMs: () => number,
): Promise<StepOutcome<LinkPoll>> {
  return settle(async () => {
    const statuses = await driver.links.statuses(distinct(links), ctx);
    return { atMs: atMs(), statuses: statuses.map(plain) };
  });
}

/** Whether waits end with the error of polling, after so many failures in a row. */
export function endsWaits(error: StepError, failures: number, { pollMs }: PollTraits): boolean {
  return failures >= FAILURES && !isToleratedOutage(error, failures * pollMs);
}

/** What a poll means for a wait that has seen `before`. */
export function afterPoll(
  wait: AwaitedLink,
  before: SeenWait,
  { atMs, statuses }: LinkPoll,
  { pollMs, stalenessMs }: PollTraits,
): WaitAfterPoll {
  const passedMs = atMs - (before.atMs ?? atMs);
  const watchedMs = (before.watchedMs ?? 0) + Math.min(Math.max(passedMs, 0), MOST_INTERVALS * pollMs);
  // It came at some moment of the interval before the first poll.
  const elapsedMs = pollMs + watchedMs;
  const status = statuses.find((one) => isSameRef(one, wait.link));
  const outcome = judge(wait, status, elapsedMs, watchedMs, stalenessMs);
  const good = outcome?.ok === true ? (before.good ?? 0) + 1 : 0;
  const seen = { ...before, atMs, watchedMs, good };
  if (outcome?.ok === true && wait.goal === 'ready' && good < READY_READS) return { seen };
  if (outcome !== undefined) return { outcome };

  const state = status?.nativeState ?? 'not listed yet';
  if (before.toldState === state && watchedMs - (before.toldMs ?? 0) < TELL_EVERY_MS) return { seen };

  return { seen: { ...seen, toldState: state, toldMs: watchedMs }, waiting: { state, elapsedMs } };
}

/** The answer to a wait; undefined while it has to wait on. */
function judge(
  { link: { id: linkId }, goal, timeoutMs }: AwaitedLink,
  status: Status | undefined,
  elapsedMs: number,
  watchedMs: number,
  stalenessMs: number,
): StepOutcome<LinkWaitResult> | undefined {
  const state = status?.state ?? 'gone';
  const word = status?.nativeState ?? 'gone';
  const why = status?.reason === undefined || status.reason === '' ? '' : `: ${status.reason}`;
  const fail = (code: ErrorCode, message: string, remedy: string): { ok: false; error: StepError } => ({
    ok: false,
    error: { code, message, remedy },
  });
  if (goal === 'gone') {
    if (state === 'gone') return { ok: true, value: { state: 'gone', watchedMs } };
    if (state === 'failed')
      return fail(
        'WAIT_FAILED',
        `deleting link ${linkId} ended as ${word}${why}`,
        'Check the link in the cloud, then run again.',
      );
  } else {
    // Traffic wakes an inactive link.
    if (state === 'ready' || state === 'inactive') return { ok: true, value: { state: word, watchedMs } };
    if (state === 'gone' && elapsedMs > stalenessMs) {
      return fail('WAIT_FAILED', `link ${linkId} is gone`, 'The link was deleted. Run again to create it again.');
    }
    if (state !== 'pending' && state !== 'gone') {
      const remedy =
        state === 'failed'
          ? 'Remove the cause. Then apply with --replace-failed (`replaceFailed`) to replace it, or delete it.'
          : 'Check the link in the cloud, then run again.';
      return fail('WAIT_FAILED', `link ${linkId} is ${word}${why}`, remedy);
    }
  }
  if (elapsedMs < timeoutMs) return undefined;

  return fail(
    'WAIT_TIMEOUT',
    `link ${linkId} is still ${word} after ${Math.round(elapsedMs / 1_000)} s`,
    'Run again later; it continues where this run stopped.',
  );
}

/** Each once, in an order that does not depend on who came first. */
function distinct(links: readonly LinkRef[]): readonly LinkRef[] {
  const byKey = new Map(links.map((link) => [`${link.kind} ${link.id}`, linkRef(link)]));
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
}

function plain({ kind, id, state, nativeState, reason }: LinkStatus): Status {
  return { kind, id, state, nativeState, ...defined({ reason }) };
}
