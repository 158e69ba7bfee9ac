import type { RouteEntry } from '../../../do/model/routing.js';
import type { End } from '../model/end.js';
import { nextHopsFor } from './route-table.js';

const JOINS: ReadonlySet<RouteEntry['nextHop']['kind']> = new Set(['peering', 'transit-gateway']);

/**
 * The only connection between the networks of two ends, where it is a single peering or router: an active
 * peering of the two, a router that both are attached to, and the next hop of the other network's own routes
 * to the sender. Undefined where there are several, or none.
 */
export function onlyJoin(from: End, to: End): string | undefined {
  const near = from.networkId;
  const far = to.networkId;
  const world = from.place?.world;
  if (near === undefined || far === undefined || near === far || world === undefined) return undefined;
  const { peerings = [], transitGateways = [] } = world.index.region;
  const joined = peerings.filter(
    ({ state, sides }) => state === 'active' && [near, far].every((id) => sides.some((one) => one.networkId === id)),
  );
  const routers = transitGateways.filter(({ attachments = [] }) =>
    [near, far].every((id) =>
      attachments.some(
        ({ kind, resourceId, state }) => kind === 'network' && resourceId === id && state === 'available',
      ),
    ),
  );
  const ids = new Set([...joined, ...routers].map(({ id }) => id));
  for (const id of hopsTo(from, to)) ids.add(id);
  const [only] = ids;
  return ids.size === 1 ? only : undefined;
}

/** The peerings and routers of the routes from the receiver's network to the sender. */
function hopsTo({ span }: End, { networkId = '', place }: End): readonly string[] {
  if (place === undefined) return [];
  const { world } = place;
  const tables = world.index.group('routeTables', 'network', (table) => [table.networkId]).get(networkId) ?? [];
  return tables.flatMap((table) =>
    (nextHopsFor(table, span, world) ?? []).flatMap(({ kind, id }) =>
      JOINS.has(kind) && id !== undefined ? [id] : [],
    ),
  );
}
