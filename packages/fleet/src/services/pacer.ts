import * as restate from '@restatedev/restate-sdk';
import { SERVICE } from '../engine/names.js';

/** How many turns of one bucket are wanted, and the bucket. */
export type ReserveTurns = {
  readonly count: number;
  /** Between two turns at the rate of the bucket, in milliseconds. */
  readonly intervalMs: number;
  readonly burst: number;
};

/** When the turn after the last one of the bucket is due; an instant of the workers' clock. */
type PacerState = { readonly dueMs: number };

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

/** The pace of one bucket over all workers: an object of the engine has one caller at a time. */
export const pacer = restate.object({
  name: SERVICE.pacer,
  handlers: {
    /** Returns how long to wait for each turn, in milliseconds. */
    reserve: async (ctx: restate.ObjectContext, wanted: ReserveTurns): Promise<readonly number[]> => {
      const state = await ctx.get<PacerState>('state');
      const nowMs = await ctx.date.now();
      const next = nextTurns(state?.dueMs ?? 0, nowMs, wanted);
      ctx.set<PacerState>('state', { dueMs: next.dueMs });
      return next.turns.map((turn) => Math.max(0, turn - nowMs));
    },
    /** The cloud asked for fewer calls: the bucket is empty until then. */
    slowDown: async (
      ctx: restate.ObjectContext,
      { intervalMs, burst, waitMs }: Omit<ReserveTurns, 'count'> & { readonly waitMs: number },
    ): Promise<void> => {
      const state = await ctx.get<PacerState>('state');
      const nowMs = await ctx.date.now();
      const dueMs = nowMs + Math.max(waitMs, intervalMs) + (burst - 1) * intervalMs;
      ctx.set<PacerState>('state', { dueMs: Math.max(state?.dueMs ?? 0, dueMs) });
    },
  },
});
