import type { RouteCall } from '../load-routes.js';

/** How long a client keeps its connections. */
export const KEEP_ALIVE_MS = 300_000;

/** The header of the simulated data path that names the caller's resolver. */
const RESOLVER = 'x-postern-resolver';

/** A resolver that ignores TTLs: its callers come to the classic group until they start anew. */
const FOR_EVER = 'phone; ignores-ttl';

/** How callers find a gateway: a resolver that keeps TTLs, one that ignores them, and a client with open connections. */
const KEPT = ['office', FOR_EVER, `app; keeps=${KEEP_ALIVE_MS / 1_000}`];

/** The calls of routes by callers of each kind, and by those who ask DNS for each call. */
export function callersOf(routes: readonly RouteCall[]): {
  readonly kept: readonly RouteCall[];
  readonly asking: readonly RouteCall[];
} {
  const kept = routes.flatMap((route) =>
    KEPT.map((resolver) => ({ ...route, headers: { ...route.headers, [RESOLVER]: resolver } })),
  );
  return { kept, asking: routes };
}

/** Whether a caller stays with the address that it had first. */
export const staysForEver = ({ headers }: RouteCall): boolean => headers?.[RESOLVER] === FOR_EVER;
