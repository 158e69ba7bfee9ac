import type { KeptMove } from '@postern/core/moves';
import * as restate from '@restatedev/restate-sdk';
import { SERVICE, keyOf } from '../engine/names.js';
import type { KeptHandover } from '../worker/works.js';

/** An account and region. */
export type Place = { readonly provider: string; readonly account: string; readonly region: string };

/** The key of what is open in a place. */
export const placeKey = ({ provider, account, region }: Place): string => keyOf(provider, account, region);

/**
 * What has begun in an account and region and not ended, by its own ID. It is to runs of a fleet what a journal is to commands of one
 * machine: a later run continues it, or returns.
 */
const openInPlace = <N extends string, T>(name: N, idOf: (kept: T) => string) =>
  restate.object({
    name,
    options: { enableLazyState: true },
    handlers: {
      open: restate.handlers.object.shared(async (ctx: restate.ObjectSharedContext): Promise<readonly T[]> => {
        const open: T[] = [];
        for (const id of await ctx.stateKeys()) {
          const kept = await ctx.get<T>(id);
          if (kept !== null) open.push(kept);
        }
        return open;
      }),
      keep: async (ctx: restate.ObjectContext, kept: T): Promise<void> => {
        ctx.set<T>(idOf(kept), kept);
        await Promise.resolve();
      },
      ended: async (ctx: restate.ObjectContext, id: string): Promise<void> => {
        ctx.clear(id);
        await Promise.resolve();
      },
    },
  });

/** The moves of an account and region that have begun and not ended, by the ID of the move. */
export const moves = openInPlace<typeof SERVICE.moves, KeptMove>(SERVICE.moves, ({ plan }) => plan.move);

/** The switches of hand-overs that have begun and not ended, by the ID of the hand-over. */
export const handovers = openInPlace<typeof SERVICE.handovers, KeptHandover>(
  SERVICE.handovers,
  ({ plan }) => plan.handover,
);
