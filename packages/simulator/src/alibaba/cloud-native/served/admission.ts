import type { GatewayCall } from '../../../simulation/traffic/gateway-call.js';
import type { Bucket } from '../../../simulation/dispatch/dispatcher.js';
import { blockHas } from '../../vpc/request/text-rules.js';
import type { Refusal } from './backend-call.js';
import { listOf, numberOf, textOf, type Policies } from './policies.js';
import { ownValue } from '../../../simulation/own-value.js';

/**
 * Whether an access control of addresses stops a call: one that a black list has, or that a white list does not have. The names of its
 * members are [I]; the status is that of the engine's RBAC.
 */
export function addressStops(policies: Policies, { sourceIp }: GatewayCall): Refusal | undefined {
  const { config } = policies.get('IpAccessControl') ?? {};
  if (!config) return undefined;

  const type = textOf(config, 'type').toUpperCase();
  const shared = listOf(config, 'ipBlackWhiteList', 'ips', 'ipList');
  const white = type === 'WHITE' ? shared : listOf(config, 'whitelist', 'whiteList');
  const black = type === 'BLACK' || type === '' ? [...shared, ...listOf(config, 'blacklist', 'blackList')] : [];
  const has = (blocks: readonly string[]): boolean => blocks.some((block) => blockHas(block, sourceIp));
  const isBarred = has(black) || (white.length > 0 && !has(white));
  if (!isBarred) return undefined;

  return {
    status: 403,
    body: 'RBAC: access denied',
    outcome: 'unauthorized',
    because: `Access control stops ${sourceIp}.`,
  };
}

const UNITS: Readonly<Record<string, number>> = { SECOND: 1, MINUTE: 60, HOUR: 3600, DAY: 86_400 };

/**
 * Whether a call exceeds the rate of its route.
 * @see https://github.com/aliyun/terraform-provider-alicloud (resource_alicloud_apig_policy_test.go: unit, limit, responseStatusCode)
 */
export function rateStops(
  policies: Policies,
  routeId: string,
  admits: (bucket: Bucket) => boolean,
): Refusal | undefined {
  const policy = policies.get('RateLimit');
  if (!policy) return undefined;

  const { config, id } = policy;
  const limit = numberOf(config, 'limit', Infinity);
  const seconds = ownValue(UNITS, textOf(config, 'unit').toUpperCase()) ?? 1;
  if (limit === Infinity || admits({ key: `${id}/${routeId}`, perSecond: limit / seconds, burst: limit }))
    return undefined;

  const body = textOf(config, 'responseContentBody') || 'Too Many Requests';
  return {
    status: numberOf(config, 'responseStatusCode', 429),
    body,
    outcome: 'throttled',
    because: `Route ${routeId} takes ${limit} calls in ${seconds} s.`,
  };
}

/** What a policy of CORS does with a call: it answers a preflight, and adds headers to other answers. */
export function corsOf(
  policies: Policies,
  { method, headers }: GatewayCall,
): { readonly preflight: Refusal | undefined; readonly added: Readonly<Record<string, string>> } {
  const { config } = policies.get('Cors') ?? {};
  const { origin, 'access-control-request-method': wanted } = headers;
  if (!config || origin === undefined) return { preflight: undefined, added: {} };

  const allowed = listOf(config, 'allowOrigins', 'allowOrigin');
  const isAllowed = allowed.some((one) => one === '*' || one === origin || isWildcardOf(one, origin));
  if (!isAllowed) return { preflight: undefined, added: {} };

  const text = (name: string): string => listOf(config, name).join(',');
  const credentials =
    textOf(config, 'allowCredentials') === 'true' ? { 'access-control-allow-credentials': 'true' } : {};
  const own = { 'access-control-allow-origin': origin, ...credentials };
  const exposed = text('exposeHeaders') === '' ? {} : { 'access-control-expose-headers': text('exposeHeaders') };
  if (method !== 'OPTIONS' || wanted === undefined) return { preflight: undefined, added: { ...own, ...exposed } };

  const maxAge =
    numberOf(config, 'unitNum', 24) * ({ h: 3600, m: 60, s: 1, d: 86_400 }[textOf(config, 'timeUnit')] ?? 3600);
  const preflight: Refusal = {
    status: 200,
    headers: {
      ...own,
      'access-control-allow-methods': text('allowMethods') || '*',
      'access-control-allow-headers': text('allowHeaders') || '*',
      'access-control-max-age': String(maxAge),
    },
    outcome: 'delivered',
  };
  return { preflight, added: {} };
}

const isWildcardOf = (pattern: string, origin: string): boolean =>
  pattern.startsWith('*.') && origin.endsWith(pattern.slice(1));
