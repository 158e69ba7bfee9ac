import { InvalidInputError } from '../../ground/errors.js';
import type { GatewayUse } from '../../do/model/gateway.js';
import type { Listener, LoadBalancer } from '../../do/model/load-balancer.js';
import type { Route } from '../../do/model/route.js';
import type { SortedUses } from '../../do/world/uses/moved-backends.js';
import type { StagePlace } from './place-of-stage.js';

/** What the routes call now, each with its routes. */
export function formerBackends(place: StagePlace, stage: string): SortedUses['backends'] {
  return backendsBy(place, stage, ({ targetId }) => {
    if (targetId === undefined) return undefined;

    const target = place.region.targets.find(({ id }) => id === targetId);
    return { id: targetId, name: target?.name === undefined ? targetId : `${target.name}:${target.port ?? ''}` };
  });
}

/** The listeners of the new load balancer that the routes will call, each with its routes. */
export function backendsOf(place: StagePlace, stage: string): SortedUses['backends'] {
  const { region, balancer } = place;
  const listeners = region.listeners.filter(({ loadBalancerId }) => loadBalancerId === balancer.id);
  return backendsBy(place, stage, ({ key, targetId }) => {
    const port = region.targets.find(({ id }) => id === targetId)?.port;
    const listener = listenerFor(listeners, port, balancer, key);
    return { id: listener.id, name: `${balancer.name}:${listener.port}` };
  });
}

/** The listeners that `endOf` finds for the routes, each with its routes. */
function backendsBy(
  { region, routes }: StagePlace,
  stage: string,
  endOf: (route: Route) => { readonly id: string; readonly name: string } | undefined,
): SortedUses['backends'] {
  const found = new Map<string, { readonly name: string; readonly uses: GatewayUse[]; tls: boolean }>();
  for (const route of routes) {
    const end = endOf(route);
    if (end === undefined) continue;

    const entry = found.get(end.id) ?? { name: end.name, uses: [], tls: false };
    const { id, key } = route;
    entry.uses.push({ kind: 'route', id, name: key, routeIds: [id], stage, targetId: end.id });
    entry.tls ||= route.tls !== undefined;
    found.set(end.id, entry);
  }
  return [...found].map(([id, { name, uses, tls }]) => ({
    name,
    uses,
    refs: [{ listener: id }],
    targets: [name],
    tls,
    target: region.targets.find((target) => target.id === id),
  }));
}

/** The same port where the load balancer listens on it; else the one port that it listens on. */
function listenerFor(
  listeners: readonly Listener[],
  port: number | undefined,
  { name }: LoadBalancer,
  key: string,
): Listener {
  const [first, ...others] = listeners;
  const found = listeners.find((one) => one.port === port) ?? (others.length === 0 ? first : undefined);
  if (found !== undefined) return found;

  const ports = listeners.map((one) => one.port).join(', ') || 'none';
  throw new InvalidInputError(
    'INVALID_INPUT',
    `${name} has no listener on port ${port ?? 'unknown'}, which ${key} calls`,
    {
      remedy: `Create a listener on ${port === undefined ? 'the port that it calls' : `port ${port}`}. It has listeners on: ${ports}.`,
    },
  );
}
