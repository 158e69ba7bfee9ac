import type { MethodSetting } from '@aws-sdk/client-api-gateway';
import type { GatewayAnswer, Journey } from '../../../simulation/traffic/gateway-call.js';
import { mergedHeaders } from '../../../simulation/traffic/merged-headers.js';
import { httpDate } from '../../../simulation/time/time.js';
import { gatewayAnswer } from '../control/execution/gateway-answer.js';
import { sourceOf } from '../control/execution/mapped-value.js';
import { lengthOf } from '../../traffic/front.js';
import { answer, failing, type Visit } from './integrate.js';
import { allowsAction } from './policy-refusal.js';
import { ownValue } from '../../../simulation/own-value.js';

// How a cache answers: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html

/** "The maximum size of a response that can be cached is 1048576 bytes." */
const LARGEST_ENTRY = 1_048_576;
/** How the answers to a call are cached. */
interface Caching {
  readonly settings: MethodSetting;
  readonly ttlMs: number;
  readonly since: number;
}

/**
 * The settings for all methods cache those of GET alone; another method needs its own. A TTL of 0 caches nothing. Streams are not
 * cached, and neither is a canary that does not use the stage's cache [I].
 */
function cachingOf({ ground, view, call, stage, route, settings: { own, all }, isCanary }: Visit): Caching | undefined {
  const settings = own ?? (call.method === 'GET' ? all : undefined);
  if (settings?.cachingEnabled !== true || route.method.methodIntegration?.responseTransferMode === 'STREAM')
    return undefined;
  if (isCanary && stage.canarySettings?.useStageCache !== true) return undefined;

  const cluster = ground.region.restApi.apis.get(view.fields.id)?.stages.get(stage.stageName);
  const ttlMs = (settings.cacheTtlInSeconds ?? 300) * 1000;
  if (cluster?.cacheClusterStatus !== 'AVAILABLE' || ttlMs === 0) return undefined;

  return { settings, ttlMs, since: cluster.cacheSince ?? 0 };
}

/**
 * Answers a call from the cache of its stage, or runs it and stores what its backend answers, whatever status that has. A
 * deployment leaves the cache as it is [I]; what the gateway answers itself is not stored [I].
 */
export function throughCache(visit: Visit, run: () => Journey): Journey {
  const caching = cachingOf(visit);
  if (!caching) return run();

  const { ground, call } = visit;
  ground.decisions.differByCall();
  const asksAnew = /(?:^|,)\s*max-age=0\s*(?:,|$)/i.test(call.headers['cache-control'] ?? '');
  const isIgnored = asksAnew && !mayInvalidate(visit, caching);
  const strategy = caching.settings.unauthorizedCacheControlHeaderStrategy;
  if (isIgnored && strategy === 'FAIL_WITH_403') return { answer: forbiddenInvalidation(visit) };

  return failing(visit, () => {
    const key = keyOf(visit);
    const found = asksAnew && !isIgnored ? undefined : ground.cache.find(key, caching.since, ground.now());
    const journey = found === undefined ? answering(run(), store(key, caching)) : { answer: again(found) };
    return isIgnored && strategy !== 'SUCCEED_WITHOUT_RESPONSE_HEADER' ? answering(journey, warned) : journey;
  });

  function store(entryKey: string, { ttlMs }: Caching) {
    return (made: GatewayAnswer): GatewayAnswer => {
      const now = ground.now();
      const isOwn = made.outcome === 'no-integration' || 'x-amzn-ErrorType' in made.headers;
      const isKept = !isOwn && !made.stream && lengthOf(made.body) <= LARGEST_ENTRY;
      if (isKept) ground.cache.put(entryKey, { answer: made, storedAt: now, until: now + ttlMs });
      return made;
    };
  }

  /** With the IDs and the date of this call. The call comes to no link and no target. */
  function again({ headers, ...cached }: GatewayAnswer): GatewayAnswer {
    const { requestId, extendedId, trace } = visit;
    const own = { Date: httpDate(ground.now()), 'x-amzn-RequestId': requestId, 'x-amz-apigw-id': extendedId };
    return {
      ...cached,
      headers: mergedHeaders(headers, own),
      because: 'The answer is from the cache of the stage.',
      trace,
    };
  }
}

/** The header is [M] as clients of others report it. */
function warned(made: GatewayAnswer): GatewayAnswer {
  const Warning = '199 Cache-control headers were ignored because the caller was unauthorized.';
  return { ...made, headers: { ...made.headers, Warning } };
}

function answering(journey: Journey, change: (made: GatewayAnswer) => GatewayAnswer): Journey {
  if ('answer' in journey) return { ...journey, answer: change(journey.answer) };

  return { ...journey, finish: (result) => change(journey.finish(result)) };
}

/**
 * Whether the caller may have an answer from the backend in place of a cached one: everyone may, where the method does not ask; those
 * whom the resource policy allows `execute-api:InvalidateCache`; and callers who signed, since policies of IAM are not simulated.
 */
function mayInvalidate(visit: Visit, { settings }: Caching): boolean {
  if (settings.requireAuthorizationForCacheControl === false) return true;

  return visit.route.method.authorizationType === 'AWS_IAM' || allowsAction(visit, 'execute-api:InvalidateCache');
}

/** The type and the text are [U]. */
function forbiddenInvalidation(visit: Visit): GatewayAnswer {
  const because = 'The caller may not invalidate the cache, and the method refuses such calls.';
  const refused = gatewayAnswer(visit.copy, 'ACCESS_DENIED', visit.request);
  return answer(visit, refused, { outcome: 'unauthorized', because, trace: visit.trace });
}

/**
 * Methods with one `cacheNamespace` share their answers. Calls that differ only in other parameters share one answer, also where those
 * are of the path. That calls with another verb have their own is [I].
 */
function keyOf({ ground, view, call, stage, route, request }: Visit): string {
  const {
    cacheNamespace = route.resource.id,
    cacheKeyParameters = [],
    requestParameters = {},
  } = route.method.methodIntegration ?? {};
  const values = cacheKeyParameters.map((name) => {
    const source = name.startsWith('method.request.') ? name : ownValue(requestParameters, name);
    return [name, source === undefined ? [] : sourceOf(source)(request)] as const;
  });
  return JSON.stringify([ground.region.name, view.fields.id, stage.stageName, cacheNamespace, call.method, values]);
}
