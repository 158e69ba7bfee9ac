import * as restate from '@restatedev/restate-sdk';
import { SERVICE } from '../engine/names.js';
import { sendTo } from './calls.js';

/** A writer that waits for its turn or has it: the ID of the awakeable that gives it. */
type Writers = readonly string[];

/**
 * A turn ends by itself after this time, in milliseconds: an operator can kill a unit in the engine, and then it does not give its
 * turn back. No step takes as long.
 */
const LEASE_MS = 15 * 60_000;

/** Writes to one gateway, one at a time, over all workers and runs, in the order in which they ask. */
export const gateway = restate.object({
  name: SERVICE.gateway,
  handlers: {
    enter: async (ctx: restate.ObjectContext, { turn }: { readonly turn: string }): Promise<void> => {
      const writers = (await ctx.get<Writers>('writers')) ?? [];
      ctx.set<Writers>('writers', [...writers, turn]);
      if (writers.length === 0) begin(ctx, turn);
    },
    /** Ends a turn, or the wait for it. */
    leave: async (ctx: restate.ObjectContext, { turn }: { readonly turn: string }): Promise<void> => {
      const writers = (await ctx.get<Writers>('writers')) ?? [];
      const rest = writers.filter((one) => one !== turn);
      if (rest.length === 0) ctx.clear('writers');
      else ctx.set<Writers>('writers', rest);
      const next = rest[0];
      if (writers[0] === turn && next !== undefined) begin(ctx, next);
    },
  },
});

function begin(ctx: restate.ObjectContext, turn: string): void {
  ctx.resolveAwakeable(turn, true);
  sendTo(ctx, 'gateway', ctx.key, 'leave', { turn }, LEASE_MS);
}
