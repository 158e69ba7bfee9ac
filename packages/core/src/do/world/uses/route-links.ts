import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { Gateway } from '../../model/gateway.js';
import type { LinkRef } from '../../model/reference.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';

/**
 * Whether routes of a gateway that name the ID of a link may mean that link. IDs of different kinds look alike: an ID is
 * that of a link which the gateway's routes can use, where there is one.
 */
export function mayMean(
  clouds: Clouds,
  { links }: Pick<RegionSnapshot, 'links'>,
  { kind: gateway }: Gateway,
  { kind, id }: LinkRef,
): boolean {
  const { links: kinds } = clouds.gateway(gateway);
  return kinds.includes(kind) || !links.some((one) => one.id === id && kinds.includes(one.kind));
}

/**
 * Whether a route of the working copy uses a link, on whichever stage: where a variable names the link, each of its
 * values is an integration with the route's ID of one.
 */
export function usesLink({ integrations = [] }: Gateway, route: Route, linkId: string): boolean {
  if (route.linkId !== undefined || route.variables === undefined) return route.linkId === linkId;
  return integrations.some((one) => one.id === route.integrationId && one.linkId === linkId);
}
