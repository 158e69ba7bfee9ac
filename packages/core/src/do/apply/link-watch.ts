import { aborted, onAbort } from '../../ground/clocks/abort.js';
import type { Driver } from '../driver.js';
import type { LinkKind, LinkStatus } from '../model/link.js';
import { isSameRef, linkRef, type LinkRef } from '../model/reference.js';
import { isToleratedOutage } from './outage.js';
import { settle, stepError } from './outcome.js';
import type { StepOutcome, StepError, LinkWaitResult, LinkWait, Run } from './run.js';

/** Waits for many links of one account and region with one status call an interval for each kind. */
export interface LinkWatch {
  /**
   * Resolves with the state, or with `WAIT_FAILED`, `WAIT_TIMEOUT`, or the error of polling. When `signal` is
   * aborted, this wait ends with `ABORTED`, and others continue.
   */
  readonly until: (wait: LinkWait, signal?: AbortSignal) => Promise<StepOutcome<LinkWaitResult>>;
}

interface Waiter extends LinkWait {
  readonly settle: (outcome: StepOutcome<LinkWaitResult>) => void;
  /** When it was first in a poll. */
  firstMs?: number | undefined;
  /** When it began, on the monotonic clock of the polls' own answers. */
  startedMs?: number | undefined;
  /** Polls in a row that found it ready. */
  good?: number | undefined;
  toldMs?: number | undefined;
  toldState?: string | undefined;
}

type Poll = { readonly atMs: number; readonly statuses: readonly Status[] };
type Status = LinkRef & { readonly state: string; readonly nativeState: string; readonly reason?: string };

/** The shortest interval between progress reports, unless the state changes. */
const TELL_EVERY_MS = 5_000;

/**
 * Consecutive polls that must find a link ready before routes use it: a single read may show a state that
 * reverts.
 */
const READY_READS = 2;

/**
 * The number of consecutive polls that may fail before the failure is reported. Each poll was already
 * retried.
 */
const FAILURES = 3;

/**
 * The watch of one kind of link in one account and region: while units wait, one `links.statuses` call per
 * interval serves all of them. Each poll is a step of `run`. It belongs to an implementation of `Run`: a poll
 * only reads and is never replayed; a unit sees only the result of a wait.
 */
function linkWatch(run: Pick<Run, 'step' | 'sleep'>, driver: Driver, kind: LinkKind): LinkWatch {
  const { pollMs, stalenessMs } = driver.traits(kind);
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
    let failures = 0;
    while (waiters.size > 0) {
      polls += 1;
      await run.sleep(`interval ${polls}`, pollMs);
      const asked = new Set(waiters);
      const links = distinct([...asked].map(({ link }) => link));
      const answer = await run.step<StepOutcome<Poll>>(`status ${polls}`, (ctx) =>
        settle(async () => {
          const statuses = await driver.links.statuses(links, ctx);
          return { atMs: ctx.clock.monotonicMs(), statuses: statuses.map(plain) };
        }),
      );
      if (!answer.ok) {
        failures += 1;
        if (failures >= FAILURES && !isToleratedOutage(answer.error, failures * pollMs)) failAll(answer.error);
        continue;
      }
      failures = 0;
      const { atMs, statuses } = answer.value;
      for (const waiter of asked) {
        // It came at some moment of the interval that has just passed.
        waiter.startedMs ??= atMs - pollMs;
        waiter.firstMs ??= atMs;
        const status = statuses.find((one) => isSameRef(one, waiter.link));
        const outcome = judge(waiter, status, atMs - waiter.startedMs, atMs - waiter.firstMs, stalenessMs);
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
      failAll(stepError(error)); // `Run` itself failed: an abort, a journal that cannot be written
    } finally {
      active = false;
    }
  };
  return {
    until: (wait, signal) =>
      new Promise((resolve) => {
        const { id } = wait.link;
        if (signal?.aborted) return resolve(endOf(id, signal));
        const waiter: Waiter = {
          ...wait,
          settle: (outcome) => {
            stop();
            resolve(outcome);
          },
        };
        const stop = onAbort(signal, () => finish(waiter, endOf(id, signal)));
        waiters.add(waiter);
        if (!active) void start();
      }),
  };
}

function endOf(linkId: string, signal: AbortSignal | undefined): { readonly ok: false; readonly error: StepError } {
  return { ok: false, error: stepError(aborted(`wait for link ${linkId}`, signal)) };
}

/** The answer to a wait; undefined while it has to wait on. */
function judge(
  { link: { id: linkId }, goal, timeoutMs }: Waiter,
  status: Status | undefined,
  elapsedMs: number,
  watchedMs: number,
  stalenessMs: number,
): StepOutcome<LinkWaitResult> | undefined {
  const state = status?.state ?? 'gone';
  const word = status?.nativeState ?? 'gone';
  const why = status?.reason === undefined || status.reason === '' ? '' : `: ${status.reason}`;
  const fail = (code: string, message: string, remedy: string): { ok: false; error: StepError } => ({
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

function tellWaiting(waiter: Waiter, state: string, atMs: number): void {
  if (waiter.toldState === state && atMs - (waiter.toldMs ?? 0) < TELL_EVERY_MS) return;
  waiter.toldState = state;
  waiter.toldMs = atMs;
  waiter.onWait({ state, elapsedMs: atMs - (waiter.startedMs ?? atMs) });
}

/** Each once, in an order that does not depend on who came first. */
function distinct(links: readonly LinkRef[]): readonly LinkRef[] {
  const byKey = new Map(links.map((link) => [`${link.kind} ${link.id}`, linkRef(link)]));
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
}

function plain({ kind, id, state, nativeState, reason }: LinkStatus): Status {
  return { kind, id, state, nativeState, ...(reason === undefined ? {} : { reason }) };
}

/** The watch of a driver's account and region. */
export type LinkWatches = (driver: Driver, account: string) => LinkWatch;

/**
 * Creates watches on first use. A poll never queues after steps, and is ended by its waiters, not by an
 * abort: each wait has its own signal.
 */
export function linkWatches(runOf: (unit: string) => Pick<Run, 'step' | 'sleep'>): LinkWatches {
  const watches = new Map<string, LinkWatch>();
  return (driver, account) => ({
    until: (wait, signal) => {
      const { kind } = wait.link;
      const unit = `poll:${driver.provider}/${driver.region}/${account}/${kind}`;
      const watch = watches.get(unit) ?? linkWatch(runOf(unit), driver, kind);
      watches.set(unit, watch);
      return watch.until(wait, signal);
    },
  });
}
