import { transitReasons } from '../reasons/route.js';
import type { RouteEntry, TransitAttachment, TransitGateway } from '../../../do/model/routing.js';
import type { Missing } from '../../../do/world/views.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import type { SubnetPlace, World } from '../model/world.js';
import type { References } from '../groups/judge.js';
import { nextHopsFor, AWAY } from './route-table.js';
import { holds, spanText, type Span } from '../model/span.js';
import { failStep, unknownStep, type PathStep } from '../model/step.js';
import { arrives, stops, type Arrival, type Leaving } from './arrival.js';
import { CHECK, HOP, READ_AGAIN, routeIn, failAt } from './transit-table.js';

export function gatesOf(world: World, { subnetIds }: TransitAttachment): readonly SubnetPlace[] {
  return subnetIds.flatMap((id) => {
    const found = world.place(id);
    return found.is === 'found' ? [found.value] : [];
  });
}

export interface Between {
  readonly gateway: TransitGateway;
  readonly mine: TransitAttachment;
  readonly near: SubnetPlace;
  readonly unread: (of: string) => Missing;
}

export function deliver(
  steps: readonly PathStep[],
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
      failAt(other.id, `is ${other.nativeState}`, 'BAD_STATE_ATTACHMENT', {
        is: 'make available',
        attachment: other.id,
      }),
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

function hidden(steps: readonly PathStep[], { id, account }: TransitAttachment, of: string, unread?: Missing): Arrival {
  const whose = account === undefined ? '' : ` of account ${account}`;
  const remedy = `Check groups, network ACLs and routes behind ${id}${whose} with a snapshot of that account and region.`;
  const missing = { remedy, ...(unread?.failed === true ? unread : {}), what: `${of}${whose}` };
  return arrives(steps, { kind: 'hidden', missing });
}

export interface Delivered {
  readonly other: TransitAttachment;
  readonly networkId: string;
  readonly world: World;
  readonly far: readonly SubnetPlace[];
}

/**
 * A packet for another network follows the routes of the subnet where it was delivered: to a firewall or another appliance, which
 * forwards what it allows. Where no such route exists, it never arrives. The same holds where all lead back to the gateway, which delivers
 * it there again, or to interfaces that accept only packets for their own addresses.
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config-tgw-multi-az.html
 */
function beyond(
  steps: readonly PathStep[],
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
  const drops = hops.find((hop) => isChecked(hop, world))?.id;
  const onward = hops.find((hop) => !isBack(hop) && !isChecked(hop, world));
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
  return stops([
    ...steps,
    failStep(CHECK, HOP, () => ({
      kind: 'transit gateway attachment',
      id,
      text: `leads to ${networkId}, which does not have ${to}`,
      code: 'NO_POSSIBLE_DESTINATION',
      ...transitReasons.TRANSIT_LEADS_ELSEWHERE({
        attachment: id,
        network: networkId,
        to,
        loop: hops.some(isBack) ? gateway.id : undefined,
        drops,
      }),
    })),
  ]);
}

/**
 * Whether a next hop drops packets that are not for its own addresses.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html#EIP_Disable_SrcDestCheck
 */
function isChecked({ kind, id = '' }: RouteEntry['nextHop'], { index }: World): boolean {
  const found = kind === 'interface' ? index.find('interfaces', id) : undefined;
  return found?.is === 'found' && found.value.sourceDestinationCheck === true;
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
  { subnet: { routeTableId } }: SubnetPlace,
  world: World,
  span: Span,
): readonly RouteEntry['nextHop'][] | undefined {
  const found = routeTableId === undefined ? undefined : world.index.find('routeTables', routeTableId);
  if (found?.is !== 'found') return undefined;

  return nextHopsFor(found.value, span, world)?.filter(({ kind }) => kind !== 'local' && !AWAY.has(kind));
}
