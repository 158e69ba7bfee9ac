import type { Gateway } from '../../do/model/gateway.js';
import type { Route } from '../../do/model/route.js';
import type { MigrationInput } from './migration-input.js';

/** An integration of an HTTP API that is used by routes that move. */
export interface MovedIntegration {
  readonly id: string;
  readonly moved: readonly Route[];
  /** Routes that were not selected for the move, and that move as well because they share the integration. */
  readonly alike: readonly Route[];
}

/** The integrations of the routes that move, each once, by ID. Empty for gateways that are not HTTP APIs. */
export function movedIntegrations({
  gateway,
  backends,
  untold = [],
  region: { clouds },
}: Pick<MigrationInput, 'region' | 'gateway' | 'backends' | 'untold'>): readonly MovedIntegration[] {
  if (clouds.movesAsOne(gateway)) return [];
  const ids = new Set([...backends.flatMap(({ uses }) => uses), ...untold].map(({ id }) => id));
  return [...byIntegration(gateway)].flatMap(([id, routes]) => {
    const moved = routes.filter((route) => ids.has(route.id));
    return moved.length === 0 ? [] : [{ id, moved, alike: routes.filter((route) => !ids.has(route.id)) }];
  });
}

function byIntegration({ routes }: Gateway): ReadonlyMap<string, readonly Route[]> {
  const found = new Map<string, Route[]>();
  for (const route of routes) {
    if (route.integrationId === undefined) continue;
    const known = found.get(route.integrationId);
    if (known === undefined) found.set(route.integrationId, [route]);
    else known.push(route);
  }
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The keys of routes. */
export function keysOf(routes: readonly Route[]): readonly string[] {
  return routes.map(({ key }) => key);
}
