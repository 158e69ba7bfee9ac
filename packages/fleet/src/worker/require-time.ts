import { PosternError } from '@postern/core/internal/library';
import type * as restate from '@restatedev/restate-sdk';
import { type Ingress, SERVICE } from '../engine/ingress.js';

/** Waits of the engine end by the clock of the worker that begins them. Turns of calls follow the engine's, and so may differ by less. */
const MOST_SKEW_MS = 5_000;

/** The pause between two questions, while the engine does not answer. */
const ASKED_EVERY_MS = 500;

/** Services that begin no wait: their answers do not depend on the clock of a worker. */
const WITHOUT_WAITS: ReadonlySet<string> = new Set([SERVICE.fleet, SERVICE.runs, SERVICE.progress, SERVICE.pacer]);

/**
 * Waits until the engine answers, and compares its clock with that of this machine. Without an answer a worker has no work, so nothing is
 * lost by waiting. `onWait` gets the first error.
 * @throws {PosternError} `CLOCK_SKEWED`; the reason of the signal.
 */
export async function requireTime(
  ingress: Pick<Ingress, 'learnTime' | 'aheadMs'>,
  {
    signal,
    onWait,
  }: { readonly signal?: AbortSignal | undefined; readonly onWait?: ((error: unknown) => void) | undefined } = {},
): Promise<void> {
  for (let asked = 0; ; asked += 1) {
    signal?.throwIfAborted();
    try {
      await ingress.learnTime();
      break;
    } catch (error) {
      if (asked === 0) onWait?.(error);
      await pause(signal);
    }
  }
  const error = clockError(ingress);
  if (error !== undefined) throw error;
}

/** Takes no work while the clock of this machine is far off the engine's, because one of the two was set. The engine tries it again. */
export function keepsTime(ingress: Pick<Ingress, 'aheadMs'>): restate.HooksProvider {
  return ({ request: { target } }) => ({
    interceptor: {
      handler: async (next) => {
        const error = WITHOUT_WAITS.has(target.service) ? undefined : clockError(ingress);
        if (error !== undefined) throw error;

        await next();
      },
    },
  });
}

function clockError({ aheadMs }: Pick<Ingress, 'aheadMs'>): PosternError | undefined {
  const skewMs = Math.abs(aheadMs());
  if (skewMs <= MOST_SKEW_MS) return undefined;

  const message = `the clock of this machine is ${Math.round(skewMs / 1_000)} s off that of the engine`;
  return new PosternError('CLOCK_SKEWED', message, { remedy: 'Set the clocks of both machines.' });
}

function pause(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ASKED_EVERY_MS);
    signal?.addEventListener('abort', end, { once: true });
  });
}
