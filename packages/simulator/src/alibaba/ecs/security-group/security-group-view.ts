import { defined } from '../../../simulation/defined.js';
import { type AlibabaCall, AlibabaError } from '../../operation/operation.js';
import type { SecurityGroupRow, SecurityGroupRuleRow, AlibabaNetworkState } from '../../vpc/state.js';
import { ruleCount, isSameTraffic, readRule, type GivenRule } from './security-group-rules.js';
import { namedTagPairs } from '../../vpc/request/tags.js';
import { seconds } from '../../vpc/request/text-rules.js';

/** A group as DescribeSecurityGroups answers it. */
export function securityGroupView({ state: { network } }: AlibabaCall, row: SecurityGroupRow, withCount: boolean) {
  const view = {
    CreationTime: seconds(row.createdAt),
    Description: row.description,
    GroupToGroupRuleCount: row.rules.filter(({ peer }) => peer.kind === 'group').length,
    ResourceGroupId: '',
    RuleCount: ruleCount(network, row.rules),
    SecurityGroupId: row.id,
    SecurityGroupName: row.name,
    SecurityGroupType: row.type,
    ServiceManaged: false,
    Tags: { Tag: namedTagPairs(row.tags) },
    VpcId: row.vpcId,
  };
  if (!withCount) return view;

  const members = [...network.interfaces.values()].filter(({ securityGroupIds }) => securityGroupIds.includes(row.id));
  return { ...view, EcsCount: new Set(members.map(({ instanceId }) => instanceId).filter(Boolean)).size };
}

/** A rule as DescribeSecurityGroupAttribute answers it: every member there, most of them empty. */
export function permissionView({ state: { network }, account }: AlibabaCall, row: SecurityGroupRuleRow) {
  const { peer } = row;
  const owner = peer.kind === 'group' && peer.account !== account ? peer.account : '';
  const side = {
    CidrIp: peer.kind === 'block' ? peer.cidrBlock : '',
    Ipv6CidrIp: peer.kind === 'ipv6Block' ? peer.cidrBlock : '',
    GroupId: peer.kind === 'group' ? peer.groupId : '',
    GroupName: peer.kind === 'group' ? (network.securityGroups.get(peer.groupId)?.name ?? '') : '',
    PrefixListId: peer.kind === 'prefixList' ? peer.prefixListId : '',
    PrefixListName:
      peer.kind === 'prefixList' ? (network.prefixLists.get(peer.prefixListId)?.PrefixListName ?? '') : '',
  };
  const none = { CidrIp: '', Ipv6CidrIp: '', GroupId: '', GroupName: '', PrefixListId: '', PrefixListName: '' };
  const [source, dest] = row.direction === 'ingress' ? [side, none] : [none, side];
  return {
    CreateTime: seconds(row.createdAt),
    Description: row.description,
    DestCidrIp: row.direction === 'ingress' ? ownBlock(row, false) : dest.CidrIp,
    DestGroupId: dest.GroupId,
    DestGroupName: dest.GroupName,
    DestGroupOwnerAccount: row.direction === 'egress' ? owner : '',
    DestPrefixListId: dest.PrefixListId,
    DestPrefixListName: dest.PrefixListName,
    Direction: row.direction,
    IpProtocol: row.protocol,
    Ipv6DestCidrIp: row.direction === 'ingress' ? ownBlock(row, true) : dest.Ipv6CidrIp,
    Ipv6SourceCidrIp: row.direction === 'egress' ? ownBlock(row, true) : source.Ipv6CidrIp,
    NicType: row.nicType,
    Policy: row.policy,
    PortRange: row.portRange,
    ...defined({ PortRangeListId: row.portListId }),
    Priority: String(row.priority),
    SecurityGroupRuleId: row.id,
    SourceCidrIp: row.direction === 'egress' ? ownBlock(row, false) : source.CidrIp,
    SourceGroupId: source.GroupId,
    SourceGroupName: source.GroupName,
    SourceGroupOwnerAccount: row.direction === 'ingress' ? owner : '',
    SourcePortRange: row.sourcePorts ?? '',
    SourcePrefixListId: source.PrefixListId,
    SourcePrefixListName: source.PrefixListName,
  };
}

/** The block of a five-tuple rule for the group's own side, where it is of that family. */
function ownBlock({ ownCidrBlock = '' }: SecurityGroupRuleRow, six: boolean): string {
  return ownCidrBlock.includes(':') === six ? ownCidrBlock : '';
}

/** The ids of the other groups whose rules name a group. */
export function referencing({ securityGroups }: AlibabaNetworkState, groupId: string): string[] {
  return [...securityGroups.values()]
    .filter(({ rules }) => rules.some(({ peer }) => peer.kind === 'group' && peer.groupId === groupId))
    .map(({ id }) => id);
}

/**
 * Removes rules, by their IDs or by their members. A rule given by its members that does not exist is not an
 * error.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-revokesecuritygroup
 * @throws {AlibabaError} `InvalidSecurityGroupRule.RuleNotExist` for an id; in the words of
 * AuthorizeSecurityGroup
 */
export function revoke(
  call: AlibabaCall,
  group: SecurityGroupRow,
  direction: SecurityGroupRuleRow['direction'],
  asked: { readonly ids: readonly string[] | undefined; readonly rules: () => readonly GivenRule[] },
): void {
  if (asked.ids?.length) {
    for (const id of asked.ids) {
      if (!group.rules.some((rule) => rule.id === id && rule.direction === direction)) {
        throw new AlibabaError('InvalidSecurityGroupRule.RuleNotExist', 'The specified rule does not exist.', 404); // [?] the words
      }
    }
    group.rules = group.rules.filter(({ id }) => !asked.ids?.includes(id));
    return;
  }

  const wanted = asked.rules().map((given) => ({
    ...readRule(call, group, direction, given),
    anyPriority: given.Priority === undefined,
  }));
  group.rules = group.rules.filter(
    (rule) => !wanted.some((one) => isSameTraffic(rule, one) && (one.anyPriority || rule.priority === one.priority)),
  );
}
