import { covers, overlaps, readBlock } from '../../simulation/addresses.js';
import { countPorts, portsOverlap, withoutPorts, type Ports } from '../../simulation/port-ranges.js';
import type { NetworkAclEntryRow, VSwitchRow } from '../vpc/state.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import type { Finding, Source, Target } from './connection.js';
import { MAX_PORT } from '../../simulation/ports.js';

/** The source ports of calls, which are the destination ports of answers. */
export const EPHEMERAL = [1024, MAX_PORT] as const;

/**
 * Addresses that network ACLs always allow: DNS and metadata.
 * @see https://www.alibabacloud.com/help/en/vpc/user-guide/network-acl-overview
 */
const ALWAYS = ['100.100.2.128/28', '100.100.2.112/28', '100.100.100.200/32'];

/** The share of source ports that may be dropped for calls to count as allowed: each call uses one of all. */
const MOSTLY = 0.01;

/** Whether nearly all calls get through where so many source ports are dropped. */
export function areMostlyOpen(dropped: number): boolean {
  return dropped <= countPorts([EPHEMERAL]) * MOSTLY;
}

/** What a network ACL stops: everything, or no more than answers to a few source ports. */
export interface Stop extends Finding {
  readonly isFew: boolean;
}

/** The first that stops more than a few. */
export function firstStop(stops: Iterable<Stop>): Finding | undefined {
  for (const { isFew, by, because } of stops) if (!isFew) return { by, because };
  return undefined;
}

/**
 * Whether a network ACL stops a call or its answer. Network ACLs are stateless, so both directions are
 * evaluated. They do not filter traffic within one vSwitch [I], or traffic to a load balancer's address.
 */
export function* networkAclsStop(
  state: AlibabaRegionState,
  { from, place }: Source,
  target: Target,
  port: number,
): Generator<Stop> {
  const far = target.kind === 'outside' ? state : target.state;
  const there = target.kind === 'interface' ? target.vSwitch : undefined;
  const sameVSwitch =
    target.kind === 'load-balancer' ? target.balancer.VSwitchId === place?.vSwitch.id : there?.id === place?.vSwitch.id;
  if (place && sameVSwitch) return;

  const { address } = target;
  if (place) yield* aclStops(state, place.vSwitch, 'egress', address, [port, port], 'network-acl-out');
  if (there) {
    yield* aclStops(far, there, 'ingress', from, [port, port], 'network-acl-in');
    yield* aclStops(far, there, 'egress', from, EPHEMERAL, 'network-acl-return');
  }
  if (place) yield* aclStops(state, place.vSwitch, 'ingress', address, EPHEMERAL, 'network-acl-return');
}

/** Whether the network ACL of a vSwitch stops TCP to some of the ports. The other end is an address or a block. */
export function* aclStops(
  { network }: AlibabaRegionState,
  { networkAclId }: VSwitchRow,
  direction: 'ingress' | 'egress',
  other: string,
  ports: Ports,
  by: Finding['by'],
): Generator<Stop> {
  const acl = networkAclId === undefined ? undefined : network.networkAcls.get(networkAclId);
  const end = readBlock(other);
  if (!acl || !end || ALWAYS.map(readBlock).some((block) => block && covers(block, end))) return;

  const range = ports[0] === ports[1] ? `port ${ports[0]}` : `ports ${ports.join(' to ')}`;
  const what = `${direction === 'egress' ? 'to' : 'from'} ${other} on ${range}`;
  let open: readonly Ports[] = [ports]; // those that no rule has decided yet
  let lost = 0;
  let dropping: NetworkAclEntryRow | undefined;
  for (const entry of acl[direction]) {
    const block = readBlock(entry.cidrBlock);
    if (!block || !isTcp(entry) || !open.some((range) => portsOverlap(range, portsOf(entry)))) continue;
    if (entry.Policy === 'drop' ? !overlaps(block, end) : !covers(block, end)) continue;

    const left = open.flatMap((range) => withoutPorts(range, portsOf(entry)));
    if (entry.Policy === 'drop') {
      lost += countPorts(open) - countPorts(left);
      dropping ??= entry;
    }
    open = left;
  }
  lost += countPorts(open);
  if (lost === 0) return;

  const because = dropping
    ? `Rule ${dropping.NetworkAclEntryId} of ${acl.id} drops what goes ${what}.`
    : `No rule of ${acl.id} accepts what goes ${what}.`;
  yield { by, because, isFew: lost <= countPorts([ports]) * MOSTLY };
}

const isTcp = ({ Protocol }: NetworkAclEntryRow): boolean => Protocol === 'all' || Protocol === 'tcp';

function portsOf({ Port }: NetworkAclEntryRow): Ports {
  const [first = 0, last = 0] = Port === '-1/-1' ? [1, MAX_PORT] : Port.split('/').map(Number);
  return [first, last];
}
