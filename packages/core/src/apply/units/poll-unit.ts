import { aborted, onAbort } from '../../clocks/abort.js';
import type { Driver } from '../../driver.js';
import type { LinkStatus } from '../../model/link.js';
import { isBorneOutage } from '../outage.js';
import { settle, stepError, type Outcome, type StepError } from '../outcome.js';
import type { Run } from '../run.js';

/** What is waited for: that a link can carry calls, or that it is no more. */
export type WaitGoal = 'ready' | 'gone';

interface LinkWait {
  readonly linkId: string;
  readonly goal: WaitGoal;
  readonly timeoutMs: number;
  readonly onWait: (progress: { readonly state: string; readonly elapsedMs: number }) => void;
  /** Ends this wait with `ABORTED`; others go on. */
  readonly signal?: AbortSignal | undefined;
}

/** Waits for many links of one account and region with one poll. */
export interface LinkWaits {
  /** Ends with the cloud's own word, or with `WAIT_FAILED`, `WAIT_TIMEOUT`, `ABORTED`, or what polling failed with. */
  readonly until: (wait: LinkWait) => Promise<Outcome<{ readonly linkId: string; readonly state: string }>>;
}

interface Waiter extends LinkWait {
  readonly settle: (outcome: Outcome<{ readonly linkId: string; readonly state: string }>) => void;
  /** When it began, on the monotonic clock of the polls' own answers. */
  startedMs?: number | undefined;
  /** Polls in a row that found it ready. */
  good?: number | undefined;
  toldMs?: number | undefined;
  toldState?: string | undefined;
}

type Poll = { readonly atMs: number; readonly statuses: readonly Status[] };
type Status = { readonly id: string; readonly state: string; readonly nativeState: string; readonly reason?: string };

/** Waiting is told when a state changes, and otherwise no more often than this. */
const TELL_EVERY_MS = 5_000;
/** Polls in a row that must find a link ready before routes lead to it: a read may be of a state that goes back. */
const READY_READS = 2;
/** Polls in a row that may fail before those who wait are told. Each was tried again by itself already. */
const FAILURES = 3;

/**
 * The poller of one account and region: while anybody waits, one `links.statuses` call an interval answers all.
 * `run` is a unit's door, so a poll is a step like any other.
 */
export function pollUnit(run: Run, driver: Driver): LinkWaits {
  const waiters = new Set<Waiter>();
  let polls = 0;
  let active = false;

  const finish = (waiter: Waiter, outcome: Parameters<Waiter['settle']>[0]): void => {
    waiters.delete(waiter);
    waiter.settle(outcome);
  };
  const failAll = (error: StepError): void => {
    for (const waiter of waiters) finish(waiter, { ok: false, error });
  };
  const loop = async (): Promise<void> => {
    const { pollMs, stalenessMs } = driver.traits;
    let failures = 0;
    while (waiters.size > 0) {
      polls += 1;
      await run.sleep(`interval ${polls}`, pollMs);
      const asked = new Set(waiters);
      const ids = [...new Set([...asked].map(({ linkId }) => linkId))].toSorted();
      const answer = await run.step<Outcome<Poll>>(`status ${polls}`, (ctx) =>
        settle(async () => {
          const statuses = await driver.links.statuses(ids, ctx);
          return { atMs: ctx.clock.monotonicMs(), statuses: statuses.map(plain) };
        }),
      );
      if (!answer.ok) {
        failures += 1;
        if (failures >= FAILURES && !isBorneOutage(answer.error, failures * pollMs)) failAll(answer.error);
        continue;
      }
      failures = 0;
      const { atMs, statuses } = answer.value;
      for (const waiter of asked) {
        // It came at some moment of the interval that has just passed.
        waiter.startedMs ??= atMs - pollMs;
        const status = statuses.find(({ id }) => id === waiter.linkId);
        const outcome = judge(waiter, status, atMs - waiter.startedMs, stalenessMs);
        waiter.good = outcome?.ok === true ? (waiter.good ?? 0) + 1 : 0;
        if (outcome?.ok === true && waiter.goal === 'ready' && waiter.good < READY_READS) continue;
        if (outcome !== undefined) finish(waiter, outcome);
        else tellWaiting(waiter, status?.nativeState ?? 'not listed yet', atMs);
      }
    }
  };
  const start = async (): Promise<void> => {
    active = true;
    try {
      await loop();
    } catch (error) {
      failAll(stepError(error)); // the door itself: an abort, a journal that cannot be written
    } finally {
      active = false;
    }
  };
  return {
    until: (wait) =>
      new Promise((resolve) => {
        const { signal, linkId } = wait;
        if (signal?.aborted) return resolve(endOf(linkId, signal));
        const waiter: Waiter = {
          ...wait,
          settle: (outcome) => {
            stop();
            resolve(outcome);
          },
        };
        const stop = onAbort(signal, () => finish(waiter, endOf(linkId, signal)));
        waiters.add(waiter);
        if (!active) void start();
      }),
  };
}

function endOf(linkId: string, signal: AbortSignal | undefined): { readonly ok: false; readonly error: StepError } {
  return { ok: false, error: stepError(aborted(`wait for link ${linkId}`, signal)) };
}

/** What a waiter is told; undefined while it has to wait on. */
function judge(
  { linkId, goal, timeoutMs }: Waiter,
  status: Status | undefined,
  elapsedMs: number,
  stalenessMs: number,
): ReturnType<LinkWaits['until']> extends Promise<infer O> ? O | undefined : never {
  const state = status?.state ?? 'gone';
  const word = status?.nativeState ?? 'gone';
  const why = status?.reason === undefined || status.reason === '' ? '' : `: ${status.reason}`;
  const fail = (code: string, message: string, remedy: string): { ok: false; error: StepError } => ({
    ok: false,
    error: { code, message, remedy },
  });
  if (goal === 'gone') {
    if (state === 'gone') return { ok: true, value: { linkId, state: 'gone' } };
    if (state === 'failed')
      return fail(
        'WAIT_FAILED',
        `deleting link ${linkId} ended as ${word}${why}`,
        'Look at the link in the cloud, then run again.',
      );
  } else {
    // Traffic wakes an inactive link.
    if (state === 'ready' || state === 'inactive') return { ok: true, value: { linkId, state: word } };
    if (state === 'gone' && elapsedMs > stalenessMs) {
      return fail('WAIT_FAILED', `link ${linkId} is gone`, 'Somebody deleted it; run again to have it made anew.');
    }
    if (state !== 'pending' && state !== 'gone') {
      const remedy =
        state === 'failed'
          ? 'Remove the cause; then apply with --replace-failed (`replaceFailed`) to have it made anew, or delete it.'
          : 'Look at the link in the cloud, then run again.';
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

function tellWaiting(waiter: Waiter, state: string, atMs: number): void {
  if (waiter.toldState === state && atMs - (waiter.toldMs ?? 0) < TELL_EVERY_MS) return;
  waiter.toldState = state;
  waiter.toldMs = atMs;
  waiter.onWait({ state, elapsedMs: atMs - (waiter.startedMs ?? atMs) });
}

function plain({ id, state, nativeState, reason }: LinkStatus): Status {
  return { id, state, nativeState, ...(reason === undefined ? {} : { reason }) };
}
