import type { Clouds } from '../../kinds/cloud/clouds.js';
import { declaredThrottles, hasCache, hasLimits, throttleOf } from '../../kinds/gateway/gateway-spec.js';
import { callsUnlike, throttlesOfCalls } from '../../kinds/gateway/stage-settings.js';
import type { CacheSettings, Gateway, Stage, StageChange, StageSettings } from '../../model/gateway.js';
import type { Throttle } from '../../model/route.js';
import type { IntegrationSpec } from '../../spec.js';
import { throttleText } from '../../world/routes/setting-text.js';

/** One setting that a step changes. */
export interface Difference {
  readonly field: string;
  readonly from: string;
  readonly to: string;
  readonly change: StageChange;
  /** The setting of the whole stage that is written: the mark names it. */
  readonly setting?: keyof StageSettings | undefined;
}

/** A setting of a whole stage, beside what is declared. */
export interface StageSetting extends Difference {
  readonly setting: keyof StageSettings;
  /** The stage has one. */
  readonly isSet: boolean;
  readonly isDeclared: boolean;
  readonly isSame: boolean;
  readonly removal: StageChange;
}

/** The integrations that declare settings of a stage. */
type Declaring = readonly IntegrationSpec[];

/** The settings of a whole stage. */
export function settingsOfStage(stage: Stage, integrations: Declaring): readonly StageSetting[] {
  const { throttle, clientCertificate, cache } = declaredSettings(integrations);
  const { id } = stage.clientCertificate ?? {};
  const caches = (settings: CacheSettings | null) => cachedKeys(integrations).map((key) => ({ key, cache: settings }));
  return [
    {
      setting: 'throttle',
      ...throttleSides('throttle', stage.throttle, throttle ?? {}),
      isSet: Object.keys(stage.throttle ?? {}).length > 0,
      isDeclared: throttle !== undefined,
      isSame: throttle !== undefined && hasLimits(stage.throttle, throttle),
      change: { throttle },
      removal: { throttle: null },
    },
    {
      setting: 'clientCertificate',
      field: 'clientCertificate',
      from: id ?? 'none',
      to: clientCertificate ?? 'none',
      isSet: id !== undefined,
      isDeclared: clientCertificate !== undefined,
      isSame: clientCertificate !== undefined && id === clientCertificate,
      change: { clientCertificate },
      removal: { clientCertificate: null },
    },
    {
      setting: 'cache',
      field: 'cache',
      from: cacheText(stage.cache),
      to: cacheText(cache),
      isSet: stage.cache?.size !== undefined,
      isDeclared: cache !== undefined,
      isSame: cache !== undefined && hasCache(stage.cache, cache),
      change: cache === undefined ? {} : { cache, routes: caches(cache) },
      removal: { cache: null, routes: caches(null) },
    },
  ];
}

/** What differs from the spec on a stage. */
export function declaredDifferences(
  clouds: Clouds,
  gateway: Gateway,
  stage: Stage,
  integrations: Declaring,
): readonly Difference[] {
  const differing = settingsOfStage(stage, integrations).filter(({ isDeclared, isSame }) => isDeclared && !isSame);
  const isThrottledHere = clouds.gateway(gateway.kind).throttledAt === 'stage';
  return [
    ...differing,
    ...(isThrottledHere ? throttleDifferences(gateway, stage, integrations) : []),
    // A step that writes the cache writes it for these calls, too.
    ...(differing.some(({ setting }) => setting === 'cache') ? [] : cacheDifferences(gateway, stage, integrations)),
  ];
}

/** The throttles of deleted routes. */
export function goneThrottles(gateway: Gateway, stage: Stage, gone: readonly string[]): readonly Difference[] {
  const keys = keysOf(gateway);
  return gone.flatMap((key) => {
    const [found] = throttlesOfCalls(stage, { key, keys });
    return found === undefined ? [] : [ofRoute(key, found.throttle, null)];
  });
}

/** A route without a throttle in the spec has that of the stage, also where the stage has another one for it. */
function throttleDifferences(gateway: Gateway, stage: Stage, integrations: Declaring): readonly Difference[] {
  const keys = keysOf(gateway);
  const { throttle: ofStage } = declaredSettings(integrations);
  const own = new Map(
    integrations
      .flatMap(({ settings }) => declaredThrottles(settings))
      .map(({ key, throttle }) => [key, throttle] as const),
  );
  return integrations
    .flatMap(({ routes }) => Object.keys(routes))
    .flatMap((key) => {
      const declared = own.get(key);
      const is = throttleOf(stage, key);
      if (declared !== undefined) return hasLimits(is, declared) ? [] : [ofRoute(key, is, declared)];
      if (ofStage === undefined) return [];

      const unlike = throttlesOfCalls(stage, { key, keys }).find(({ throttle }) => !hasLimits(throttle, ofStage));
      return unlike === undefined ? [] : [ofRoute(key, unlike.throttle, ofStage)];
    });
}

function cacheDifferences(gateway: Gateway, stage: Stage, integrations: Declaring): readonly Difference[] {
  const { cache } = declaredSettings(integrations);
  if (cache === undefined) return [];

  const keys = keysOf(gateway);
  return cachedKeys(integrations)
    .filter((key) => keys.has(key))
    .flatMap((key) => {
      const unlike = callsUnlike(stage, { key, keys }, cache);
      return unlike.map(({ key: call, is }) => ({
        field: `cache of ${call}`,
        from: keptText(is),
        // Another method than GET is cached by its own settings: its encryption alone is declared.
        to: keptText(call.startsWith('GET ') ? cache : { ...is, encrypted: cache.encrypted }),
        change: { routes: [{ key, cache }] },
      }));
    });
}

function declaredSettings(integrations: Declaring): StageSettings {
  return Object.assign({}, ...integrations.map(({ stageSettings }) => stageSettings));
}

/** The routes whose answers are cached: streams are not. */
function cachedKeys(integrations: Declaring): readonly string[] {
  return integrations.flatMap(({ routes, settings }) =>
    Object.keys(routes).filter((key) => settings?.[key]?.stream !== true),
  );
}

function keysOf({ routes }: Gateway): ReadonlySet<string> {
  return new Set(routes.map(({ key }) => key));
}

/** `0.5 GB, kept for 300 s, encrypted`; `none`. */
function cacheText(cache: CacheSettings = {}): string {
  return cache.size === undefined ? 'none' : `${cache.size} GB, ${keptText(cache)}`;
}

/** `kept for 300 s, encrypted`. */
function keptText({ ttlSeconds, encrypted }: CacheSettings = {}): string {
  const kept = ttlSeconds === undefined ? 'nothing is kept' : `kept for ${ttlSeconds} s`;
  return `${kept}${encrypted === undefined ? '' : encrypted ? ', encrypted' : ', not encrypted'}`;
}

function ofRoute(key: string, is: Throttle | undefined, throttle: Throttle | null): Difference {
  return { ...throttleSides(`throttle of ${key}`, is, throttle ?? {}), change: { routes: [{ key, throttle }] } };
}

function throttleSides(field: string, from: Throttle = {}, to: Throttle): Pick<Difference, 'field' | 'from' | 'to'> {
  return { field, from: throttleText(from), to: throttleText(to) };
}
