import {
  type CallContext,
  type DriverPlace,
  CloudError,
  PosternError,
  isPosternError,
} from '@postern/core/internal/library';
import type { Json } from '@postern/core/internal/adapter';
import {
  aborted,
  stepError,
  type LinkWaitResult,
  type Run,
  type StepAttempt,
  type StepError,
  type StepOptions,
  type StepOutcome,
  type UnitResult,
} from '@postern/core/internal/engine';
import * as restate from '@restatedev/restate-sdk';
import { keyOf } from '../engine/ingress.js';
import { sendTo } from '../services/calls.js';
import { bucketKey, placeOfBucket, type Bucket, type EnterLine } from '../services/pacer.js';
import { RETRY, attempted, type Setting } from './failures.js';
import { recordedStep, type Recorded, type StepManner } from './recorded-step.js';
import { LEAD_MS, type Later, type Turn } from './step-pace.js';

/** The unit that a run is for. */
export interface RunOfUnit {
  readonly run: string;
  readonly spec: string;
  readonly unit: string;
  readonly project: string;
  readonly place: DriverPlace;
  readonly account: string;
  /** Who reads and writes for it, such as the role: those of several runs may differ. */
  readonly identity: string;
  /** When it was started, on the clock of the clouds. */
  readonly startedMs: number;
  /** Until then lists may not show what runs before it have created; on the same clock. */
  readonly lookUntilMs?: number | undefined;
  /** See `UnitWork.before`. */
  readonly before?: readonly (readonly [unit: string, result: UnitResult])[] | undefined;
}

/** A `Run` on the engine, and its clock: that of the answers that were recorded last. */
export interface RestateRun {
  readonly run: Run;
  readonly nowMs: () => number;
  /** The unit has ended: its turn to write is another one's. */
  readonly end: () => void;
}

/** What a wait of a unit is answered with. */
export type Timed<T> = { readonly value: T; readonly t: number };

/** After this time without a message of the worker the engine suspends an attempt, in milliseconds. */
export const INACTIVITY_MS = 4 * 60_000;

/**
 * The `Run` of one unit in a workflow of Restate. Its operations are matched by their position when a worker replays them, so a unit
 * does one thing after the other.
 */
export function restateRunner(ctx: restate.WorkflowContext, of: RunOfUnit, setting: Setting): RestateRun {
  const { timeScale, version } = setting;
  const stop = ctx.promise<boolean>('stop').get();
  const before = new Map(of.before);
  let stopped = false;
  let nowMs = of.startedMs;
  let writing: Writing | undefined;
  /** The process that recorded the last answer, where nothing was waited for since: no other one has made what follows. */
  let recorder: string | undefined;

  const endWriting = (): void => {
    writing?.leave();
    writing = undefined;
  };
  /** What is waited for may take long, and another process may go on after it. */
  const beforeWait = (): void => {
    endWriting();
    recorder = undefined;
  };

  /** An answer of another service of the workers, and when it was given. */
  const timed = <T>({ value, t }: Timed<T>): T => {
    nowMs = Math.max(nowMs, t);
    return value;
  };
  /** Waits, and ends early if the unit is stopped. */
  const unlessStopped = async <T>(id: string, wait: restate.RestatePromise<T>): Promise<T> => {
    if (stopped) throw aborted(id, undefined);

    beforeWait();
    const first = await restate.RestatePromise.race([
      wait.map((value) => ({ value: value as T })),
      stop.map(() => 'stopped' as const),
    ]);
    if (first !== 'stopped') return first.value;

    stopped = true;
    throw aborted(id, undefined);
  };

  /** Waits for a turn; `leave` ends it. */
  const enter = async (
    { key, bucket, leaseMs }: LineOfTurns,
    waiting: (wait: restate.RestatePromise<number>) => PromiseLike<number> = (wait) => wait,
  ): Promise<Required<Taken>> => {
    beforeWait();
    const { id, promise } = ctx.awakeable<number>();
    const { place, name } = placeOfBucket(key);
    const leave = (): void => sendTo(ctx, 'pacer', place, 'leave', { name, turn: id, nowMs: nowMs / timeScale });
    const wish: EnterLine = {
      bucket: { ...bucket, leaseMs },
      place: { turn: id, run: of.run, project: of.project },
    };
    sendTo(ctx, 'pacer', place, 'enter', { name, ...wish, nowMs: nowMs / timeScale });
    try {
      return { turn: { bucket: key, dueMs: await waiting(promise), isOwn: true }, leave };
    } catch (error) {
      leave();
      throw error;
    }
  };

  /** Takes the turn to write to a gateway. It is kept for some steps: a turn for each would be two more entries of the journal. */
  const write = async (exclusive: string): Promise<void> => {
    if (writing?.exclusive === exclusive && nowMs < writing.keptMs) return;

    const { turn, leave } = await enter(writesTo(exclusive));
    const beganMs = Math.max(nowMs, turn.dueMs * timeScale);
    writing = { exclusive, leave, keptMs: beganMs + KEEP_MS * timeScale, overMs: beganMs + OVER_MS * timeScale };
  };

  /**
   * Whether a step may have begun before. A process records that it begins a step before it does, or has recorded the answer to the step
   * before: what another process began may have had its effect; what this one began, it knows.
   */
  const mayHaveBegun = async (name: string): Promise<boolean> => {
    const beginner = recorder ?? (await ctx.run(`begin ${name}`, () => setting.process));
    return beginner !== setting.process || setting.begun.has(`${ctx.key} ${name}`);
  };

  const once = async <T extends Json>(
    name: string,
    effect: (ctx: CallContext, attempt: StepAttempt) => Promise<T>,
    how: StepManner,
  ): Promise<Recorded<T>> => {
    // The cloud's errors are answers. What fails below them (the engine, a step that took too long) is tried again, some times.
    const step = `${ctx.key} ${name}`;
    const beforeMs = nowMs;
    const recorded = await ctx.run(
      name,
      async (): Promise<Recorded<T>> => {
        const { process: p, context } = setting;
        const t = context.clock.now();
        if (writing !== undefined && t > writing.overMs) return { later: { isOver: true }, t, p };

        const { attemptCompletedSignal: over } = ctx.request();
        const answer = await attempted(setting, step, () =>
          recordedStep(effect, how, { run: of.run, step, over }, setting),
        );
        return 'error' in answer ? { e: answer.error, t: beforeMs, p } : { ...answer, p };
      },
      RETRY as restate.RunOptions<Recorded<T>>,
    );
    setting.begun.delete(step);
    recorder = recorded.p;
    nowMs = Math.max(nowMs, recorded.t); // clocks of workers may differ
    return recorded;
  };

  const step = async <T extends Json>(
    id: string,
    effect: (ctx: CallContext, attempt: StepAttempt) => Promise<T>,
    { part, exclusive, cleansUp = false, needsAgain = false, reads = false }: StepOptions = {},
  ): Promise<T> => {
    const name = part === undefined ? id : `${id} (${part})`;
    if (stopped && !cleansUp) throw aborted(id, undefined);

    let taken: Taken | undefined;
    for (let times = 1; ; times += 1) {
      if (exclusive === undefined) endWriting();
      else await write(exclusive);
      let recorded: Recorded<T>;
      try {
        const tried = times === 1 ? name : `${name}, again ${times - 1}`;
        const isUnseen = part === undefined && nowMs < (of.lookUntilMs ?? 0);
        const again = needsAgain && (isUnseen || (await mayHaveBegun(tried)));
        recorded = await once(tried, effect, { again, isUnseen, cleansUp, reads, taken: taken?.turn });
      } finally {
        taken?.leave?.(); // also where an operator cancels the unit in the engine
      }
      taken = undefined;
      if ('v' in recorded) return recorded.v;
      if ('e' in recorded) throw errorOf(recorded.e);

      if ('later' in recorded) {
        const { later } = recorded;
        const unlessCleaning = <W>(wait: restate.RestatePromise<W>) => (cleansUp ? wait : unlessStopped(id, wait));
        beforeWait();
        if ('isOver' in later) continue;

        if ('line' in later) taken = await enter(lineOf(later), unlessCleaning);
        else {
          await unlessCleaning(ctx.sleep(Math.max(0, later.ms - LEAD_MS), `turn for ${name}`));
          taken = later;
        }
      } else if (recorded.halt === 'cancel') {
        stopped = true;
        throw aborted(id, undefined);
      } else {
        const { id: reply, promise } = ctx.awakeable<null>();
        sendTo(ctx, 'fleet', of.run, 'awaitResume', { reply });
        await unlessStopped(id, promise);
      }
    }
  };

  return {
    nowMs: () => nowMs,
    end: endWriting,
    run: {
      unit: of.unit,
      step,
      sleep: async (id, ms) => {
        await unlessStopped(id, ctx.sleep(Math.ceil(ms / timeScale), id));
        nowMs += ms;
      },
      until: async (id, { link, goal, timeoutMs }) => {
        const { id: reply, promise } = ctx.awakeable<Timed<StepOutcome<LinkWaitResult>>>();
        const { provider, product = '', region } = of.place;
        // Of the run, too: a poll that its workers have left would hold up the waits of later ones.
        const key = keyOf(provider, product, region, of.account, link.kind, of.identity, of.run);
        const wait = { link, goal, timeoutMs };
        sendTo(ctx, 'watch', key, 'until', { wait, reply, place: of.place, run: of.run, spec: of.spec, version });
        try {
          return timed(await unlessStopped(id, promise));
        } catch (error) {
          if (!isPosternError(error, 'ABORTED')) throw error;

          return { ok: false, error: stepError(error) };
        }
      },
      result: (unit) => {
        const result = before.get(unit);
        return result === undefined ? Promise.reject(new Error(`${unit} has not ended`)) : Promise.resolve(result);
      },
      // Without a limit of its own there is nothing to wait for; calls wait for the limits of the adapter.
      slot: () => Promise.resolve(),
      decision: async <T extends Json>(id: string, question: Json) => {
        const { id: reply, promise } = ctx.awakeable<T>();
        const approval = {
          id: `${of.spec} ${of.unit} ${id}`,
          kind: 'move',
          subject: of.spec,
          question: [JSON.stringify(question)],
        };
        sendTo(ctx, 'fleet', of.run, 'ask', { ...approval, reply });
        return unlessStopped(id, promise);
      },
    },
  };
}

/** A turn that the engine has waited for, and how it ends. */
type Taken = { readonly turn: Turn; readonly leave?: () => void };

/** A line for turns, and how long one lasts at most, in milliseconds: an operator can kill a unit, which then does not end its turn. */
type LineOfTurns = { readonly key: string; readonly bucket: Bucket; readonly leaseMs: number };

const lineOf = ({ bucket: key, line }: Extract<Later, { line: Bucket }>): LineOfTurns => ({
  key,
  bucket: line,
  leaseMs: 30_000,
});

/** A turn to write to a gateway. The instants are on the clock of the clouds. */
interface Writing {
  readonly exclusive: string;
  readonly leave: () => void;
  /** No step begins with it after this: others wait, too. */
  readonly keptMs: number;
  /** After this it may be another one's: the engine or all workers were away for long. */
  readonly overMs: number;
}

const LEASE_MS = 15 * 60_000;
const KEEP_MS = 5_000;
/** No step takes as long as what is left then. */
const OVER_MS = LEASE_MS - 5 * 60_000;

/** Writes to one gateway, one at a time, over all workers and runs. */
const writesTo = (exclusive: string): LineOfTurns => ({
  key: bucketKey(keyOf('writes', exclusive), 'write'),
  bucket: { intervalMs: 0, burst: 1 },
  leaseMs: LEASE_MS,
});

/** A recorded error as the unit's code expects it. */
function errorOf({ code, message, ...facts }: StepError): PosternError {
  const name = code as PosternError['code'];
  const { operation, requestId, outcomeUnknown, remedy } = facts;
  if (operation === undefined) return new PosternError(name, message, { remedy });

  return new CloudError(name, message, { operation, requestId, outcomeUnknown, remedy });
}
