import type { Clock } from '@postern/core';
import type { IntegrationOutput } from '../sdk-types.js';
import type { Session } from '../client/session.js';
import { STALENESS_MS } from '../limits.js';
import type { NameOf } from '../rest-api/write/method/backend-uri.js';
import type { ApiProtocol } from './protocol.js';

/** The integrations that a driver wrote a moment ago, so that its next route finds them as they are before lists show them. */
export interface MadeIntegrations {
  /** The integrations of an API that were created, or changed, a moment ago, as they were written. */
  readonly of: (apiId: string, clock: Clock) => readonly IntegrationOutput[];
  /** One that was created, or changed, and how it is now. */
  readonly add: (apiId: string, integration: IntegrationOutput, clock: Clock) => void;
  /** A route was led to one a moment ago: it exists, and is remembered for as long again. */
  readonly used: (integrationId: string, clock: Clock) => void;
  /** One that was deleted, or is found to be. */
  readonly forget: (integrationId: string) => void;
  /** Whether it was: a list may still show it. */
  readonly isGone: (integrationId: string | undefined) => boolean;
}

/** A session that writes routes of APIs of one kind. */
export interface RouteSession extends Session {
  readonly protocol: ApiProtocol;
  readonly nameOf: NameOf;
  readonly made: MadeIntegrations;
}

interface Written {
  readonly apiId: string;
  readonly integration: IntegrationOutput;
  readonly untilMs: number;
}

/** Each is remembered until lists must show it: from then on only they decide. */
export function madeIntegrations(): MadeIntegrations {
  const known = new Map<string, Written>();
  const gone = new Set<string>();
  return {
    of: (apiId, clock) =>
      [...known.values()]
        .filter((one) => one.apiId === apiId && clock.monotonicMs() <= one.untilMs)
        .map(({ integration }) => integration),
    add: (apiId, integration, clock) =>
      void known.set(integration.IntegrationId ?? '', {
        apiId,
        integration,
        untilMs: clock.monotonicMs() + STALENESS_MS,
      }),
    used: (integrationId, clock) => {
      const one = known.get(integrationId);
      if (one !== undefined) known.set(integrationId, { ...one, untilMs: clock.monotonicMs() + STALENESS_MS });
    },
    forget: (integrationId) => {
      known.delete(integrationId);
      gone.add(integrationId);
    },
    isGone: (integrationId = '') => gone.has(integrationId),
  };
}
