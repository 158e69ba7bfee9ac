import { readBlock } from '../../../simulation/addresses.js';
import { type AlibabaCall, AlibabaError } from '../../operation/operation.js';
import type {
  SecurityGroupPeerRow,
  SecurityGroupRow,
  SecurityGroupRuleRow,
  AlibabaNetworkState,
} from '../../vpc/state.js';
import { getPrefixList } from '../../vpc/request/lists.js';
import { newId, isPortRange } from '../../vpc/request/text-rules.js';

/** The other side of a rule as callers write it; one of them has to be there. */
interface GivenPeer {
  readonly cidrIp?: string | undefined;
  readonly ipv6CidrIp?: string | undefined;
  readonly groupId?: string | undefined;
  readonly groupOwnerId?: number | string | undefined;
  readonly prefixListId?: string | undefined;
}

/**
 * Reads the other side of a rule.
 * @throws {AlibabaError} in the words of AuthorizeSecurityGroup and AuthorizeSecurityGroupEgress
 */
function readPeer(
  call: AlibabaCall,
  group: SecurityGroupRow,
  direction: SecurityGroupRuleRow['direction'],
  { cidrIp, ipv6CidrIp, groupId, groupOwnerId, prefixListId }: GivenPeer,
): SecurityGroupPeerRow {
  const side = direction === 'ingress' ? 'Source' : 'Dest';
  if (cidrIp !== undefined && cidrIp !== '') return peerBlock(cidrIp, 4, `${side}CidrIp`);
  if (ipv6CidrIp !== undefined && ipv6CidrIp !== '') return peerBlock(ipv6CidrIp, 6, `Ipv6${side}CidrIp`);
  if (prefixListId !== undefined && prefixListId !== '') {
    return { kind: 'prefixList', prefixListId: getPrefixList(call.state, prefixListId).PrefixListId };
  }
  if (groupId === undefined || groupId === '') {
    throw new AlibabaError(`MissingParameter.${side}`, `Either ${side}CidrIp or ${side}GroupId must be specified.`);
  }

  return readGroup(call, group, side, groupId, groupOwnerId);
}

function readGroup(
  { state, account }: AlibabaCall,
  group: SecurityGroupRow,
  side: 'Source' | 'Dest',
  groupId: string,
  ownerId: number | string | undefined,
): SecurityGroupPeerRow {
  if (groupId === group.id) {
    throw new AlibabaError(
      'InvalidParamter.Conflict',
      `The specified SecurityGroupId should be different from the ${side}GroupId.`,
      403,
    );
  }

  const other = state.network.securityGroups.get(groupId);
  if (!other || (ownerId !== undefined && String(ownerId) !== account)) {
    const message = `The ${side}GroupId provided does not exist in our records.`;
    throw new AlibabaError(`Invalid${side}GroupId.NotFound`, message, 404);
  }
  if (other.vpcId !== group.vpcId) {
    throw new AlibabaError(
      `Invalid${side}GroupId.Mismatch`,
      `Specified security group and ${side === 'Source' ? 'source' : 'dest'} group are not in the same VPC.`,
    );
  }
  if (group.type === 'enterprise' || other.type === 'enterprise') {
    // [?] the code; that they cannot is documented
    throw new AlibabaError(
      'InvalidOperation.SecurityGroupType',
      'Rules of advanced security groups cannot reference security groups.',
      403,
    );
  }

  return { kind: 'group', groupId, account };
}

/** Host bits are cleared; a single address is a block of one. */
function peerBlock(text: string, family: 4 | 6, name: string): SecurityGroupPeerRow {
  const block = readBlock(text);
  if (block?.family !== family) {
    throw new AlibabaError(`Invalid${name}.Malformed`, `The specified parameter "${name}" is not valid.`);
  }

  const single = block.bits === (family === 4 ? 32 : 128);
  const cidrBlock = single && !text.includes('/') ? block.text.replace(/\/\d+$/, '') : block.text;
  return { kind: family === 4 ? 'block' : 'ipv6Block', cidrBlock };
}

/** A rule as callers write it: in a list of permissions, or beside the group's id. */
export interface GivenRule extends GivenPeer {
  readonly IpProtocol?: string | undefined;
  readonly PortRange?: string | undefined;
  readonly Policy?: string | undefined;
  readonly Priority?: string | undefined;
  readonly NicType?: string | undefined;
  readonly Description?: string | undefined;
}

/** The members that identify a rule. */
export type RuleIdentity = Pick<
  SecurityGroupRuleRow,
  'direction' | 'policy' | 'priority' | 'protocol' | 'portRange' | 'peer'
>;

const PROTOCOLS = ['ALL', 'TCP', 'UDP', 'ICMP', 'ICMPv6', 'GRE'] as const;

/**
 * Reads a rule of a group in a VPC.
 * @throws {AlibabaError} in the words of AuthorizeSecurityGroup
 */
export function readRule(
  call: AlibabaCall,
  group: SecurityGroupRow,
  direction: SecurityGroupRuleRow['direction'],
  given: GivenRule,
): RuleIdentity {
  const protocol = PROTOCOLS.find((known) => known.toLowerCase() === given.IpProtocol?.toLowerCase());
  if (!protocol) {
    throw new AlibabaError(
      'InvalidIpProtocol.ValueNotSupported',
      'The parameter IpProtocol must be specified with case insensitive TCP, UDP, ICMP, GRE or All.',
    );
  }

  const portRange = given.PortRange ?? '';
  if (!isPortRange(protocol.toLowerCase(), portRange)) {
    throw new AlibabaError('InvalidIpProtocol.Malformed', 'The specified parameter "PortRange" is not valid.');
  }

  const policy = (['Accept', 'Drop'] as const).find(
    (known) => known.toLowerCase() === (given.Policy ?? 'accept').toLowerCase(),
  );
  if (!policy) throw new AlibabaError('InvalidPolicy.Malformed', 'The specified parameter "Policy" is not valid.');
  if (given.NicType === 'internet') {
    throw new AlibabaError('InvalidNicType.ValueNotSupported', 'The specified NicType is not valid.'); // groups in a VPC have intranet only
  }
  if (given.NicType !== undefined && given.NicType !== 'intranet') {
    throw new AlibabaError('InvalidNicType.ValueNotSupported', 'The specified NicType does not exist.');
  }

  return {
    direction,
    policy,
    priority: readPriority(given.Priority),
    protocol,
    portRange,
    peer: readPeer(call, group, direction, given),
  };
}

/**
 * Adds rules to a group, all or none. An existing rule is not added again.
 * @throws {AlibabaError} in the words of AuthorizeSecurityGroup; `AuthorizationLimitExceed`
 */
export function authorize(
  call: AlibabaCall,
  group: SecurityGroupRow,
  direction: SecurityGroupRuleRow['direction'],
  given: readonly GivenRule[],
): void {
  const added: SecurityGroupRuleRow[] = [];
  for (const wanted of given) {
    const identity = readRule(call, group, direction, wanted);
    if (wanted.Description !== undefined && wanted.Description.length > 512) {
      throw new AlibabaError(
        'InvalidSecurityGroupDiscription.Malformed',
        'The specified security group rule description is not valid.',
      );
    }
    if ([...group.rules, ...added].some((rule) => isSameRule(rule, identity))) continue;

    added.push({
      id: newId(call, 'sgr'),
      ...identity,
      nicType: 'intranet',
      description: wanted.Description ?? '',
      createdAt: call.now,
    });
  }
  const rules = [...group.rules, ...added];
  if (ruleCount(call.state.network, rules) > call.quota('rules-per-alibaba-security-group')) {
    throw new AlibabaError(
      'AuthorizationLimitExceed',
      'The limit of authorization records in the security group reaches.',
      403,
    );
  }

  group.rules = rules;
}

/** How many rules count: one with a prefix list counts as many times as the list may have entries. */
export function ruleCount({ prefixLists }: AlibabaNetworkState, rules: readonly SecurityGroupRuleRow[]): number {
  return rules.reduce(
    (sum, { peer }) => sum + (peer.kind === 'prefixList' ? (prefixLists.get(peer.prefixListId)?.MaxEntries ?? 0) : 1),
    0,
  );
}

/** Whether two rules have the same effect on the same traffic. */
function isSameRule(a: RuleIdentity, b: RuleIdentity): boolean {
  return a.priority === b.priority && isSameTraffic(a, b);
}

/** Whether two rules are the same but for their priority, which RevokeSecurityGroup does not ask for. */
export function isSameTraffic(a: RuleIdentity, b: RuleIdentity): boolean {
  return (
    a.direction === b.direction &&
    a.policy === b.policy &&
    a.protocol === b.protocol &&
    a.portRange === b.portRange &&
    peerKey(a.peer) === peerKey(b.peer)
  );
}

function peerKey(peer: SecurityGroupPeerRow): string {
  switch (peer.kind) {
    case 'group':
      return `group ${peer.groupId}`;
    case 'prefixList':
      return `list ${peer.prefixListId}`;
    default:
      return `block ${peer.cidrBlock}`;
  }
}

function readPriority(text: string | undefined): number {
  if (text === undefined || text === '') return 1;
  if (!/^\d+$/.test(text)) throw new AlibabaError('InvalidPriority.Malformed', 'The parameter Priority is invalid.');

  const value = Number(text);
  if (value < 1 || value > 100) {
    throw new AlibabaError('InvalidPriority.ValueNotSupported', 'The parameter Priority is invalid.');
  }

  return value;
}
