import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { Refused } from '../lay/refused.js';
import type { AddressedFinding } from './addressed.js';
import type { JudgedRoute } from './routes.js';
import { related } from './worlds.js';

/** The refused resources that an integration needs: itself, and what is on its path. */
export function refusedOn(
  address: string,
  route: JudgedRoute | undefined,
  { snapshot }: { readonly snapshot: Snapshot },
  refused: readonly Refused[],
): readonly Refused[] {
  if (refused.length === 0) return [];

  const path = route === undefined ? new Set<string>() : pathOf(route, snapshot);
  return refused.filter(
    (one) => one.address === address || one.needing?.includes(address) === true || one.ids.some((id) => path.has(id)),
  );
}

/** The IDs of all that is on the path of a route. */
function pathOf({ gatewayId, routeId, linkId, targetId = '' }: JudgedRoute, snapshot: Snapshot): ReadonlySet<string> {
  // The ID of a method begins with that of its resource.
  const [resource = ''] = routeId.split('/');
  const known = new Set([gatewayId, routeId, resource, linkId, targetId]);
  // A target that no listener has is named by its load balancer.
  known.add(targetId.replace(/:\d+$/, ''));
  const region = snapshot.regions.find(({ gateways }) => gateways.some(({ id }) => id === gatewayId));
  if (region === undefined) return known;

  for (let size = -1; size !== known.size;) {
    size = known.size;
    for (const id of related(region, known, new Map())) known.add(id);
  }
  known.delete('');
  return known;
}

/** The findings of refused resources, with the addresses of the routes that need them. */
export function refusedFindings(
  refused: readonly Refused[],
  needing: ReadonlyMap<Refused, readonly string[]>,
): readonly AddressedFinding[] {
  return refused.map((one) => ({
    ...one.finding,
    addresses: [...new Set([one.address, ...(needing.get(one) ?? [])])],
  }));
}
