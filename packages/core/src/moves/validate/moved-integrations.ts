import { gatewayNoun } from '../../do/kinds/cloud/gateway-kinds.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { Route } from '../../do/model/route.js';
import type { MigrationInput } from './migration.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { WholeMove } from '../../do/kinds/link/link-traits.js';
import type { LinkKind } from '../../do/model/link.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { groupedPairs } from '../../ground/grouped.js';

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
  if (clouds.gateway(gateway.kind).movesAsOne) return [];

  const ids = new Set([...backends.flatMap(({ uses }) => uses), ...untold].map(({ id }) => id));
  return [...byIntegration(gateway)].flatMap(([id, routes]) => {
    const moved = routes.filter((route) => ids.has(route.id));
    return moved.length === 0 ? [] : [{ id, moved, alike: routes.filter((route) => !ids.has(route.id)) }];
  });
}

function byIntegration({ routes }: Gateway): ReadonlyMap<string, readonly Route[]> {
  const found = groupedPairs(
    routes.flatMap((route) => (route.integrationId === undefined ? [] : [[route.integrationId, route] as const])),
  );
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export function keysOf(routes: readonly Route[]): readonly string[] {
  return routes.map(({ key }) => key);
}

/** What texts call a link whose gateways move together, its gateways, and the kinds of these: `API group`. */
export interface WholeMoveWords extends WholeMove {
  readonly kinds: string;
}

/** The kinds of link whose gateways move together, in the order of the clouds. */
export function wholeMovingKinds(clouds: Clouds): readonly LinkKind[] {
  return clouds.linkKinds.filter((kind) => clouds.link(kind).movesWhole !== undefined);
}

/** What to call a link, by its kind where it was read; otherwise as the first kind that moves so. */
export function wholeMoveOf(clouds: Clouds, regions: readonly RegionSnapshot[], id: string): WholeMoveWords {
  const found = regions.flatMap(({ links }) => links).find((link) => link.id === id)?.kind;
  const kinds = wholeMovingKinds(clouds);
  const kind = kinds.find((one) => one === found) ?? kinds[0];
  const words = kind === undefined ? undefined : clouds.link(kind).movesWhole;
  if (kind === undefined || words === undefined)
    return { link: 'link', gateway: 'gateway', kinds: 'gateway that moves' };

  const onIt = clouds.gatewayKinds.filter((one) => clouds.gateway(one).links.includes(kind));
  return { ...words, kinds: onIt.map((one) => gatewayNoun(clouds, one)).join(' or ') };
}

/** Where calls to an address arrive: a network, or what is behind a gateway out of the snapshot. */
export interface Arrival {
  readonly kind: 'network' | 'behind';
  readonly id: string;
}

/** What has an address where calls to it arrive, as far as the snapshot shows it. */
export interface Holder {
  readonly at: Arrival;
  readonly resource?: string | undefined;
}

/** `vpc-1`, `behind vgw-1`. */
export function arrivalText({ kind, id }: Arrival): string {
  return kind === 'network' ? id : `behind ${id}`;
}

/** `i-1 has 10.0.0.7`. */
export function holderText(address: string, { at, resource }: Holder): string {
  if (at.kind === 'behind') return `${address} is a machine ${arrivalText(at)}`;

  return resource === undefined ? `no interface in the snapshot has ${address}` : `${resource} has ${address}`;
}
