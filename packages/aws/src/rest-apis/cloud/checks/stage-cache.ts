import type { CheckInput, IntegrationView, Outcome, Say } from '@postern/core/internal/check';
import {
  aboutThings,
  defineCheck,
  deployedStage,
  fail,
  gatewayId,
  part,
  pass,
  stagesNamed,
  thing,
  unknown,
  unreadGateway,
} from '@postern/core/internal/checks';
import type { CacheSettings, Gateway, Stage, StageCache } from '@postern/core/internal/snapshot';

const CODES = {
  STAGES_NOT_READ: unknown('stages of {id} answer calls of {keys} from a cache', 'note'),
  CACHE_NOT_READ: unknown('stage {stage} of {gateway} answers calls of {keys} from a cache', 'note'),
  ANSWERED_FROM_CACHE: fail(
    'stage {stage} of {gateway} answers {calls} from its cache for up to {seconds} s[ {applied}]: so long a broken path does not show in calls through the gateway',
    'Test the path with `postern probe --via test-call`, which does not use the cache.[ Set a TTL of at most {longest} s on stage {stage} of {gatewayId}.]',
  ),
  NOT_CACHED: pass('stage {stage} of {gateway} answers no call of {keys} from a cache'),
};

/** The default of API Gateway. With a longer one a broken path is hidden for longer than most alarms wait. */
const LONGEST_SECONDS = 300;

export const cacheOfStage = defineCheck({
  id: 'aws/stage-cache',
  severity: 'note',
  title: 'Calls of a private integration are not answered from the cache of a stage',
  about:
    'A stage of a REST API can have a cache. It answers a call again without its backend until the TTL ends, also when the path to the ' +
    'backend is broken. Settings for all methods cache GET alone; another method is cached by its own settings. A TTL of 0 caches nothing. ' +
    'The finding is a warning if answers are kept for more than 300 seconds, which is the default. A cache that the spec declares is ' +
    'judged as if it were applied.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html'],
  unsettled: ['Whether a canary is answered from the cache is not evaluated. [U]'],
  codes: CODES,
  *run(input, say) {
    for (const view of input.integrations) {
      const { name, spec, gateway, targets, link, unresolved } = view;
      if (link.region.clouds.gatewayKind(spec.gateway) !== 'rest-api') continue;

      const keys = targets.flatMap(({ routeKeys }) => routeKeys);
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : undefined;
      if (unread !== undefined) {
        const id = gatewayId(spec.gateway);
        yield say.STAGES_NOT_READ(aboutThings(name, thing('gateway', id)), { id, keys }, unread);
      }
      if (gateway === undefined) continue;

      for (const stage of stagesNamed(gateway, spec.gateway)) {
        if (keys.length > 0) yield onStage(say, view, gateway, stage, declaredOn(input, gateway, stage));
      }
    }
  },
});

function onStage(
  say: Say<typeof CODES>,
  { name, link, spec, targets }: IntegrationView,
  gateway: Gateway,
  { name: stage, cache }: Stage,
  declared: CacheSettings | undefined,
): Outcome {
  const keys = targets.flatMap(({ routeKeys }) => routeKeys);
  const about = aboutThings(name, thing('gateway', gateway.id), part('stage', stage));
  const on = { stage, gateway: gateway.name || gateway.id, keys };
  if (cache === undefined) {
    const missing = link.region.missing('gateways', gateway.id) ?? {
      what: `the cache of stage ${stage}`,
      remedy: 'Take the snapshot again with `postern snapshot`, which reads it.',
    };
    return say.CACHE_NOT_READ(about, on, missing);
  }

  const { routes } = gateway;
  const isTaken = (call: string): boolean =>
    keys.includes(call) || (keys.includes(call.replace(/^\S+/, 'ANY')) && !routes.some(({ key }) => key === call));
  const now = (cache.calls ?? []).filter(({ key }) => isTaken(key));
  const stored = keys.filter((key) => spec.settings?.[key]?.stream !== true);
  const cached = declared === undefined ? now : withDeclared(now, stored.map(ofGet).filter(isTaken), declared);
  const isPlanned = cached.some(({ key, ttlSeconds }) => now.find((one) => one.key === key)?.ttlSeconds !== ttlSeconds);
  if (cached.length === 0) return say.NOT_CACHED(about, on);

  const seconds = Math.max(...cached.map(({ ttlSeconds }) => ttlSeconds));
  const isLong = seconds > LONGEST_SECONDS;
  const evidence = cached.map(({ key, ttlSeconds }) => ({ kind: 'stage', id: stage, text: `${key}: ${ttlSeconds} s` }));
  const params = {
    ...on,
    gatewayId: gateway.id,
    calls: cached.map(({ key }) => key),
    seconds,
    applied: isPlanned ? 'once the spec is applied' : undefined,
    longest: isLong ? LONGEST_SECONDS : undefined,
  };
  return say.ANSWERED_FROM_CACHE(about, params, {
    evidence,
    ...(isLong ? { severity: 'warning' } : {}),
  });
}

/** The cache that the spec declares for a stage: one for all of its integrations there. */
function declaredOn({ integrations }: CheckInput, { id }: Gateway, { name }: Stage): CacheSettings | undefined {
  const here = integrations.filter(
    ({ gateway, spec }) => gateway?.id === id && (deployedStage(spec.gateway) ?? name) === name,
  );
  return here.findLast(({ spec }) => spec.stageSettings?.cache !== undefined)?.spec.stageSettings?.cache;
}

type CachedCall = NonNullable<StageCache['calls']>[number];

const ofGet = (key: string): string => key.replace(/^ANY /, 'GET ');

/** A declared cache keeps answers of GET, and leaves other methods as they are. */
function withDeclared(
  now: readonly CachedCall[],
  calls: readonly string[],
  { ttlSeconds = LONGEST_SECONDS }: CacheSettings,
): readonly CachedCall[] {
  const gets = calls.filter((key) => key.startsWith('GET '));
  const planned = gets.map((key) => ({ key, ttlSeconds }));
  return [...now.filter(({ key }) => !gets.includes(key)), ...planned].filter((one) => one.ttlSeconds > 0);
}
