import type { Stage, Throttle } from '@postern/core/internal/snapshot';
import { type MethodSettings, throttleIn } from '../../cloud/throttle.js';

export type Methods = readonly { readonly path: string; readonly verb: string }[];

/** The methods that settings of a stage name: none is for all of them. */
const VERBS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
/** The key of the settings for all methods. */
export const ALL_METHODS = '*/*';

/**
 * What a stage of a REST API throttles calls to.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export function toThrottles(
  { methodSettings = {} }: { readonly methodSettings?: Readonly<Record<string, MethodSettings>> | undefined },
  methods: Methods,
): Required<Pick<Stage, 'throttle' | 'throttles'>> {
  const { [ALL_METHODS]: ofAll = {}, ...own } = methodSettings;
  const found = new Map(
    Object.entries(own)
      .filter(([, settings]) => hasThrottle(settings))
      .map(([key, settings]) => [settingsKey(key), throttleIn(settings)]),
  );
  return { throttle: throttleIn(ofAll), throttles: routeThrottles(found, methods) };
}

/** A method with settings of its own has a limit in place of the stage's, or none: -1. */
function hasThrottle({ throttlingRateLimit: rate, throttlingBurstLimit: burst }: MethodSettings): boolean {
  return rate !== undefined || burst !== undefined;
}

/**
 * The throttles of routes from those of methods (`GET /orders`). A route for all methods has one throttle, where the methods that
 * it takes have the same, and else those of its methods.
 */
export function routeThrottles(
  found: ReadonlyMap<string, Throttle>,
  methods: Methods,
): NonNullable<Stage['throttles']> {
  const ofRoutes = methods.map((method) => ({ key: `${method.verb} ${method.path}`, taken: callsOf(method, methods) }));
  const taken = new Set(ofRoutes.flatMap((one) => one.taken));
  const left = [...found.keys()].filter((key) => !taken.has(key)).map((key) => ({ key, taken: [key] }));
  return [...ofRoutes, ...left].flatMap(({ key, taken: [first = '', ...others] }) => {
    const throttle = found.get(first);
    const isShared = others.every((one) => isSame(found.get(one), throttle));
    if (isShared) return throttle === undefined ? [] : [{ key, throttle }];

    return [first, ...others].flatMap((one) => {
      const own = found.get(one);
      return own === undefined ? [] : [{ key: one, throttle: own }];
    });
  });
}

function isSame(one: Throttle | undefined, other: Throttle | undefined): boolean {
  return (one === undefined) === (other === undefined) && one?.rate === other?.rate && one?.burst === other?.burst;
}

/** `~1orders~1{id}/GET` → `GET /orders/{id}`. The slashes may be there as they are, and the first may be missing. */
export function settingsKey(named: string): string {
  const [, path = '', verb = ''] = /^(.*)\/([A-Z]+)$/.exec(named) ?? [];
  return `${verb} /${path.replaceAll('~1', '/').replaceAll('~0', '~').replace(/^\/+/, '')}`;
}

/** The methods of callers that a route takes: of one for all methods, those that no other route of its path takes. */
export function callsOf({ verb, path }: Methods[number], methods: Methods): readonly string[] {
  const others = methods.filter((one) => one.path === path).map((one) => one.verb);
  const verbs = verb === 'ANY' ? VERBS.filter((one) => !others.includes(one)) : [verb];
  return verbs.map((one) => `${one} ${path}`);
}

/** `GET /orders` */
export function methodOf(key: string): Methods[number] {
  const [verb = '', path = ''] = key.split(' ');
  return { verb, path };
}

/** `GET /orders/{id}` → `~1orders~1{id}/GET`, the name with which Postern writes settings. */
export function settingsName(method: string): string {
  const { verb, path } = methodOf(method);
  return `${escaped(path)}/${verb}`;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html: a slash in a key is `~1`, a tilde `~0`. */
export function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
