import { defined } from '../../ground/defined.js';
import { canonicalJson } from '../../ground/hash.js';
import type { Json } from '../../ground/json.js';
import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import { changedSettings, hasLimits, throttleOf } from '../../do/kinds/gateway/gateway-spec.js';
import { callsUnlike, throttlesOfCalls } from '../../do/kinds/gateway/stage-settings.js';
import type { Stage } from '../../do/model/gateway.js';
import type { Route, RouteParameters, RouteSettings, Throttle } from '../../do/model/route.js';
import { throttleText } from '../../do/world/routes/setting-text.js';
import { durationText } from '../schema/fields.js';
import type { WrittenStageSettings } from '../schema/integration-schema.js';
import { routeForms } from '../schema/route-schema.js';
import { fits } from './link-input.js';
import type { SecretVariables } from './secret-variables.js';
import type { WrittenRoute } from './declared-settings.js';

type Setting = keyof RouteSettings;

/** The settings of a route that a spec can declare, and the names of those that it cannot express. */
export interface Expressible {
  readonly settings: RouteSettings;
  readonly lost: readonly string[];
}

/** What of a route's settings that are not those of a new route a spec of its kind can declare. */
export function expressible(traits: GatewayKindTraits, route: Route): Expressible {
  const changed = changedSettings(traits, route);
  const kept: [Setting, unknown][] = [];
  const lost: string[] = [];
  for (const name of (Object.keys(changed) as Setting[]).filter((one) => traits.settings.includes(one))) {
    const written = inputOf({ [name]: changed[name] });
    const [key = name, value] = Object.entries(written)[0] ?? [];
    if (fits(routeForms[key as keyof typeof routeForms], value)) kept.push([name, changed[name]]);
    else lost.push(key);
  }
  return { settings: Object.fromEntries(kept), lost };
}

/** The keys of a spec for the settings of routes that are not those of a new route, each once. */
export function settingKeys(traits: GatewayKindTraits, routes: readonly Route[]): readonly string[] {
  const keys = routes.flatMap((route) => {
    const { settings, lost } = expressible(traits, route);
    return [...Object.keys(inputOf(settings)), ...lost];
  });
  return [...new Set(keys)].toSorted();
}

/** A route as a spec writes it: the name of its target, with the settings where there are some. */
export function writtenRoute(
  target: string,
  settings: RouteSettings | undefined,
  secrets: SecretVariables,
): WrittenRoute {
  const { parameters, ...others } = settings ?? {};
  const escaped = parameters === undefined ? {} : { parameters: escapedParameters(parameters, secrets) };
  const written = inputOf({ ...others, ...escaped });
  return Object.keys(written).length === 0 ? target : ({ target, ...written } as WrittenRoute);
}

/** Settings in the keys of a spec. */
function inputOf({ timeoutMs, parameters, ...others }: RouteSettings): Readonly<Record<string, unknown>> {
  return {
    ...others,
    ...(timeoutMs === undefined ? {} : { timeout: durationText(timeoutMs) }),
    ...(parameters === undefined ? {} : { parameters: withoutEmpty(parameters) }),
  };
}

function withoutEmpty(parameters: RouteParameters): RouteParameters {
  return Object.fromEntries(Object.entries(parameters).filter(([, own]) => Object.keys(own ?? {}).length > 0));
}

/** A constant may hold what a spec reads as a variable of the environment. */
function escapedParameters(parameters: RouteParameters, secrets: SecretVariables): RouteParameters {
  const escaped = (part: string, own: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(own).map(([name, value]) => [name, secrets.written(part, name, value)]));
  return Object.fromEntries(
    Object.entries<RouteParameters[keyof RouteParameters]>(parameters).flatMap(([part, own]) =>
      own ? [[part, escaped(part, own)]] : [],
    ),
  );
}

/** What a spec declares of the stages that its routes are deployed to. */
export interface WrittenStages {
  readonly settings: WrittenStageSettings;
  readonly throttleOf: (key: string) => Throttle | undefined;
  /** What stages do not share, so that a spec cannot declare it: keys of the spec. */
  readonly lost: readonly string[];
  /** What does not act on all of the routes, so that a plan would change them: keys of the spec. */
  readonly partial: readonly string[];
}

/** The cache of a stage in the keys of a spec; undefined where the settings for all calls cache nothing. */
function cacheOf({ cache: { size, ttlSeconds = 0, encrypted } = {} }: Stage): WrittenStageSettings['cache'] {
  if (size === undefined || ttlSeconds === 0) return undefined;

  return { size, ttl: durationText(ttlSeconds * 1000), ...defined({ encrypted }) };
}

/**
 * The settings that all of some stages have, and a new stage has not. A throttle of a route that is the stage's is not written. Neither
 * is what does not act on all of the routes: a plan would change them.
 */
export function writtenStages(
  { stageSettings = [], throttledAt, newStage = {} }: GatewayKindTraits,
  stages: readonly Stage[],
  routes: readonly Route[],
  keys: ReadonlySet<string>,
): WrittenStages {
  const lost = new Set<string>();
  const partial = new Set<string>();
  const shared = <T>(field: string, of: (stage: Stage) => T | undefined): T | undefined => {
    const [first, ...others] = stages.map(of);
    if (others.every((one) => canonicalJson((one ?? null) as Json) === canonicalJson((first ?? null) as Json)))
      return first;

    lost.add(field);
    return undefined;
  };
  const throttled = (of: (stage: Stage) => Throttle | undefined): Throttle | undefined => {
    const found = shared('throttle', of) ?? {};
    return [newStage.throttle ?? {}, {}].some((one) => throttleText(one) === throttleText(found)) ? undefined : found;
  };
  /** The setting, where no route has another one that a spec cannot declare. */
  const acting = <T>(field: string, found: T | undefined, isUnlike: (value: T) => boolean): T | undefined => {
    if (found === undefined || !isUnlike(found)) return found;

    partial.add(field);
    return undefined;
  };
  const throttle = acting(
    'throttle',
    stageSettings.includes('throttle') ? throttled((stage) => stage.throttle) : undefined,
    (found) =>
      stages.some((stage) =>
        routes.some(({ key }) =>
          throttlesOfCalls(stage, { key, keys }).some(
            (one) =>
              !hasLimits(one.throttle, found) && (one.key !== key || throttleText(one.throttle ?? {}) === 'none'),
          ),
        ),
      ),
  );
  const clientCertificate = stageSettings.includes('clientCertificate')
    ? shared('clientCertificate', (stage) => stage.clientCertificate?.id)
    : undefined;
  const cached = shared('cache', (stage) => (stageSettings.includes('cache') ? cacheOf(stage) : undefined));
  const cache = acting('cache', cached, () =>
    stages.some((stage) =>
      routes
        .filter(({ settings }) => settings?.stream !== true)
        .some(({ key }) => callsUnlike(stage, { key, keys }, stage.cache ?? {}).length > 0),
    ),
  );
  // With a throttle of the stage, that of a route is its own also where a new stage has it.
  const ofRoute =
    throttle === undefined ? throttled : (of: (stage: Stage) => Throttle | undefined) => shared('throttle', of);
  const own = routes.flatMap(({ key }) => {
    const found = throttledAt === 'stage' ? ofRoute((stage) => throttleOf(stage, key)) : undefined;
    return found === undefined || throttleText(found) === throttleText(throttle ?? {}) ? [] : [[key, found] as const];
  });
  const ofRoutes = new Map(own);
  return {
    settings: { ...defined({ throttle, clientCertificate, cache }) },
    throttleOf: (key) => ofRoutes.get(key),
    lost: [...lost],
    partial: [...partial],
  };
}
