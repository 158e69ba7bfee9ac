import { gatewayNoun, gatewaySpec } from '../../do/kinds/cloud/gateway-kinds.js';
import { sharedLink } from '../../do/kinds/cloud/link-kinds.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { fewText } from '../../ground/text/quantities.js';
import type { RegionIndex, Unresolved } from '../../do/world/views.js';
import type { IndexRegion } from '../../do/world/index/region-index.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Gateway, GatewaySpec, GatewayUse } from '../../do/model/gateway.js';
import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { Link } from '../../do/model/link.js';
import { lookUp } from '../../do/world/index/look-up.js';
import { findGateway } from '../../do/world/resolve/find-gateway.js';
import { troubleError } from '../../do/world/resolve/problems.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import { movedId, type NamedMigration } from './migration.js';

/** The ends of a migration, found in a snapshot. */
export interface MigrationPlace {
  readonly index: RegionIndex;
  readonly gateway: Gateway;
  readonly ref: GatewaySpec;
  /** Undefined where the gateway is on a shared instance. */
  readonly fromId: string | undefined;
  readonly toId: string;
  /** What moves: all of the gateway, or the routes that use `from`. Undefined: not read. */
  readonly uses: readonly GatewayUse[] | undefined;
}

/**
 * Finds gateway and links.
 * @throws {InvalidInputError} `NOT_FOUND`, `WRONG_KIND`, `INVALID_INPUT`. {CloudError} the code of a gap that hides one of them.
 */
export function placeOfMigration(snapshot: Snapshot, migration: NamedMigration, indexOf: IndexRegion): MigrationPlace {
  const region = regionOf(snapshot, migration);
  const index = indexOf(region);
  const { to, kind } = migration;
  const { clouds } = index;
  if ('group' in migration) {
    const gateway = gatewayIn(index, gatewaySpec(clouds, { kind, id: migration.group }));
    linkIn(snapshot, index, to);
    const fromId = region.links.find(({ id }) => id === gateway.linkId)?.id;
    if (gateway.linkId === to) throw same(region, to, `${gatewayNoun(clouds, kind)} ${gateway.id} is already on ${to}`);

    return { index, gateway, ref: gatewaySpec(clouds, { kind, id: gateway.id }), fromId, toId: to, uses: gateway.uses };
  }

  const { api, from, route } = migration;
  const gateway = gatewayIn(index, gatewaySpec(clouds, { kind, id: api }));
  const old = linkIn(snapshot, index, from);
  const next = linkIn(snapshot, index, to);
  requireKinds(clouds, kind, gateway, [old, next]);
  if (old.id === next.id) throw same(region, to, `the routes already use ${to}`);

  const moved = gateway.routes.filter(({ linkId, key }) => linkId === from && (route === undefined || key === route));
  if (moved.length === 0) {
    const keys = gateway.routes.filter(({ linkId }) => linkId === from).map(({ key }) => key);
    throw new InvalidInputError('NOT_FOUND', `no route ${route ?? ''} of ${api} uses ${from}`.replace('  ', ' '), {
      remedy: keys.length === 0 ? 'Name the link that its routes use.' : `Name one of its routes: ${keys.join(', ')}.`,
    });
  }

  const uses = moved.map(({ id, key, targetId, tls }): GatewayUse => ({
    kind: 'route',
    id,
    name: key,
    routeIds: [id],
    stage: '', // routes that move one by one are the same on all stages
    targetId,
    ...(tls === undefined ? {} : { scheme: 'https' }),
  }));
  return { index, gateway, ref: gatewaySpec(clouds, { kind, id: gateway.id }), fromId: old.id, toId: next.id, uses };
}

/** The region of the gateway; if several regions are possible, the named one. */
function regionOf(snapshot: Snapshot, migration: NamedMigration): RegionSnapshot {
  const { provider, region } = migration;
  const id = movedId(migration);
  const placed = snapshot.regions.filter((one) => one.provider === provider && (region ?? one.region) === one.region);
  const [first] = placed;
  if (first === undefined) {
    const places = snapshot.regions.map((one) => `${one.provider} ${one.region}`);
    throw new InvalidInputError(
      'INVALID_INPUT',
      `the snapshot does not contain ${provider}${region === undefined ? '' : ` ${region}`}`,
      {
        remedy: `Name a region that the snapshot contains: ${places.join(', ') || 'it contains none'}.`,
      },
    );
  }

  return placed.find(({ gateways }) => gateways.some((one) => one.id === id)) ?? first;
}

function gatewayIn(index: RegionIndex, ref: GatewaySpec): Gateway {
  const found = findGateway(index, ref, '');
  if (found.gateway !== undefined) return found.gateway; // its kind is checked together with that of the links

  throw refused(found.unresolved, 'Check the ID, the region and the account.');
}

/** The error for something that could not be found; a migration has no position in a file. */
function refused(unresolved: Unresolved, remedy: string): Error {
  return troubleError({}, unresolved.verdict === 'fail' ? { ...unresolved, remedy } : unresolved);
}

function linkIn(snapshot: Snapshot, index: RegionIndex, id: string): Link {
  const found = lookUp(index, 'links', id, '');
  if ('value' in found) return found.value;

  const { region } = index;
  const elsewhere = snapshot.regions.find(({ links }) => links.some((one) => one.id === id));
  if (elsewhere !== undefined) {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `${id} is in ${elsewhere.region}, but the gateway is in ${region.region}: a gateway cannot move to another region`,
      { remedy: `Choose a link of ${region.region}.` },
    );
  }

  const ref = sharedLink(index.clouds, id);
  const shared = ref && index.clouds.link(ref.kind).shared;
  if (shared !== undefined) {
    throw new InvalidInputError('WRONG_KIND', `${id} is ${shared.title}, which no API call describes`, {
      remedy: shared.remedy,
    });
  }

  const remedy =
    region.links.length === 0
      ? 'Create a link first.'
      : `Choose one that exists: ${fewText(region.links.map((one) => one.id))}.`;
  throw refused(found.unresolved, remedy);
}

/**
 * Refuses a gateway whose routes do not move, and links that they cannot use: routes of an HTTP API use V2 links only.
 * `moving` is the kind of the cloud whose routes move. @throws {InvalidInputError} `WRONG_KIND`
 */
function requireKinds(clouds: Clouds, moving: GatewayKind, { id, kind }: Gateway, links: readonly Link[]): void {
  const { routesMove, links: possible } = clouds.gateway(kind);
  const many = `${gatewayNoun(clouds, moving)}s`;
  if (routesMove !== true) {
    throw new InvalidInputError('WRONG_KIND', `${id} is of kind ${kind}, but only routes of ${many} can be moved`, {
      remedy: `Name ${clouds.gateway(moving).title}.`,
    });
  }

  const wrong = links.find((link) => !possible.includes(link.kind));
  if (wrong === undefined) return;

  throw new InvalidInputError('WRONG_KIND', `${wrong.id} is of kind ${wrong.kind}, which ${many} cannot use`, {
    remedy: `Name ${possible.map((one) => clouds.link(one).title ?? `a link of kind ${one}`).join(' or ')}.`,
  });
}

function same({ links }: RegionSnapshot, to: string, message: string): InvalidInputError {
  const others = links.filter(({ id }) => id !== to).map(({ id }) => id);
  const remedy =
    others.length === 0 ? 'Create another link first.' : `Name another link to move to: ${fewText(others)}.`;
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
