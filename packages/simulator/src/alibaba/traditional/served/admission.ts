import type { Bucket } from '../../../simulation/dispatch/dispatcher.js';
import { rpsOf } from '../control/instance/new-instance.js';
import type { ApiGroupRow, GatewayInstanceRow } from '../control/state.js';
import type { Failure, GatewayErrorCode } from './received.js';
import { bodyOf, numberIn, textIn, type Body } from './plugins/body.js';
import type { Route } from './group-view.js';
import { ownValue } from '../../../simulation/own-value.js';

/** Calls per second of one account on the shared instance; each group has a limit of its own. */
const SHARED_RPS = 1000;

type Admits = (bucket: Bucket) => boolean;

/**
 * Whether the instance or the group has reached its calls per second. All calls count, also those that are refused later.
 * @see https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/limits
 */
export function isThrottled(
  admits: Admits,
  { id, kind, spec, requestsPerSecond }: GatewayInstanceRow,
  { id: groupId, trafficLimit }: ApiGroupRow,
): Failure | undefined {
  const rps = requestsPerSecond ?? (kind === 'shared' ? SHARED_RPS : rpsOf(spec));
  if (!admits(perSecond(`instance/${id}`, rps))) {
    return throttled('T429IN', `Instance ${id} takes ${rps} calls a second.`);
  }
  if (admits(perSecond(`group/${groupId}`, trafficLimit))) return undefined;

  return throttled('T429GR', `Group ${groupId} takes ${trafficLimit} calls a second.`);
}

/**
 * Whether a throttling plug-in, or a policy of the older form, stops a call: its limit for the API, and for each application by its
 * key. Where there are both, the plug-in counts [I]. Limits for single applications, owners and parameters are not simulated.
 * @see https://www.alibabacloud.com/help/en/api-gateway/user-guide/throttling-2
 */
export function isThrottledByPlugin(admits: Admits, { published }: Route, application: string): Failure | undefined {
  const { api, plugins, throttle, version } = published;
  const body = bodyOf(published, 'trafficControl');
  const plugin = plugins.find(({ PluginType }) => PluginType === 'trafficControl');
  const [id, name] = plugin ? [plugin.PluginId, plugin.PluginName] : [throttle?.id, throttle?.name];
  if (id === undefined) return undefined;

  const { unitSeconds, apiDefault, appDefault } = body
    ? limitsOf(body)
    : { ...throttle, unitSeconds: UNITS[throttle?.unit ?? ''] ?? 1 };
  const key = `plugin/${id}/${api.id}/${version.stageName}`;
  const taken = (bucket: string, limit: number | undefined): boolean =>
    limit !== undefined && !admits({ key: bucket, perSecond: limit / unitSeconds, burst: limit });
  const isOver = taken(key, apiDefault) || (application !== '' && taken(`${key}/${application}`, appDefault));
  return isOver ? throttled('T429PR', `${name} (${id}) throttles API ${api.id}.`) : undefined;
}

const UNITS: Readonly<Record<string, number>> = { SECOND: 1, MINUTE: 60, HOUR: 3600, DAY: 86_400 };

interface Limits {
  readonly unitSeconds: number;
  readonly apiDefault: number | undefined;
  readonly appDefault: number | undefined;
}

const limitsOf = (body: Body): Limits => ({
  unitSeconds: ownValue(UNITS, textIn(body, 'unit').toUpperCase()) ?? 1,
  apiDefault: limitOf(body, 'apiDefault'),
  appDefault: limitOf(body, 'appDefault'),
});

function limitOf(body: Body, name: string): number | undefined {
  const limit = numberIn(body, name) ?? 0;
  return limit > 0 ? limit : undefined;
}

const perSecond = (key: string, rps: number): Bucket => ({ key, perSecond: rps, burst: rps });

function throttled(code: GatewayErrorCode, because: string): Failure {
  return { code, outcome: 'throttled', because };
}

/** The application that a call names, by its key or code; empty where it names none. */
export function applicationOf(headers: Readonly<Record<string, string>>): string {
  const [, code = ''] = /^APPCODE\s+(\S+)$/i.exec(headers['authorization'] ?? '') ?? [];
  return headers['x-ca-key'] ?? code;
}

/** Why it cannot be decided whether a caller may call an API: OpenID Connect is not simulated. */
export function unverified({ published: { api }, service: { authType } }: Route): string | undefined {
  return authType.includes('OPENID')
    ? `API ${api.id} has AuthType ${authType}: OpenID Connect is not simulated.`
    : undefined;
}
