import { cloudNow, type CallContext } from '@postern/core/internal/adapter';
import { createHash } from 'node:crypto';

const HOUR_MS = 3_600_000;

/** The tokens of creations, as one session knows them. `request`: all that decides what is created, the mark among it. */
export interface CreationTokens {
  readonly of: (request: string, ctx: CallContext) => string;
  /** The token was answered: the next creation of the same has another one. */
  readonly spend: (request: string, ctx: CallContext) => void;
}

/**
 * A token is of one intended creation. It follows from the request, the hour of the cloud, and how many creations of the same this
 * session knows of in that hour: a call that is repeated after a lost answer or by the run that continues a killed one, and the call of
 * another run that creates the same at the same time, send the same token, and the service carries it out once. What is created again
 * after it was deleted needs another one, because the service answers a used token with what it created first, for a day [I]: so a token
 * that was answered, also with what no read shows, is followed by the next one. `most`: how many follow from the request; each later one
 * is random, so that no creation is blocked for long.
 */
export function creationTokens(most: number): CreationTokens {
  const spent = new Map<string, number>();
  const keyOf = (request: string, ctx: CallContext): string => {
    const nowMs = cloudNow(ctx)?.earliestMs ?? ctx.clock.now();
    return `${Math.floor(nowMs / HOUR_MS)} ${request}`;
  };
  return {
    of: (request, ctx) => {
      const key = keyOf(request, ctx);
      const turn = spent.get(key) ?? 0;
      return turn < most ? createHash('sha256').update(`${turn} ${key}`).digest('hex') : crypto.randomUUID();
    },
    spend: (request, ctx) => {
      const key = keyOf(request, ctx);
      spent.set(key, (spent.get(key) ?? 0) + 1);
    },
  };
}
