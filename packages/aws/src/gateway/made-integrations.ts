import type { Clock } from '@postern/core';
import type { CreateIntegrationInput, IntegrationOutput } from '../apis/api-gateway-api.js';
import type { Session } from '../client/session.js';
import { STALENESS_MS } from '../limits.js';

/** The integrations that a driver created a moment ago, so that its next route finds them before lists show them. */
export interface MadeIntegrations {
  readonly find: (wanted: CreateIntegrationInput, clock: Clock) => IntegrationOutput | undefined;
  readonly add: (wanted: CreateIntegrationInput, made: IntegrationOutput, clock: Clock) => void;
  /** One that was deleted. */
  readonly forget: (integrationId: string) => void;
}

/** A session that writes routes. */
export interface RouteSession extends Session {
  readonly made: MadeIntegrations;
}

/** Each is remembered until lists must show it: from then on only they decide. */
export function madeIntegrations(): MadeIntegrations {
  const known = new Map<string, { readonly made: IntegrationOutput; readonly untilMs: number }>();
  return {
    find: (wanted, clock) => {
      const one = known.get(JSON.stringify(wanted));
      return one !== undefined && clock.monotonicMs() <= one.untilMs ? one.made : undefined;
    },
    add: (wanted, made, clock) =>
      void known.set(JSON.stringify(wanted), { made, untilMs: clock.monotonicMs() + STALENESS_MS }),
    forget: (integrationId) => {
      for (const [key, { made }] of known) if (made.IntegrationId === integrationId) known.delete(key);
    },
  };
}
