import { aborted, onAbort } from '../../ground/clocks/abort.js';
import type { Driver } from '../driver.js';
import type { LinkKind } from '../model/link.js';
import { afterPoll, endsWaits, pollLinks, type LinkPoll, type SeenWait } from './link-waits.js';
import { stepError } from './outcome.js';
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
  seen: SeenWait;
}

/**
 * The watch of one kind of link in one account and region: while units wait, one `links.statuses` call per
 * interval serves all of them. Each poll is a step of `run`. It belongs to an implementation of `Run`: a poll
 * only reads and is never replayed; a unit sees only the result of a wait.
 */
function linkWatch(run: Pick<Run, 'step' | 'sleep'>, driver: Driver, kind: LinkKind): LinkWatch {
  const traits = driver.traits(kind);
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
      await run.sleep(`interval ${polls}`, traits.pollMs);
      const asked = new Set(waiters);
      const links = [...asked].map(({ link }) => link);
      const answer = await run.step<StepOutcome<LinkPoll>>(`status ${polls}`, (ctx) =>
        pollLinks(driver, links, ctx, () => ctx.clock.monotonicMs()),
      );
      if (!answer.ok) {
        failures += 1;
        if (endsWaits(answer.error, failures, traits)) failAll(answer.error);
        continue;
      }

      failures = 0;
      for (const waiter of asked) {
        const after = afterPoll(waiter, waiter.seen, answer.value, traits);
        if ('outcome' in after) finish(waiter, after.outcome);
        else {
          waiter.seen = after.seen;
          if (after.waiting !== undefined) waiter.onWait(after.waiting);
        }
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
          seen: {},
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
