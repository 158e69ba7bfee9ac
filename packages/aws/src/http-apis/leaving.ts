import type { Clock, Owner } from '@postern/core/internal/library';
import type { IntegrationOutput } from '../sdk-types.js';

/** An integration that routes of a run have left, and their keys. */
export interface LeftIntegration {
  readonly integration: IntegrationOutput;
  readonly keys: readonly string[];
}

/**
 * Integrations whose routes a run deletes, or points to another one, one after the other. Each is read once in some seconds, and deleted after
 * the last route: with a read and a write for each route, a deletion would cost twice the calls, and an account has ten of them in a second.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export interface LeavingIntegrations {
  /** An integration as it was read a moment ago. */
  readonly read: (integrationId: string | undefined, clock: Clock) => IntegrationOutput | undefined;
  /** Whether one was read before, but too long ago. */
  readonly isOld: (integrationId: string | undefined, clock: Clock) => boolean;
  /** One that was read now. */
  readonly add: (integration: IntegrationOutput, clock: Clock) => void;
  /** A route of an owner does not lead to an integration any more. */
  readonly left: (apiId: string, owner: Owner, integration: IntegrationOutput, key: string) => void;
  /** Those that routes of an owner have left since the last call. */
  readonly take: (apiId: string, owner: Owner) => readonly LeftIntegration[];
}

/** For so long a deletion relies on what was read: another writer may take the mark away meanwhile. */
const READ_MS = 5_000;

export function leavingIntegrations(): LeavingIntegrations {
  const known = new Map<string, { readonly integration: IntegrationOutput; readonly untilMs: number }>();
  const left = new Map<string, LeftIntegration & { readonly of: string }>();
  const isOld = (id: string, clock: Clock): boolean => clock.monotonicMs() > (known.get(id)?.untilMs ?? Infinity);
  const nameOf = (apiId: string, { integration }: Owner): string => `${apiId} ${integration}`;
  return {
    read: (id = '', clock) => (isOld(id, clock) ? undefined : known.get(id)?.integration),
    isOld: (id = '', clock) => isOld(id, clock),
    add: (integration, clock) =>
      void known.set(integration.IntegrationId, { integration, untilMs: clock.monotonicMs() + READ_MS }),
    left: (apiId, owner, integration, key) => {
      const of = nameOf(apiId, owner);
      const before = left.get(`${of} ${integration.IntegrationId}`)?.keys ?? [];
      left.set(`${of} ${integration.IntegrationId}`, { of, integration, keys: [...before, key] });
    },
    take: (apiId, owner) => {
      const taken = [...left].filter(([, { of }]) => of === nameOf(apiId, owner));
      for (const [name, { integration }] of taken) {
        left.delete(name);
        known.delete(integration.IntegrationId);
      }
      return taken.map(([, one]) => one);
    },
  };
}
