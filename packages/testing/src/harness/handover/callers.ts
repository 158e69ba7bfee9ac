import type { RouteCall } from '../load-routes.js';

/**
 * How callers find a gateway: a resolver that keeps TTLs, one that ignores them, and a client whose connections stay open for five
 * minutes. The header is one of the simulated data path.
 */
const KEPT = ['office', 'phone; ignores-ttl', 'app; keeps=300'];

/** The calls of a route by callers of each kind, and by those who ask DNS for each call. */
export function callersOf(routes: readonly RouteCall[]): {
  readonly kept: readonly RouteCall[];
  readonly asking: readonly RouteCall[];
} {
  const kept = routes.flatMap((route) =>
    KEPT.map((resolver) => ({ ...route, headers: { ...route.headers, 'x-postern-resolver': resolver } })),
  );
  return { kept, asking: routes };
}
