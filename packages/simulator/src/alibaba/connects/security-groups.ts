import { covers, overlaps, readBlock } from '../../simulation/addresses.js';
import { blockHas } from '../vpc/request/text-rules.js';
import type { InterfaceRow, SecurityGroupRow, SecurityGroupRuleRow } from '../vpc/state.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import type { Finding, Source, Target, Via } from './connection.js';
import { areMostlyOpen, EPHEMERAL } from './network-acls.js';

/**
 * The other end, as a rule evaluates it: its address or block, and its interface where groups can be
 * matched, in one VPC.
 */
interface Peer {
  readonly at: string;
  readonly eni: InterfaceRow | undefined;
}

/** The decision of the groups: what allowed a packet besides plain blocks, or why it is denied. */
export type Admission = { readonly via: readonly Via[] } | Finding;

/** Whether the groups of the link's interface let a call out. */
export function mayLeave(state: AlibabaRegionState, { place }: Source, target: Target, port: number): Admission {
  if (!place) return { via: [] }; // conventional instances are outside of the user's security groups

  const known = target.kind === 'interface' && target.eni.vpcId === place.eni.vpcId;
  const peer = { at: target.address, eni: known ? target.eni : undefined };
  return judged('security-group-out', judge(state, place.eni, peer, 'egress', port));
}

/** Whether the groups of the target's interface let a call in. */
export function mayEnter(
  { from, place }: Source,
  { state, eni }: Extract<Target, { kind: 'interface' }>,
  port: number,
): Admission {
  const known = place?.eni.vpcId === eni.vpcId;
  return judged(
    'security-group-in',
    judge(state, eni, { at: from, eni: known ? place.eni : undefined }, 'ingress', port),
  );
}

/**
 * The reason why the groups of a server would not allow a client that a load balancer shows them only by its address.
 */
export function clientStops(
  state: AlibabaRegionState,
  eni: InterfaceRow,
  at: string,
  port: number,
): Finding | undefined {
  const answer = judged('security-group-in', judge(state, eni, { at, eni: undefined }, 'ingress', port));
  return 'by' in answer ? answer : undefined;
}

function judged(by: Finding['by'], answer: readonly Via[] | string): Admission {
  return typeof answer === 'string' ? { by, because: answer } : { via: answer };
}

/**
 * Members of a basic group that allows traffic between its members need no rule, and no rule forbids it.
 * Otherwise the rules of all groups of the interface count together: the smallest priority first, a drop
 * before an accept. Where no rule matches, a basic group allows all outbound and no inbound traffic. An
 * advanced group allows neither.
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/security-group-rules
 */
function judge(
  state: AlibabaRegionState,
  eni: InterfaceRow,
  peer: Peer,
  direction: SecurityGroupRuleRow['direction'],
  port: number,
): readonly Via[] | string {
  const groups = eni.securityGroupIds
    .map((id) => state.network.securityGroups.get(id))
    .filter((group) => group !== undefined);
  if (groups.some((group) => isInner(group, peer))) return ['intra-group'];

  const rules = groups
    .flatMap((group) => group.rules.map((rule) => ({ rule, group })))
    .filter(({ rule }) => rule.direction === direction && concerns(rule, port) && narrowHolds(rule, eni))
    .sort((a, b) => a.rule.priority - b.rule.priority || order(a.rule) - order(b.rule));
  const what = `${direction === 'egress' ? 'to' : 'from'} ${peer.at} on port ${port}`;
  let dropped = 0;
  const mostly = (): readonly Via[] => (dropped > 0 ? ['most-ports'] : []);
  for (const { rule, group } of rules) {
    const match = matches(state, rule, peer);
    if (match === 'none' || (match === 'part' && rule.policy === 'Accept')) continue;
    if (rule.policy === 'Accept') return [...VIA[rule.peer.kind], ...mostly()];

    dropped += sourcePortsOf(rule);
    if (areMostlyOpen(dropped)) continue;

    return `Rule ${rule.id} of ${group.id}, priority ${rule.priority}, drops what goes ${what}.`;
  }
  const names = eni.securityGroupIds.join(', ');
  if (direction === 'egress' && groups.every(({ type }) => type === 'normal')) return mostly();

  return `No rule of ${names} accepts what goes ${what}.`;
}

/** What an accepting rule leans on, by what it names. */
const VIA: Readonly<Record<SecurityGroupRuleRow['peer']['kind'], readonly Via[]>> = {
  block: [],
  ipv6Block: [],
  group: ['reference'],
  prefixList: ['prefix-list'],
};

const order = ({ policy }: SecurityGroupRuleRow): number => (policy === 'Drop' ? 0 : 1);

function isInner({ id, type, innerAccessPolicy }: SecurityGroupRow, { eni }: Peer): boolean {
  return type === 'normal' && innerAccessPolicy === 'Accept' && eni?.securityGroupIds.includes(id) === true;
}

/** What a list of ports names is not simulated: a rule with one is about none. */
function concerns({ protocol, portRange, portListId }: SecurityGroupRuleRow, port: number): boolean {
  if (portListId !== undefined) return false;
  if (protocol === 'ALL') return true;
  if (protocol !== 'TCP') return false;

  const [from = 0, to = 0] = portRange.split('/').map(Number);
  return from <= port && port <= to;
}

/** The number of source ports of calls that a rule matches. */
function sourcePortsOf({ sourcePorts }: SecurityGroupRuleRow): number {
  const [first, last] = EPHEMERAL;
  const [from = first, to = last] = sourcePorts?.split('/').map(Number) ?? [];
  return Math.max(0, Math.min(to, last) - Math.max(from, first) + 1);
}

/**
 * Whether a five-tuple rule matches a call at its own side: an interface by its first address. A call may
 * have any source port that systems assign. An accepting rule must match all of them, a dropping one some.
 */
function narrowHolds({ ownCidrBlock, sourcePorts, policy }: SecurityGroupRuleRow, eni: InterfaceRow): boolean {
  if (ownCidrBlock !== undefined && !blockHas(ownCidrBlock, eni.primaryIpAddress)) return false;
  if (sourcePorts === undefined) return true;

  const [from = 0, to = 0] = sourcePorts.split('/').map(Number);
  const [first, last] = EPHEMERAL;
  return policy === 'Accept' ? from <= first && last <= to : from <= last && first <= to;
}

/** Whether a rule is about the whole of the other end, about some addresses of its block, or about none. */
function matches({ network }: AlibabaRegionState, { peer }: SecurityGroupRuleRow, { at, eni }: Peer) {
  switch (peer.kind) {
    case 'group':
      return eni?.securityGroupIds.includes(peer.groupId) ? 'all' : 'none';
    case 'prefixList':
      return blocksMatch(network.prefixLists.get(peer.prefixListId)?.entries.map(({ Cidr }) => Cidr) ?? [], at);
    default:
      return blocksMatch([peer.cidrBlock], at);
  }
}

function blocksMatch(blocks: readonly string[], at: string): 'all' | 'part' | 'none' {
  if (blocks.some((block) => blockHas(block, at))) return 'all';

  const whole = readBlock(at);
  const meets = blocks.some((text) => {
    const block = readBlock(text);
    return whole !== undefined && block !== undefined && overlaps(block, whole) && !covers(block, whole);
  });
  return meets ? 'part' : 'none';
}
