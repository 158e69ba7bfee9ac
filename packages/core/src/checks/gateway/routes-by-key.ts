import type { Gateway } from '../../model/gateway.js';
import type { Route } from '../../model/route.js';

const memory = new WeakMap<Gateway, ReadonlyMap<string, Route>>();

/** The routes of a gateway by key; of two with one key the first counts, as it does for plans. Created once for each gateway. */
export function routesByKey(gateway: Gateway): ReadonlyMap<string, Route> {
  const known = memory.get(gateway);
  if (known !== undefined) return known;
  const made = new Map<string, Route>();
  for (const route of gateway.routes) if (!made.has(route.key)) made.set(route.key, route);
  memory.set(gateway, made);
  return made;
}
