import type { TransitAttachment, TransitGateway, RouteEntry } from '../../../do/model/routing.js';
import type { Missing } from '../../../do/world/views.js';
import type { SubnetPlace } from '../model/world.js';
import { unknownStep, type PathStep, type End } from '../model/step.js';
import { stops, type Arrival, type Leaving } from './arrival.js';
import { CHECK, HOP, READ_AGAIN, routeIn, failAt } from './transit-table.js';
import { gatesOf, deliver } from './transit-delivery.js';
import { nextHopsFor } from './route-table.js';

/**
 * The path through a router between networks. The router accepts packets in the sender's zone by an available
 * attachment, routes them by the table that the attachment is associated with (longest prefix, static before
 * propagated), and delivers them by another.
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
export function throughTransit(taken: PathStep, id: string, leaving: Leaving): Arrival {
  const { place } = leaving;
  const found = place.world.index.find('transitGateways', id);
  const what = { kind: 'transit gateway', id };
  if (found.is === 'unknown') return stops([taken, unknownStep(CHECK, HOP, what, found.missing)]);
  if (found.is === 'absent') return stops([taken, fail(id, 'does not exist', 'BAD_STATE')]);

  const gateway = found.value;
  const gap = place.world.index.missing('transitGateways', id);
  const unread = (of: string): Missing => gap ?? { what: `${of} of ${id}`, remedy: READ_AGAIN };
  const unknown = (missing: Missing): Arrival => stops([taken, unknownStep(CHECK, HOP, what, missing)]);
  if (gateway.state === 'unknown') return unknown(unread(`the state (${gateway.nativeState})`));
  if (gateway.state !== 'available') return stops([taken, fail(id, `is ${gateway.nativeState}`, 'BAD_STATE')]);
  if (gateway.attachments === undefined) return unknown(unread('the attachments'));

  const mine = attachmentOf(gateway.attachments, place.subnet.networkId);
  if (mine === undefined) {
    const odd = gateway.attachments.find(
      ({ kind, resourceId }) => kind === 'other' && resourceId === place.subnet.networkId,
    );
    if (odd !== undefined) return unknown(unread(`the kind of the attachment ${odd.id}`));

    return gap === undefined ? stops([taken, notAttached(id, place.subnet.networkId)]) : unknown(gap);
  }

  const entry = entryOf(gateway, mine, place);
  if (entry !== undefined) return stops([taken, entry]);

  const near = gatesOf(place.world, mine).find(({ subnet }) => subnet.zone === place.subnet.zone);
  if (near === undefined) return stops([taken, zoneStep(gateway, mine, place)]);

  const routed = routeIn(gateway, mine, leaving, unread);
  if ('check' in routed) return stops([taken, routed]);

  return deliver([taken, routed.step], { gateway, mine, near, unread }, routed.to, leaving);
}

function attachmentOf(attachments: readonly TransitAttachment[], networkId: string): TransitAttachment | undefined {
  const own = attachments.filter(({ kind, resourceId }) => kind === 'network' && resourceId === networkId);
  return own.find(({ state }) => state === 'available') ?? own[0];
}

function entryOf({ id }: TransitGateway, mine: TransitAttachment, place: SubnetPlace): PathStep | undefined {
  const what = { kind: 'transit gateway attachment', id: mine.id };
  if (mine.state === 'unknown') {
    return unknownStep(CHECK, HOP, what, { what: `the state of ${mine.id} (${mine.nativeState})`, remedy: READ_AGAIN });
  }
  if (mine.state !== 'available') {
    return failAt(mine.id, `is ${mine.nativeState}`, 'BAD_STATE_ATTACHMENT', {
      is: 'make available',
      attachment: mine.id,
      connects: { network: place.subnet.networkId, gateway: id },
    });
  }

  return undefined;
}

/**
 * From a zone without a subnet of the attachment, no traffic enters. A subnet that was not read may be in any zone.
 */
function zoneStep({ id }: TransitGateway, mine: TransitAttachment, place: SubnetPlace): PathStep {
  const unread = mine.subnetIds.find((subnetId) => place.world.place(subnetId).is !== 'found');
  const { zone, networkId } = place.subnet;
  if (unread !== undefined) {
    const found = place.world.place(unread);
    const missing = found.is === 'unknown' ? found.missing : { what: `subnet ${unread}`, remedy: READ_AGAIN };
    return unknownStep(CHECK, HOP, { kind: 'transit gateway attachment', id: mine.id }, missing);
  }

  return failAt(mine.id, `has no subnet in ${zone}`, 'TGW_ROUTE_AZ_RESTRICTION', {
    is: 'add subnet',
    network: networkId,
    zone,
    attachment: mine.id,
    gateway: id,
  });
}

function notAttached(id: string, networkId: string): PathStep {
  return failAt(
    id,
    `${networkId} is not attached`,
    'BAD_STATE_ATTACHMENT',
    { is: 'attach', network: networkId, gateway: id },
    'transit gateway',
  );
}

function fail(id: string, what: string, code: string): PathStep {
  return failAt(id, what, code, { is: 'use another gateway' }, 'transit gateway');
}

const JOINS: ReadonlySet<RouteEntry['nextHop']['kind']> = new Set(['peering', 'transit-gateway']);

/**
 * The only connection between the networks of two ends, where it is a single peering or router: an active
 * peering of the two, a router that both are attached to, and the next hop of the other network's own routes
 * to the sender. Undefined where there are several, or none.
 */
export function onlyJoin(from: End, to: End): string | undefined {
  const near = from.networkId;
  const far = to.networkId;
  const world = from.place?.world;
  if (near === undefined || far === undefined || near === far || world === undefined) return undefined;

  const { peerings = [], transitGateways = [] } = world.index.region;
  const joined = peerings.filter(
    ({ state, sides }) => state === 'active' && [near, far].every((id) => sides.some((one) => one.networkId === id)),
  );
  const routers = transitGateways.filter(({ attachments = [] }) =>
    [near, far].every((id) =>
      attachments.some(
        ({ kind, resourceId, state }) => kind === 'network' && resourceId === id && state === 'available',
      ),
    ),
  );
  const ids = new Set([...joined, ...routers].map(({ id }) => id));
  for (const id of hopsTo(from, to)) ids.add(id);
  const [only] = ids;
  return ids.size === 1 ? only : undefined;
}

/** The peerings and routers of the routes from the receiver's network to the sender. */
function hopsTo({ span }: End, { networkId = '', place }: End): readonly string[] {
  if (place === undefined) return [];

  const { world } = place;
  const tables = world.index.group('routeTables', 'network', (table) => [table.networkId]).get(networkId) ?? [];
  return tables.flatMap((table) =>
    (nextHopsFor(table, span, world) ?? []).flatMap(({ kind, id }) =>
      JOINS.has(kind) && id !== undefined ? [id] : [],
    ),
  );
}
