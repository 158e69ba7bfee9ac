import type { QuotaSettings } from '@aws-sdk/client-api-gateway';
import type { ApiKeyRow, RestApiState, UsagePlanRow } from '../control/state.js';
import { isPermitted } from '../../traffic/caller-headers.js';
import { ownBucket } from '../../traffic/throttled.js';
import type { Refusal, Visit } from './integrate.js';

const DAY_MS = 86_400_000;
/** The first Sunday of simulated time's scale: days are counted from a Thursday. */
const FIRST_SUNDAY = 3;

/**
 * The period of a usage plan's quota that a moment is in, as the day on which it began. A day begins at 00:00 UTC. The
 * offset of a week counts from Sunday, that of a month from the first [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html
 */
function periodAt({ period, offset = 0 }: QuotaSettings, nowMs: number): number {
  const day = Math.floor(nowMs / DAY_MS);
  if (period === 'WEEK') return day - ((((day - FIRST_SUNDAY - offset) % 7) + 7) % 7);
  if (period !== 'MONTH') return day;

  const now = new Date(nowMs);
  const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1 + offset);
  return (first <= nowMs ? first : Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1 + offset)) / DAY_MS;
}

/**
 * Something that is worked out from a part of the simulated world, and again only when the world may have changed.
 * @param work works it out
 */
function perVersion<S extends object, T>(work: (state: S) => T): (state: S, version: number) => T {
  const known = new WeakMap<S, { readonly version: number; readonly value: T }>();
  return (state, version) => {
    const last = known.get(state);
    if (last?.version === version) return last.value;

    const value = work(state);
    known.set(state, { version, value });
    return value;
  };
}

interface KnownKey {
  readonly key: ApiKeyRow;
  readonly plans: readonly UsagePlanRow[];
}

/** The keys of the account by their value, each with its plans. */
const keysByValue = perVersion(({ apiKeys, usagePlans }: RestApiState): ReadonlyMap<string, KnownKey> => {
  const plans = new Map<string, UsagePlanRow[]>();
  for (const plan of usagePlans.values()) {
    for (const id of plan.keys.keys()) plans.set(id, [...(plans.get(id) ?? []), plan]);
  }
  return new Map([...apiKeys.values()].map((key) => [key.value ?? '', { key, plans: plans.get(key.id) ?? [] }]));
});

/**
 * Refuses a call whose method requires an API key: without a key that is enabled and has a usage plan for the stage; above
 * the plan's limits of the method and then its own; and beyond its quota.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export function usageRefusal(visit: Visit): Refusal | undefined {
  const { method } = visit.route;
  if (method.apiKeyRequired !== true || isPermitted(visit.call)) return undefined;

  const found = planOf(visit);
  if (typeof found === 'string') return { type: 'INVALID_API_KEY', outcome: 'unauthorized', because: found };

  return throttled(visit, found) ?? overQuota(visit, found);
}

interface Use {
  readonly key: ApiKeyRow;
  readonly plan: UsagePlanRow;
}

function planOf({ ground, view, stage, copy, call }: Visit): Use | string {
  if (copy.apiKeySource === 'AUTHORIZER') {
    return 'The API key comes from the function of the authorizer, which is not simulated.';
  }

  const value = call.headers['x-api-key'];
  if (value === undefined) return 'The call has no header x-api-key, which the method requires.';

  const known = keysByValue(ground.region.restApi, ground.version).get(value);
  if (!known) return 'No API key has the value of the header x-api-key.';

  const { key, plans } = known;
  if (key.enabled !== true) return `API key ${key.id} is not enabled.`;

  const plan = plans.find(({ fields }) =>
    fields.apiStages?.some(({ apiId, stage: name }) => apiId === view.fields.id && name === stage.stageName),
  );
  return plan ? { key, plan } : `API key ${key.id} has no usage plan for stage ${stage.stageName} of the API.`;
}

/** The limits of a plan hold for each of its keys. */
function throttled({ ground, view, stage, route, call }: Visit, { key, plan }: Use): Refusal | undefined {
  const { region, admits } = ground;
  const { id, throttle, apiStages = [] } = plan.fields;
  const own = apiStages.find(
    ({ apiId, stage: name }) => apiId === view.fields.id && name === stage.stageName,
  )?.throttle;
  const method = `${route.resource.path}/${call.method}`;
  const name = `plan/${id}/${key.id}`;
  const limits = [
    { key: `${name}/${view.fields.id}/${stage.stageName}${method}`, limit: own?.[method] },
    { key: name, limit: throttle },
  ];
  const refused = limits.find(({ key: bucket, limit }) => {
    if (limit?.rateLimit === undefined && limit?.burstLimit === undefined) return false;

    return !admits(ownBucket(region.name, bucket, { rate: limit.rateLimit, burst: limit.burstLimit }));
  });
  if (!refused) return undefined;

  return {
    type: 'THROTTLED',
    outcome: 'throttled',
    because: `API key ${key.id} is above the limit of usage plan ${id}.`,
  };
}

function overQuota({ ground }: Visit, { key, plan }: Use): Refusal | undefined {
  const { id, quota } = plan.fields;
  if (quota?.limit === undefined) return undefined;

  const period = periodAt(quota, ground.now());
  if (ground.spends({ key: `${ground.region.name}/${id}/${key.id}`, period, most: quota.limit })) return undefined;

  const because = `API key ${key.id} has used the quota of usage plan ${id}: ${quota.limit} calls a ${quota.period?.toLowerCase()}.`;
  return { type: 'QUOTA_EXCEEDED', outcome: 'throttled', because };
}
