import { madeOnce } from '../derived.js';
import type { Gateway } from '../../model/gateway.js';
import type { Route } from '../../model/route.js';
import type { RegionIndex } from '../views.js';

/** The routes of a gateway by key; of two with one key the first counts, as it does for plans. Created once for each gateway. */
export function routesByKey(region: RegionIndex, gateway: Gateway): ReadonlyMap<string, Route> {
  return madeOnce(region, 'routes by key', gateway, () => {
    const made = new Map<string, Route>();
    for (const route of gateway.routes) if (!made.has(route.key)) made.set(route.key, route);
    return made;
  });
}
