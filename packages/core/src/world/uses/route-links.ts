import type { Gateway } from '../../model/gateway.js';
import type { Route } from '../../model/route.js';

/**
 * Whether a route of the working copy uses a link, on whichever stage: where a variable names the link, each of its
 * values is an integration with the route's ID of one.
 */
export function usesLink({ integrations = [] }: Gateway, route: Route, linkId: string): boolean {
  if (route.linkId !== undefined || route.variables === undefined) return route.linkId === linkId;
  return integrations.some((one) => one.id === route.integrationId && one.linkId === linkId);
}
