import type { RouteEntry, TransitAttachment, TransitGateway, TransitRoute } from '../../model/routing.js';
import type { Missing } from '../../world/views.js';
import { refusedOr } from '../../world/index/gap-facts.js';
import { blockText, type Place } from '../end.js';
import type { References } from '../groups/judge.js';
import { flatten, piecesOf } from '../segments.js';
import { nextHopsFor } from './route-table.js';
import { AWAY } from './blackhole.js';
import { holds, readSpan, spanText, type Span } from '../span.js';
import { unknownStep, type Step } from '../step.js';
import { arrives, stops, type Arrival, type Leaving } from './way-on.js';
import type { World } from '../world.js';

const CHECK = 'path/transit';
const HOP = 'transit gateway';

/**
 * The path through a router between networks. The router accepts packets in the sender's zone by an available
 * attachment, routes them by the table that the attachment is associated with (longest prefix, static before
 * propagated), and delivers them by another.
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
export function throughTransit(taken: Step, id: string, leaving: Leaving): Arrival {
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

const READ_AGAIN =
  'Take the snapshot again with credentials that may read transit gateways, their attachments and route tables.';

function attachmentOf(attachments: readonly TransitAttachment[], networkId: string): TransitAttachment | undefined {
  const own = attachments.filter(({ kind, resourceId }) => kind === 'network' && resourceId === networkId);
  return own.find(({ state }) => state === 'available') ?? own[0];
}

function entryOf({ id }: TransitGateway, mine: TransitAttachment, place: Place): Step | undefined {
  const what = { kind: 'transit gateway attachment', id: mine.id };
  if (mine.state === 'unknown') {
    return unknownStep(CHECK, HOP, what, { what: `the state of ${mine.id} (${mine.nativeState})`, remedy: READ_AGAIN });
  }
  if (mine.state !== 'available') {
    return failAt(
      mine.id,
      `is ${mine.nativeState}`,
      'BAD_STATE_ATTACHMENT',
      `Make the attachment ${mine.id} of ${place.subnet.networkId} to ${id} available.`,
    );
  }
  return undefined;
}

function gatesOf(world: World, { subnetIds }: TransitAttachment): readonly Place[] {
  return subnetIds.flatMap((id) => {
    const found = world.place(id);
    return found.is === 'found' ? [found.value] : [];
  });
}

/**
 * From a zone without a subnet of the attachment, no traffic enters. A subnet that was not read may be in any
 * zone.
 */
function zoneStep({ id }: TransitGateway, mine: TransitAttachment, place: Place): Step {
  const unread = mine.subnetIds.find((subnetId) => place.world.place(subnetId).is !== 'found');
  const { zone, networkId } = place.subnet;
  if (unread !== undefined) {
    const found = place.world.place(unread);
    const missing = found.is === 'unknown' ? found.missing : { what: `subnet ${unread}`, remedy: READ_AGAIN };
    return unknownStep(CHECK, HOP, { kind: 'transit gateway attachment', id: mine.id }, missing);
  }
  return failAt(
    mine.id,
    `has no subnet in ${zone}`,
    'TGW_ATTACH_VPC_AZ_RESTRICTION',
    `Add a subnet of ${networkId} in ${zone} to the attachment ${mine.id} to ${id}.`,
  );
}

/**
 * The result of an attachment's route table for a packet: a step that stops it, or the outgoing attachment.
 */
function routeIn(
  gateway: TransitGateway,
  mine: TransitAttachment,
  { to, place: { world } }: Leaving,
  unread: (of: string) => Missing,
): Step | { readonly step: Step; readonly to: TransitAttachment | undefined } {
  const { id } = gateway;
  if (mine.routeTableId === undefined) {
    const gap = world.index.missing('transitGateways', id);
    if (gap !== undefined) return unknownStep(CHECK, HOP, { kind: 'transit gateway attachment', id: mine.id }, gap);
    return failAt(
      mine.id,
      'is not associated with a route table',
      'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION',
      `Associate the attachment ${mine.id} with a route table of ${id}.`,
    );
  }
  const tableId = mine.routeTableId;
  const what = { kind: 'transit gateway route table', id: tableId };
  const table = gateway.routeTables?.find((one) => one.id === tableId);
  if (table?.routes === undefined) {
    return unknownStep(CHECK, HOP, what, { ...unread(`the routes of ${tableId}`) });
  }
  const blocks = table.routes.flatMap((route) => {
    const span = readSpan(route.cidrBlock);
    return span?.family === to.family ? [{ span, value: { route, span } }] : [];
  });
  const choose = (
    outer: { route: TransitRoute; span: typeof to } | undefined,
    own: { route: TransitRoute; span: typeof to },
  ) => (outer !== undefined && holds(own.span, outer.span) && outer.route.origin === 'static' ? outer : own);
  const parts = piecesOf(flatten(blocks, choose), to);
  const routes = parts.map(({ value }) => value?.route);
  const [route] = routes;
  if (routes.some((one) => one !== route)) {
    // Parts of the destination have different paths: each is evaluated by itself where its addresses are known.
    return {
      ...unknownStep(CHECK, HOP, what, {
        what: `the route of ${tableId} for each address (there are several)`,
        remedy: `Add a single route for ${blockText({ span: to })} to ${tableId}.`,
      }),
      partly: true,
    };
  }
  if (route === undefined) {
    return failAt(
      tableId,
      `no route for ${spanText(to)}`,
      'TGW_RTB_CANNOT_ROUTE',
      `Add a route for ${blockText({ span: to })} to ${tableId}, or enable propagation from the attachment of its network.`,
      'transit gateway route table',
    );
  }
  const text = `${route.cidrBlock} → ${route.attachmentIds.join(', ') || 'nowhere'} (${route.origin}${route.state === 'active' ? '' : `, ${route.state}`})`;
  if (route.state === 'blackhole') {
    return failAt(
      tableId,
      text,
      'TGW_RTB_BAD_STATE_ROUTE',
      `Change route ${route.cidrBlock} of ${tableId} to an attachment that exists, or remove the route.`,
      'transit gateway route',
    );
  }
  if (route.state === 'unknown')
    return unknownStep(CHECK, HOP, what, unread(`the state of ${route.cidrBlock} in ${tableId}`));
  const step: Step = {
    check: CHECK,
    hop: HOP,
    verdict: 'pass',
    tell: () => ({ kind: 'transit gateway route', id: tableId, text }),
  };
  return { step, to: gateway.attachments?.find((one) => one.id === route.attachmentIds[0]) };
}

interface Between {
  readonly gateway: TransitGateway;
  readonly mine: TransitAttachment;
  readonly near: Place;
  readonly unread: (of: string) => Missing;
}

function deliver(
  steps: readonly Step[],
  between: Between,
  other: TransitAttachment | undefined,
  leaving: Leaving,
): Arrival {
  const { place, to } = leaving;
  const { gateway, mine, near, unread } = between;
  const what = { kind: 'transit gateway attachment', id: other?.id ?? gateway.id };
  const unknown = (missing: Missing): Arrival => stops([...steps, unknownStep(CHECK, HOP, what, missing)]);
  if (other === undefined) return unknown(unread('the attachment that the route names'));
  if (other.state === 'unknown') return unknown(unread(`the state of ${other.id}`));
  if (other.state !== 'available') {
    return stops([
      ...steps,
      failAt(other.id, `is ${other.nativeState}`, 'BAD_STATE_ATTACHMENT', `Make the attachment ${other.id} available.`),
    ]);
  }
  if (other.kind === 'vpn' || other.kind === 'direct-connect') {
    return arrives(steps, { kind: 'remote', behind: other.resourceId ?? other.id }, undefined, { near, far: [] });
  }
  const networkId = other.resourceId;
  if (other.kind !== 'network' || networkId === undefined) {
    return hidden(steps, other, `the path behind ${other.id} (${other.kind})`);
  }
  const { find, region } = place.world.index;
  const own = find('networks', networkId);
  const world = own.is === 'found' ? place.world : place.world.far({ account: other.account });
  const blocks = world?.blocksOf(networkId);
  if (world === undefined || blocks === undefined) {
    const unread = own.is === 'unknown' && (other.account ?? region.account) === region.account;
    return hidden(steps, other, `the path behind ${other.id} in ${networkId}`, unread ? own.missing : undefined);
  }
  const far = gatesOf(world, other);
  if (!blocks.some((block) => holds(block, to)))
    return beyond(steps, between, { other, networkId, world, far }, leaving);
  // Packets stay in the sender's zone where the other side has an interface there.
  const same = far.filter(({ subnet }) => subnet.zone === place.subnet.zone);
  // A subnet that was not read may be the exit subnet, whose network ACL applies, too.
  const lost = same.length > 0 ? undefined : other.subnetIds.find((id) => world.place(id).is !== 'found');
  if (lost !== undefined) {
    const found = world.place(lost);
    return unknown(found.is === 'unknown' ? found.missing : { what: `subnet ${lost}`, remedy: READ_AGAIN });
  }
  return arrives(
    steps,
    { kind: 'network', world, networkId },
    { out: 'lost', in: referencesOf(place.world, gateway, mine, other) },
    { near, far: same.length > 0 ? same : far },
  );
}

/**
 * Inbound rules may name groups of another attached network where the gateway and both attachments support it.
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security
 */
function referencesOf(
  world: World,
  gateway: TransitGateway,
  mine: TransitAttachment,
  other: TransitAttachment,
): References {
  const said = [gateway.securityGroupReferences, mine.securityGroupReferences, other.securityGroupReferences];
  if (said.includes(false)) return 'lost';
  if (said.every((one) => one === true)) return 'kept';
  return refusedOr(world.index, 'transitGateways', gateway.id, {
    what: `the security group referencing support of ${gateway.id} and its attachments`,
    remedy: READ_AGAIN,
  });
}

function hidden(steps: readonly Step[], { id, account }: TransitAttachment, of: string, unread?: Missing): Arrival {
  const whose = account === undefined ? '' : ` of account ${account}`;
  const remedy = `Check groups, network ACLs and routes behind ${id}${whose} with a snapshot of that account and region.`;
  const missing = { remedy, ...(unread?.failed === true ? unread : {}), what: `${of}${whose}` };
  return arrives(steps, { kind: 'hidden', missing });
}

interface Delivered {
  readonly other: TransitAttachment;
  readonly networkId: string;
  readonly world: World;
  readonly far: readonly Place[];
}

/**
 * A packet for another network follows the routes of the subnet where it was delivered: to a firewall or another appliance, which
 * forwards what it allows. Where no such route exists, or all lead back to the gateway, which delivers it there again, it never arrives.
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config-tgw-multi-az.html
 */
function beyond(
  steps: readonly Step[],
  between: Between,
  { other, networkId, world, far }: Delivered,
  leaving: Leaving,
): Arrival {
  const { id, subnetIds } = other;
  const { gateway, unread } = between;
  const back = leadsBack(gateway, other, leaving, unread);
  const isBack = ({ kind, id: hop }: RouteEntry['nextHop']): boolean =>
    back && kind === 'transit-gateway' && hop === gateway.id;
  const gates = far.map((gate) => hopsAt(gate, world, leaving.to));
  const hops = gates.flatMap((own) => own ?? []);
  const onward = hops.find((hop) => !isBack(hop));
  if (onward !== undefined || far.length < subnetIds.length || gates.includes(undefined)) {
    const forwarder = onward === undefined ? `the routes of ${networkId}` : (onward.id ?? onward.kind);
    return stops([
      ...steps,
      unknownStep(
        CHECK,
        HOP,
        { kind: 'transit gateway attachment', id },
        {
          what: `the forwarding by ${forwarder} of traffic that ${id} delivers to ${networkId}`,
          remedy: `Check that ${forwarder} forwards these calls and their answers: no API reports it.`,
        },
      ),
    ]);
  }
  const to = spanText(leaving.to);
  const loop = hops.length > 0 ? `, and ${networkId} routes it back to ${gateway.id}, in a loop` : '';
  return stops([
    ...steps,
    {
      check: CHECK,
      hop: HOP,
      verdict: 'fail',
      tell: () => ({
        kind: 'transit gateway attachment',
        id,
        text: `leads to ${networkId}, which does not have ${to}`,
        code: 'NO_ROUTE_TO_DESTINATION',
        why: {
          code: 'TRANSIT_LEADS_ELSEWHERE',
          params: { attachment: id, network: networkId, to, loop: loop === '' ? undefined : gateway.id },
        },
        because: `the route leads to ${networkId}, and ${to} is not one of its addresses${loop}`,
        remedy: `Add a route for ${to} to the attachment of its network.`,
      }),
    },
  ]);
}

/** Whether a gateway returns packets from an attachment to the same attachment, or does not deliver them. */
function leadsBack(
  gateway: TransitGateway,
  attachment: TransitAttachment,
  leaving: Leaving,
  unread: Between['unread'],
): boolean {
  const again = routeIn(gateway, attachment, leaving, unread);
  return 'check' in again ? again.verdict === 'fail' : again.to?.id === attachment.id;
}

/** The next hops of a gate's routes for an address; undefined where they were not read. */
function hopsAt(
  { subnet: { routeTableId } }: Place,
  world: World,
  span: Span,
): readonly RouteEntry['nextHop'][] | undefined {
  const found = routeTableId === undefined ? undefined : world.index.find('routeTables', routeTableId);
  if (found?.is !== 'found') return undefined;
  return nextHopsFor(found.value, span, world.prefixes)?.filter(({ kind }) => kind !== 'local' && !AWAY.has(kind));
}

function notAttached(id: string, networkId: string): Step {
  return failAt(
    id,
    `${networkId} is not attached`,
    'BAD_STATE_ATTACHMENT',
    `Attach ${networkId} to ${id}, with a subnet in each zone of the link.`,
    'transit gateway',
  );
}

function fail(id: string, what: string, code: string): Step {
  return failAt(
    id,
    what,
    code,
    'Change the next hop of the route to a transit gateway that is available.',
    'transit gateway',
  );
}

function failAt(id: string, what: string, code: string, remedy: string, kind = 'transit gateway attachment'): Step {
  return {
    check: CHECK,
    hop: HOP,
    verdict: 'fail',
    tell: () => ({
      kind,
      id,
      text: what,
      code,
      why: { code: 'TRANSIT_CARRIES_NOTHING', params: { gateway: id, what } },
      because: `${id}: ${what}`,
      remedy,
    }),
  };
}
