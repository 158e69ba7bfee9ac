import { defined } from '../../../ground/defined.js';
import type { CacheSettings, CachedCall, RouteThrottle, Stage } from '../../model/gateway.js';

interface RouteOfGateway {
  readonly key: string;
  readonly keys: ReadonlySet<string>;
}

/** Whether a route takes a call: that of its key, or of one for all methods each that no other route of its path takes. */
function takes({ key, keys }: RouteOfGateway, call: string): boolean {
  return call === key || (call.replace(/^\S+/, 'ANY') === key && !keys.has(call));
}

/** The throttles that a stage has for calls of a route: its own, or those of some of its methods. */
export function throttlesOfCalls({ throttles = [] }: Stage, route: RouteOfGateway): readonly RouteThrottle[] {
  return throttles.filter(({ key }) => takes(route, key));
}

/** A call that a stage does not cache as is declared. */
export interface UnlikeCall {
  readonly key: string;
  /** What is kept of it. Undefined: nothing. */
  readonly is: Pick<CacheSettings, 'ttlSeconds' | 'encrypted'> | undefined;
}

/**
 * The calls of a route that a stage does not cache as is declared for all: a method with settings of its own does not have those for all
 * methods. GET is cached. Another method is cached by settings of its own alone, and only its encryption is compared.
 * Nothing, where the stage has no cache.
 */
export function callsUnlike(
  { cache = {} }: Stage,
  route: RouteOfGateway,
  { ttlSeconds = cache.ttlSeconds, encrypted }: CacheSettings,
): readonly UnlikeCall[] {
  if (cache.size === undefined) return [];

  const is = ({ key, ttlSeconds: kept, encrypted: own = cache.encrypted }: CachedCall): UnlikeCall => ({
    key,
    is: { ttlSeconds: kept, ...defined({ encrypted: own }) },
  });
  const cached = (cache.calls ?? []).filter(({ key }) => takes(route, key)).map(is);
  const get = route.key.replace(/^ANY /, 'GET ');
  const isGet = get.startsWith('GET ') && takes(route, get) && (ttlSeconds ?? 0) > 0;
  const missing = isGet && !cached.some(({ key }) => key === get) ? [{ key: get, is: undefined }] : [];
  const isUnlike = ({ key, is: kept }: UnlikeCall): boolean =>
    (key.startsWith('GET ') && ttlSeconds !== undefined && kept?.ttlSeconds !== ttlSeconds) ||
    (encrypted !== undefined && (kept?.encrypted ?? false) !== encrypted);
  return [...missing, ...cached.filter(isUnlike)];
}
