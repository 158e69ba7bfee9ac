import { gatewayTraits } from '../../do/kinds/cloud/gateway-kinds.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { GatewaySpec } from '../../do/model/gateway.js';
import type { Route } from '../../do/model/route.js';
import type { LinkSpec, Spec, TargetSpec } from '../../do/spec.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import type { SortedUses } from '../../do/world/uses/moved-backends.js';

/**
 * A spec of the state after a move: the gateway's backends behind one link, given by its ID, and no managed resources.
 */
export function futureSpec(
  { provider, region, account }: Pick<RegionSnapshot, 'provider' | 'region' | 'account'>,
  { name, gateway, routes, linkId, backends, assume, clouds }: FutureSpec,
): Spec {
  const link: LinkSpec = { provider, region, account, id: linkId, owner: 'external', tags: {} };
  const named = backends.flatMap(({ targets, refs, tls }) =>
    refs.map((ref, at): [string, TargetSpec] => [targets[at] ?? '', { ref, ...(tls ? { tls: {} } : {}) }]),
  );
  return {
    version: 1,
    project: 'migration',
    spec: 'migration',
    links: { [linkId]: link },
    integrations: {
      [name]: {
        link: linkId,
        gateway,
        targets: Object.fromEntries(named),
        routes: gatewayTraits(clouds, gateway).movesAsOne ? {} : routesOf(routes, backends),
        owner: 'external',
      },
    },
    assume,
  };
}

/** The routes that move; rules of a load balancer may distinguish calls by them. */
function routesOf(routes: readonly Route[], backends: SortedUses['backends']): Readonly<Record<string, string>> {
  const keys = new Map(routes.map(({ id, key }) => [id, key]));
  return Object.fromEntries(
    backends.flatMap(({ name, refs, uses }) =>
      refs.length === 1
        ? uses.flatMap(({ routeIds }) => routeIds.map((id): [string, string] => [keys.get(id) ?? id, name]))
        : [],
    ),
  );
}

interface FutureSpec {
  /** Its name in the report: the gateway's name, or its ID. */
  readonly name: string;
  readonly gateway: GatewaySpec;
  /** All routes of the gateway. */
  readonly routes: readonly Route[];
  readonly linkId: string;
  readonly backends: SortedUses['backends'];
  readonly assume: Spec['assume'];
  readonly clouds: Clouds;
}
