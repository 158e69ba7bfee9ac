import { madeOnce, type DerivedOwner } from '../derived.js';
import type { Route } from '../../model/route.js';

/** The routes of a gateway, or those that a stage serves, by key. Created once for each list of routes. */
export function routesByKey(
  region: DerivedOwner,
  { routes }: { readonly routes?: readonly Route[] | undefined },
): ReadonlyMap<string, Route> {
  return routes === undefined ? new Map() : madeOnce(region, 'routes by key', routes, () => keyed(routes));
}

/** Routes by key; of two with one key the first counts, as it does for plans. */
export function keyed(routes: readonly Route[]): ReadonlyMap<string, Route> {
  const made = new Map<string, Route>();
  for (const route of routes) if (!made.has(route.key)) made.set(route.key, route);
  return made;
}
