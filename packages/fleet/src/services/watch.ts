import { afterPoll, endsWaits, pollLinks, type AwaitedLink, type SeenWait } from '@postern/core/internal/engine';
import type { DriverPlace } from '@postern/core/internal/library';
import * as restate from '@restatedev/restate-sdk';
import { SERVICE, keyOf } from '../engine/ingress.js';
import { RETRY, attempted, type Setting, readContext, settled } from '../worker/failures.js';
import { HUNG_MS } from '../worker/recorded-step.js';
import { driversFor, type SpecWork, type WatchWork } from '../worker/works.js';
import { sendTo, callHandler } from './calls.js';
import { CONFIRM_MS } from '@postern/core/internal/watch';
import type { FleetState } from '../model.js';
import type { WatchedRound } from './history.js';
import type { SpecEnds } from './place-work.js';

/** A wait of a unit, and whom it is answered to. */
type Awaited = {
  readonly wait: AwaitedLink;
  readonly reply: string;
  readonly place: DriverPlace;
  readonly run: string;
  readonly spec: string;
  /** Of the workers of the run. */
  readonly version: string;
};

type Waiter = Awaited & { readonly seen: SeenWait };

/** Who waits, and how many polls have failed since the last one that did not. */
type Waits = { readonly waiters: readonly Waiter[]; readonly failures: number };

const NO_WAITS: Waits = { waiters: [], failures: 0 };

/**
 * While units of a run wait for links of one kind in one account and region, one status call an interval serves all that assume one role.
 */
export const watchOf = (setting: Setting) =>
  restate.object({
    name: SERVICE.watch,
    handlers: {
      until: async (ctx: restate.ObjectContext, awaited: Awaited): Promise<void> => {
        const { waiters, failures } = (await ctx.get<Waits>('waits')) ?? NO_WAITS;
        ctx.set<Waits>('waits', { waiters: [...waiters, { ...awaited, seen: {} }], failures });
        if (waiters.length === 0) sendTo(ctx, 'watch', ctx.key, 'poll', null, POLL_SOON_MS);
      },
      poll: async (ctx: restate.ObjectContext): Promise<void> => {
        const { waiters, failures: before } = (await ctx.get<Waits>('waits')) ?? NO_WAITS;
        const first = waiters[0];
        if (first === undefined) return;

        const links = waiters.map(({ wait }) => wait.link);
        const now = (): number => setting.context.clock.now();
        const poll = async () => {
          const { accounts } = await setting.works.of(first.run, first.spec, first.version);
          return settled(async (signal) => {
            const driver = await driversFor({ accounts }, setting.driverOf)(first.place);
            const { pollMs, stalenessMs } = driver.traits(first.wait.link.kind);
            const answer = await pollLinks(driver, links, readContext(setting, signal), now);
            return { answer, traits: { pollMs, stalenessMs } };
          }, HUNG_MS);
        };
        const effect = async () => {
          const polled = await attempted(setting, `${ctx.key} poll`, poll);
          if (!('error' in polled)) return { ...polled, atMs: now() };

          return { answer: { ok: false as const, error: polled.error }, traits: WITHOUT_DRIVER, atMs: now() };
        };
        const { answer, traits: of, atMs } = await ctx.run('status', effect, RETRY);
        const traits = { ...of, pollMs: SELDOM * of.pollMs }; // the longest time between two polls
        const failures = answer.ok ? 0 : before + 1;
        const left: Waiter[] = [];
        for (const waiter of waiters) {
          const after = answer.ok
            ? afterPoll(waiter.wait, waiter.seen, answer.value, traits)
            : endsWaits(answer.error, failures, traits)
              ? { outcome: answer }
              : { seen: waiter.seen };
          if ('outcome' in after) ctx.resolveAwakeable(waiter.reply, { value: after.outcome, t: atMs });
          else left.push({ ...waiter, seen: after.seen });
        }
        if (left.length === 0) ctx.clear('waits');
        else {
          ctx.set<Waits>('waits', { waiters: left, failures });
          const isNearlyReady = left.some(({ seen: { good = 0 } }) => good > 0);
          sendTo(ctx, 'watch', ctx.key, 'poll', null, (isNearlyReady ? of : traits).pollMs / setting.timeScale);
        }
      },
    },
  });

/** How often is polled where no driver says it, in milliseconds: this worker cannot assume the role, or the call hung. */
const WITHOUT_DRIVER = { pollMs: 5_000, stalenessMs: 0 };

/**
 * So many intervals of its driver lie between two polls, until one finds a link ready: links take minutes, and a poll in a fleet is
 * an invocation of the engine and its record besides the call. Polls were most of the work of runs over hundreds of accounts. [M]
 */
const SELDOM = 3;

/** Waits that come together share the first poll. */
const POLL_SOON_MS = 100;

/** Clocks of two workers may differ by so much, in milliseconds: both follow the dates of the engine's answers. */
const BETWEEN_CLOCKS_MS = 2_000;

/** A round of a watched spec. One that shows something worse observes a second time, a minute later. */
export async function watchSpec(
  ctx: restate.WorkflowContext,
  { name, spec, accounts }: SpecWork,
  { timeScale }: Setting,
  { tell, end }: SpecEnds,
): Promise<FleetState> {
  const key = keyOf(spec.project, name);
  const observe = async (): Promise<WatchedRound> => {
    const work: WatchWork = { name, spec, accounts };
    const round = await callHandler<WatchedRound>(ctx, 'history', key, 'observe', work);
    tell({ state: 'running', ...('watched' in round ? { watched: round.watched } : {}) });
    return round;
  };
  let round = await observe();
  if (round.isPending === true) {
    await ctx.sleep(Math.ceil((CONFIRM_MS + BETWEEN_CLOCKS_MS) / timeScale));
    round = await observe();
  }
  return round.error === undefined ? end('done') : end('failed', { error: round.error });
}
