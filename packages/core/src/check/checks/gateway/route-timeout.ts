import type { IntegrationView, Missing } from '../../../do/world/views.js';
import { routesByKey } from '../../../do/world/routes/routes-by-key.js';
import { settingsOf } from './wanted.js';

/** How long a route waits for its backend. */
export interface RouteTimeout {
  readonly timeoutMs: number;
  /** Why the live route may wait less: the spec declares no timeout, and the route was not read. */
  readonly unread?: Missing | undefined;
}

/**
 * How long a declared route waits for its backend: as the spec declares, as the live route does, or the default of its
 * gateway, which is also the most. Undefined where routes of the gateway have no such setting.
 */
export function timeoutOf(integration: IntegrationView, key: string): RouteTimeout | undefined {
  const { spec, gateway, link, unresolved } = integration;
  const rule = link.region.clouds.gatewayOf(spec.gateway).timeout;
  if (rule === undefined) return undefined;
  const declared = settingsOf(spec, key)?.timeoutMs;
  if (declared !== undefined) return { timeoutMs: declared };
  const live = gateway === undefined ? undefined : routesByKey(link.region, gateway).get(key)?.settings?.timeoutMs;
  if (live !== undefined) return { timeoutMs: live };
  const unread = gateway === undefined ? unresolved?.missing : link.region.missing('gateways', gateway.id);
  return { timeoutMs: rule.most.byDefault, unread };
}

/** `29 s`, `50 ms`. */
export function timeText(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}
