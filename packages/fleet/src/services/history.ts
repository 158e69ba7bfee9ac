import { defined } from '@postern/core/internal/adapter';
import type { StepError } from '@postern/core/internal/engine';
import { deliver, nextDue, verdictCounts, WATCH_VERSION, type WatchHistory } from '@postern/core/internal/watch';
import * as restate from '@restatedev/restate-sdk';
import type { WorkflowContext } from '@restatedev/restate-sdk';
import { SERVICE } from '../engine/ingress.js';
import type { WatchedState, ApprovalAnswer, ApprovalKind } from '../model.js';
import { RETRY, attempted, recordedRead, type Setting, whileReading } from '../worker/failures.js';
import { observeRound } from '../worker/observe-round.js';
import type { WatchWork, SpecWork } from '../worker/works.js';
import { NOT_KEPT, refusal, sendTo } from './calls.js';

/** What came of an observation. `error`: why nothing could be read. */
export type WatchedRound = {
  readonly watched?: WatchedState | undefined;
  /** Whether a worse verdict waits for a second observation. */
  readonly isPending?: boolean | undefined;
  readonly error?: StepError | undefined;
};

/** A message that is due is sent at most so often, in milliseconds. */
const SHORTEST_MS = 1_000;
/** What does not work and is part of `status`. */
const MOST_OPEN = 20;

/** What is kept of a watched spec over all rounds. Rounds come one after the other, so that each change is found once. */
export const historyService = (setting: Setting, replaysAlways: boolean) =>
  restate.object({
    name: SERVICE.history,
    options: { ...NOT_KEPT, enableLazyState: true, ...whileReading(replaysAlways) },
    handlers: {
      observe: async (ctx: restate.ObjectContext, work: WatchWork): Promise<WatchedRound> => {
        const kept = { history: await ctx.get<WatchHistory>('history'), snapshot: await ctx.get<string>('snapshot') };
        if (isNewer(kept.history)) return { error: newerHistory(ctx.key) };

        const round = await recordedRead(ctx, setting, 'observe', () => observeRound(work, kept, setting));
        if (!('history' in round)) return { error: round.error };

        if (round.snapshot === null) ctx.clear('snapshot');
        else if (round.snapshot !== undefined) ctx.set('snapshot', round.snapshot);
        const history = await send(ctx, setting, round.history);
        const { isPending, error } = round;
        return { watched: watchedOf(ctx.key, history), isPending, ...defined({ error }) };
      },
      /** Sends again what a notifier has not received. */
      deliver: async (ctx: restate.ObjectContext): Promise<void> => {
        ctx.clear('timer');
        const history = await ctx.get<WatchHistory>('history');
        if (history !== null && !isNewer(history)) await send(ctx, setting, history);
      },
      read: restate.handlers.object.shared(async (ctx: restate.ObjectSharedContext): Promise<WatchHistory> => {
        const history = await ctx.get<WatchHistory>('history');
        if (history === null) throw refusal('NOT_FOUND', `${ctx.key} was not watched`);

        return history;
      }),
    },
  });

/** Whether newer workers keep a history, whose members these do not know. It stays as it is: they continue it. */
const isNewer = (history: WatchHistory | null): boolean => history !== null && history.version > WATCH_VERSION;

const newerHistory = (key: string): StepError => ({
  code: 'UNSUPPORTED_VERSION',
  message: `a newer version of the workers keeps the history of ${key}`,
  remedy: 'Register workers of that version again, or watch under another name.',
});

/** Keeps a history, sends what is due to the notifiers of this worker, and begins the timer of what they have not received. */
async function send(ctx: restate.ObjectContext, setting: Setting, history: WatchHistory): Promise<WatchHistory> {
  const { notifiers, context, timeScale } = setting;
  ctx.set('history', history);
  if (history.undelivered.length === 0) return history;

  const now = (): number => context.clock.now();
  const effect = async () => {
    const { undelivered } = await deliver(history, notifiers, { now });
    const channels = new Set(notifiers.map(({ channel }) => channel));
    const own = undelivered.filter(({ channel }) => channels.has(channel));
    const due = nextDue({ ...history, undelivered: own });
    return { undelivered, ...(due === undefined ? {} : { inMs: Math.max(SHORTEST_MS, due - now()) }) };
  };
  const sent = await ctx.run('deliver', () => attempted(setting, `${ctx.key} deliver`, effect), RETRY);
  if ('error' in sent) return history; // a defect; the next round tries again

  const left = { ...history, undelivered: sent.undelivered };
  ctx.set('history', left);
  if (sent.inMs !== undefined && (await ctx.get<true>('timer')) === null) {
    ctx.set('timer', true);
    sendTo(ctx, 'history', ctx.key, 'deliver', null, sent.inMs / timeScale);
  }
  return left;
}

function watchedOf(key: string, history: WatchHistory): WatchedState {
  const open = Object.entries(history.subjects).flatMap(
    ([
      subject,
      {
        verdict,
        since,
        reasons: [first],
      },
    ]) =>
      verdict === undefined || verdict === 'works'
        ? []
        : [{ subject, verdict, since, ...(first === undefined ? {} : { why: `${first.check}: ${first.message}` }) }],
  );
  return { history: key, counts: verdictCounts(history), open: open.slice(0, MOST_OPEN) };
}

/** What a user is asked before a plan is carried out. */
export type Question = { readonly kind: ApprovalKind; readonly question: readonly string[] };

/** What was refused, and the error of what is left as it is. */
export type Refusal = { readonly kind: ApprovalKind; readonly error: StepError };

/** Asks what the run wants to be asked about a plan. Returns what was refused. */
export async function askFor(
  ctx: WorkflowContext,
  work: Pick<SpecWork, 'run' | 'name'>,
  questions: readonly Question[],
  tell: () => void,
): Promise<readonly Refusal[]> {
  const refused: Refusal[] = [];
  for (const { kind, question } of questions) {
    const { id: reply, promise } = ctx.awakeable<ApprovalAnswer>();
    tell();
    sendTo(ctx, 'fleet', work.run, 'ask', { id: `${kind} ${work.name}`, kind, subject: work.name, question, reply });
    const answer = await promise;
    if (answer.approved) continue;

    const why = answer.reason === undefined ? '' : `: ${answer.reason}`;
    refused.push({ kind, error: { code: 'ABORTED', message: `${kind} was refused by ${answer.by}${why}` } });
  }
  return refused;
}
