import * as restate from '@restatedev/restate-sdk';
import { SERVICE } from '../engine/names.js';
import { sendTo } from './calls.js';

/** The rate of a bucket: `burst` calls at once, then one in each interval. All milliseconds here are those of the machines. */
export type Bucket = { readonly intervalMs: number; readonly burst: number };

/** The time of the caller: a handler that asked for the time itself would have to record it. */
type Timed = { readonly nowMs: number };

/** How many turns of one bucket are wanted, and the bucket. */
export type ReserveTurns = Bucket & { readonly count: number };

/** A place in a line. `turn`: the ID of the awakeable that begins it. No two runs change a project in one account and region at once. */
export type Place = { readonly turn: string; readonly run: string; readonly project: string };

/** A wish for a turn that ends before the next one begins, or after `leaseMs`. */
export type EnterLine = { readonly bucket: Bucket & { readonly leaseMs: number }; readonly place: Place };

/** Turns of a bucket; and their instants. */
export type Line = {
  /** When the turn after the last one is due, with its burst used up. */
  readonly dueMs: number;
  readonly bucket?: Bucket & { readonly leaseMs: number };
  readonly holder?: Place & { readonly untilMs: number };
  readonly waiting: readonly Place[];
  /** When the line is looked at again. */
  readonly wakes: readonly number[];
};

const EMPTY: Line = { dueMs: 0, waiting: [], wakes: [] };

/**
 * The next turns of a bucket: a turn is never given twice, and one that has passed unused is not given any more, so
 * workers that wake together late get turns one after the other.
 */
export function nextTurns(
  dueMs: number,
  nowMs: number,
  { count, intervalMs, burst }: ReserveTurns,
): { readonly dueMs: number; readonly turns: readonly number[] } {
  let due = dueMs;
  const turns: number[] = [];
  for (let at = 0; at < count; at += 1) {
    due = Math.max(nowMs, due);
    turns.push(Math.max(nowMs, due - (burst - 1) * intervalMs));
    due += intervalMs;
  }
  return { dueMs: due, turns };
}

/** Ends a turn, or the wait for it. The next one is due an interval later: the cloud has counted the call at the latest now. */
export function left(line: Line, turn: string, nowMs: number): Line {
  if (line.holder?.turn !== turn) return { ...line, waiting: line.waiting.filter((one) => one.turn !== turn) };
  const { holder: _ended, ...rest } = line;
  const intervalMs = line.bucket?.intervalMs ?? 0;
  return intervalMs === 0 ? rest : { ...rest, dueMs: Math.max(nowMs, line.dueMs) + intervalMs };
}

/** Adds a place. Those of earlier runs of the project are dropped: an operator has killed these runs in the engine. */
export function entered(line: Line, { bucket, place }: EnterLine, nowMs: number): Line {
  const isGone = ({ run, project }: Place): boolean => project === place.project && run !== place.run;
  const { holder } = line;
  const rest = holder !== undefined && isGone(holder) ? left(line, holder.turn, nowMs) : line;
  return { ...rest, bucket, waiting: [...rest.waiting.filter((one) => !isGone(one)), place] };
}

/** A turn begins so long before it is due: its step gets ready, and waits for the rest. */
const LEAD_MS = 2_000;

/** What follows: whose turn begins now, and when it is due; when the line is looked at again. */
export type Advanced = {
  readonly line: Line;
  readonly begins?: { readonly turn: string; readonly dueMs: number } | undefined;
  readonly wakeMs?: number | undefined;
};

/** Begins the next turn where none is under way; a turn that has lasted too long has ended. */
export function advance(past: Line, nowMs: number): Advanced {
  const isOver = past.holder !== undefined && past.holder.untilMs <= nowMs;
  const wakes = past.wakes.filter((atMs) => atMs > nowMs);
  let line: Line = { ...(isOver ? left(past, past.holder.turn, nowMs) : past), wakes };
  const { bucket, holder, waiting } = line;
  const [first, ...rest] = waiting;
  if (bucket === undefined || first === undefined) return { line };
  const { intervalMs, burst, leaseMs } = bucket;
  const dueMs = Math.max(nowMs, line.dueMs - (burst - 1) * intervalMs);
  let atMs = dueMs - Math.min(LEAD_MS, intervalMs / 2);
  const begins = holder === undefined && atMs <= nowMs ? { turn: first.turn, dueMs } : undefined;
  if (begins !== undefined) line = { ...line, holder: { ...first, untilMs: nowMs + leaseMs }, waiting: rest };
  atMs = line.holder?.untilMs ?? atMs;
  const isAwaited = line.waiting.length === 0 || wakes.some((wakeMs) => wakeMs <= atMs);
  if (!isAwaited) line = { ...line, wakes: [...wakes, atMs] };
  return { line, begins, wakeMs: isAwaited ? undefined : atMs };
}

/** The turns of one bucket over all workers: an object of the engine has one caller at a time. */
export const pacer = restate.object({
  name: SERVICE.pacer,
  handlers: {
    /** Returns how long to wait for each turn. */
    reserve: (ctx: restate.ObjectContext, { nowMs, ...wanted }: ReserveTurns & Timed): Promise<readonly number[]> =>
      change(ctx, nowMs, (line) => {
        const { dueMs, turns } = nextTurns(line.dueMs, nowMs, wanted);
        return { line: { ...line, dueMs }, answer: turns.map((turn) => turn - nowMs) };
      }),
    /** The cloud asked for fewer calls: the bucket is empty until then. */
    slowDown: (
      ctx: restate.ObjectContext,
      { nowMs, intervalMs, burst, waitMs }: Bucket & Timed & { readonly waitMs: number },
    ): Promise<null> =>
      change(ctx, nowMs, (line) => {
        const dueMs = nowMs + Math.max(waitMs, intervalMs) + (burst - 1) * intervalMs;
        return { line: { ...line, dueMs: Math.max(line.dueMs, dueMs) }, answer: null };
      }),
    /** Waits in the line. The awakeable that begins the turn says when it is due; it ends with `leave`, or with its lease. */
    enter: (ctx: restate.ObjectContext, { nowMs, ...wish }: EnterLine & Timed): Promise<null> =>
      change(ctx, nowMs, (line) => ({ line: entered(line, wish, nowMs), answer: null })),
    /** Ends a turn, or the wait for it. */
    leave: (ctx: restate.ObjectContext, { nowMs, turn }: Timed & { readonly turn: string }): Promise<null> =>
      change(ctx, nowMs, (line) => ({ line: left(line, turn, nowMs), answer: null })),
    wake: (ctx: restate.ObjectContext, { nowMs }: Timed): Promise<null> =>
      change(ctx, nowMs, (line) => ({ line, answer: null })),
  },
});

async function change<T>(
  ctx: restate.ObjectContext,
  nowMs: number,
  to: (line: Line) => { readonly line: Line; readonly answer: T },
): Promise<T> {
  const { line: changed, answer } = to((await ctx.get<Line>('line')) ?? EMPTY);
  const { line, begins, wakeMs } = advance(changed, nowMs);
  ctx.set<Line>('line', line);
  if (begins !== undefined) ctx.resolveAwakeable(begins.turn, begins.dueMs);
  if (wakeMs !== undefined) sendTo(ctx, 'pacer', ctx.key, 'wake', { nowMs: wakeMs }, wakeMs - nowMs);
  return answer;
}
