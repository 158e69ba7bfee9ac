import type { Clock } from '@postern/core';
import { userHash } from '@postern/core/adapter';
import type { IntegrationOutput } from '../sdk-types.js';

/**
 * Integrations whose routes are deleted one after the other. Each is read once in some seconds, and its mark is written with its last route:
 * with a read and a write for each route, a deletion would cost twice the calls, and an account has ten of them in a second.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export interface LeavingIntegrations {
  /** An integration as it was read a moment ago. */
  readonly read: (integrationId: string | undefined, clock: Clock) => IntegrationOutput | undefined;
  /** Whether one was read before, but too long ago. */
  readonly isOld: (integrationId: string | undefined, clock: Clock) => boolean;
  /** One that was read now. */
  readonly add: (integration: IntegrationOutput, clock: Clock) => void;
  /** A route was deleted, and the mark of its integration names it still. */
  readonly deleted: (integrationId: string, key: string) => void;
  /** The hashes of these routes. */
  readonly names: (integrationId: string | undefined) => readonly string[];
  /** The mark was written, or the integration is deleted. */
  readonly forget: (integrationId: string) => void;
}

/** For so long a deletion relies on what was read: another writer may take the mark away meanwhile. */
const READ_MS = 5_000;

export function leavingIntegrations(): LeavingIntegrations {
  const known = new Map<string, { readonly integration: IntegrationOutput; readonly untilMs: number }>();
  const names = new Map<string, readonly string[]>();
  const isOld = (id: string, clock: Clock): boolean => clock.monotonicMs() > (known.get(id)?.untilMs ?? Infinity);
  return {
    read: (id = '', clock) => (isOld(id, clock) ? undefined : known.get(id)?.integration),
    isOld: (id = '', clock) => isOld(id, clock),
    add: (integration, clock) =>
      void known.set(integration.IntegrationId, { integration, untilMs: clock.monotonicMs() + READ_MS }),
    deleted: (id, key) => void names.set(id, [...(names.get(id) ?? []), userHash(key)]),
    names: (id = '') => names.get(id) ?? [],
    forget: (id) => {
      known.delete(id);
      names.delete(id);
    },
  };
}
