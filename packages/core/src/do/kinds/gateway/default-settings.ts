import { canonicalJson } from '../../../ground/hash.js';
import type { Json } from '../../../ground/json.js';
import type { GatewayKind } from '../../model/gateway-kind.js';
import type { Route, RouteSettings } from '../../model/route.js';

const COMMON: RouteSettings = { parameters: {}, authorizer: 'none', scopes: [], apiKey: false, stream: false };

/**
 * The settings of a new route for which a spec declares none.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const DEFAULTS: Readonly<Partial<Record<GatewayKind, RouteSettings>>> = {
  'http-api': { ...COMMON, timeoutMs: 30_000 },
  'rest-api': { ...COMMON, timeoutMs: 29_000 },
  'websocket-api': { ...COMMON, timeoutMs: 29_000 },
};

/** The DNS name of a load balancer: the host of calls where neither the route nor its target names one. */
const BALANCER_HOST = /\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/i;

/** The settings of a route that differ from those of a new route. */
export function changedSettings(kind: GatewayKind, { settings = {}, tls }: Route): RouteSettings {
  const defaults = DEFAULTS[kind] ?? {};
  const changed = (Object.keys(settings) as (keyof RouteSettings)[]).filter((name) => {
    const value = settings[name];
    if (value === undefined) return false;
    if (name === 'host') return value !== tls?.serverName && !BALANCER_HOST.test(value as string);
    return textOf(value) !== textOf(defaults[name]);
  });
  return Object.fromEntries(changed.map((name) => [name, settings[name]]));
}

function textOf(value: RouteSettings[keyof RouteSettings]): string | undefined {
  if (value === undefined) return undefined;
  // Empty groups of parameters are no parameters.
  const isEmpty = (member: unknown): boolean =>
    typeof member === 'object' && member !== null && Object.keys(member).length === 0;
  const kept =
    typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined && !isEmpty(member)))
      : value;
  return canonicalJson(kept as Json);
}
