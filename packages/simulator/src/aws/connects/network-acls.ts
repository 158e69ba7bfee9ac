import type { NetworkAclEntryRow, NetworkAclRow, SubnetRow } from '../ec2/state.js';
import type { RegionState } from '../state/aws-state.js';
import { coveringBits } from './blocks.js';
import type { Finding, Place } from './connection.js';
import type { Way } from './one-call.js';
import { countPorts, withoutPorts, type Ports } from '../../simulation/port-ranges.js';
import { MAX_PORT } from '../../simulation/ports.js';

/**
 * The destination ports of answers.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const EPHEMERAL = [1024, MAX_PORT] as const;
const TCP = '6';

/**
 * The share of source ports that may be denied for calls to count as allowed. Guides recommend to deny
 * single ports of the range, and a call uses one of all: with one in a hundred denied, 99 of 100 calls are
 * answered.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
const MOSTLY = 0.01;

/** The decision of network ACLs on a call. */
export interface AclAnswer {
  readonly stop: Finding | undefined;
  /** Whether answers to a few source ports are denied. */
  readonly mostly: boolean;
}

/** The denial of one network ACL. There is none where it allows everything. */
interface Denial extends Finding {
  readonly isFew: boolean;
}

/**
 * Whether a network ACL stops a call or its answer. Network ACLs are stateless, so both directions are
 * evaluated, at every edge of a subnet and nowhere within one. Around a transit gateway they see packets as
 * its documentation describes: into the gateway's subnet from the sender, out of it to the receiver. The
 * receiver's own subnet is not evaluated where it is the gateway's.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
 */
export function networkAclsStop(
  from: Place,
  way: Way,
  back: Way | undefined,
  port: number,
  seen: string,
  some: Ports | undefined,
): AclAnswer {
  let mostly = false;
  for (const { isFew, ...stop } of denials(from, way, back, port, seen, some)) {
    if (!isFew) return { stop, mostly };

    mostly = true;
  }
  return { stop: undefined, mostly };
}

function* denials(...[from, way, back, port, seen, some]: Parameters<typeof networkAclsStop>): Generator<Denial> {
  const { end } = way;
  const there = end.kind === 'place' ? end.place : undefined;
  if (there?.subnet.id === from.subnet.id && !way.gates) return;

  const to = end.kind === 'place' ? end.place.address : end.address;
  const call = { from: from.address, to, ports: [port, port] as const };
  const answer = { from: to, to: from.address, ...answersTo(some) };
  // the receiver's edge sees the address that a load balancer keeps
  const callSeen = { ...call, from: seen };
  const answerSeen = { ...answer, to: seen };
  const { region } = from;
  yield* edge(region, from.subnet, 'out', call, 'network-acl-out');
  yield* gatesStop(region, way, there?.subnet, call);
  if (there) {
    yield* edge(there.region, there.subnet, 'in', callSeen, 'network-acl-in', way);
    yield* edge(there.region, there.subnet, 'out', answerSeen, 'network-acl-return');
    if (back) yield* gatesStop(there.region, back, from.subnet, answer, 'network-acl-return');
  } else if (way.gates && way.gates.near.id !== from.subnet.id) {
    yield* edge(region, way.gates.near, 'out', answer, 'network-acl-return');
  }
  yield* edge(region, from.subnet, 'in', answer, 'network-acl-return', back ?? way);
}

interface Packet {
  readonly from: string;
  readonly to: string;
  readonly ports: Ports;
  /** One of the ports is enough. */
  readonly isAny?: boolean;
}

/** The ports of answers: those that calls come from, or those of which one is enough. */
export function answersTo(some: Ports | undefined): Pick<Packet, 'ports' | 'isAny'> {
  return { ports: some ?? EPHEMERAL, isAny: some !== undefined };
}

/** The subnets of a transit gateway's interfaces. */
function* gatesStop(
  region: RegionState,
  { gates }: Way,
  last: SubnetRow | undefined,
  packet: Packet,
  by?: Finding['by'],
): Generator<Denial> {
  if (!gates) return;

  yield* edge(region, gates.near, 'in', packet, by ?? 'network-acl-out');
  for (const gate of gates.far) {
    if (gate.id !== last?.id) yield* edge(region, gate, 'out', packet, by ?? 'network-acl-in');
  }
}

/** The edge of one subnet. What a transit gateway delivers within its own subnet is not evaluated. */
function* edge(
  region: RegionState,
  subnet: SubnetRow,
  direction: 'in' | 'out',
  packet: Packet,
  by: Finding['by'],
  way?: Way,
): Generator<Denial> {
  if (direction === 'in' && way?.gates && [way.gates.near, ...way.gates.far].some(({ id }) => id === subnet.id)) return;

  const denied = aclDenies(region, subnet, direction, packet);
  if (denied) yield { by, ...denied };
}

/** The network ACL of a subnet: its own, else the VPC's default one. */
export function networkAclOf({ ec2 }: RegionState, { id, vpcId }: SubnetRow): NetworkAclRow | undefined {
  const acls = [...ec2.networkAcls.values()].filter((acl) => acl.vpcId === vpcId);
  return (
    acls.find(({ associations }) => associations.some(({ subnetId }) => subnetId === id)) ??
    acls.find(({ isDefault }) => isDefault)
  );
}

/** What the network ACL of a subnet denies of a packet. */
export function aclDenies(
  region: RegionState,
  subnet: SubnetRow,
  direction: 'in' | 'out',
  packet: Packet,
): Omit<Denial, 'by'> | undefined {
  const acl = networkAclOf(region, subnet);
  if (!acl) return undefined;

  const other = direction === 'in' ? packet.from : packet.to;
  const [first, last] = packet.ports;
  const what = `${direction === 'in' ? 'from' : 'to'} ${other} on ${first === last ? `port ${first}` : `ports ${first} to ${last}`}`;
  const entries = acl.entries
    .filter((entry) => entry.Egress === (direction === 'out') && concerns(entry, other))
    .sort((a, b) => a.RuleNumber - b.RuleNumber);
  let open: readonly Ports[] = [packet.ports]; // those on which no rule has decided yet
  let allowed = 0;
  let denying: NetworkAclEntryRow | undefined;
  for (const entry of entries) {
    const left = open.flatMap((range) => withoutPorts(range, portsOf(entry)));
    const decided = countPorts(open) - countPorts(left);
    if (decided > 0 && entry.RuleAction === 'deny') denying ??= entry;
    else allowed += decided;
    open = left;
  }
  const all = countPorts([packet.ports]);
  if (allowed === all || (packet.isAny === true && allowed > 0)) return undefined;

  const isFew = all - allowed <= all * MOSTLY;
  const because = denying
    ? `Rule ${denying.RuleNumber} of ${acl.id} denies what goes ${what}.`
    : `No rule of ${acl.id} allows what goes ${what}.`;
  const at = [acl.id, subnet.id, subnet.vpcId];
  return {
    isFew,
    because,
    explained: { code: 'SUBNET_ACL_RESTRICTION', at, direction: direction === 'in' ? 'ingress' : 'egress' },
  };
}

function concerns({ Protocol, CidrBlock, Ipv6CidrBlock }: NetworkAclEntryRow, other: string): boolean {
  if (Protocol !== '-1' && Protocol !== TCP) return false;

  return coveringBits(CidrBlock ?? Ipv6CidrBlock ?? '', other) !== undefined;
}

function portsOf({ Protocol, PortRange }: NetworkAclEntryRow): Ports {
  return Protocol === '-1' ? [0, MAX_PORT] : [PortRange?.From ?? 0, PortRange?.To ?? MAX_PORT];
}
