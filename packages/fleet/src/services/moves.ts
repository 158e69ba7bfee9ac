import type { KeptMove } from '@postern/core/moves';
import * as restate from '@restatedev/restate-sdk';
import { SERVICE } from '../engine/names.js';

/**
 * The moves of an account and region that have begun and not ended, by the ID of the move. It is to runs of a fleet what the journal
 * of moves is to `postern migrate`: a later run continues them, or returns.
 */
export const moves = restate.object({
  name: SERVICE.moves,
  options: { enableLazyState: true },
  handlers: {
    open: restate.handlers.object.shared(async (ctx: restate.ObjectSharedContext): Promise<readonly KeptMove[]> => {
      const open: KeptMove[] = [];
      for (const move of await ctx.stateKeys()) {
        const kept = await ctx.get<KeptMove>(move);
        if (kept !== null) open.push(kept);
      }
      return open;
    }),
    keep: async (ctx: restate.ObjectContext, kept: KeptMove): Promise<void> => {
      ctx.set<KeptMove>(kept.plan.move, kept);
      await Promise.resolve();
    },
    ended: async (ctx: restate.ObjectContext, move: string): Promise<void> => {
      ctx.clear(move);
      await Promise.resolve();
    },
  },
});
