import type { Gateway } from '../../../do/model/gateway.js';
import type { Route } from '../../../do/model/route.js';
import type { RegionIndex } from '../../../do/world/views.js';

const memory = () => new Map<Gateway, ReadonlyMap<string, Route>>();

/** The routes of a gateway by key; of two with one key the first counts, as it does for plans. Created once for each gateway. */
export function routesByKey(region: RegionIndex, gateway: Gateway): ReadonlyMap<string, Route> {
  const known = region.derived(memory);
  const there = known.get(gateway);
  if (there !== undefined) return there;
  const made = new Map<string, Route>();
  for (const route of gateway.routes) if (!made.has(route.key)) made.set(route.key, route);
  known.set(gateway, made);
  return made;
}
