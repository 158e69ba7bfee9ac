import type {
  DescribeStaleSecurityGroupsRequest,
  DescribeStaleSecurityGroupsResult,
  StaleIpPermission,
  StaleSecurityGroup,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { pageRows } from '../../ec2/request/list-rows.js';
import { hasPorts } from '../../ec2/network-acl/protocols.js';
import { peeredSides } from '../../ec2/security-group/security-group-rules.js';
import { transitReferable } from '../../ec2/transit-gateway/transit-gateways.js';
import type { Ec2State, SecurityGroupRow, SecurityGroupRuleRow } from '../../state/ec2-state.js';

/**
 * The groups of a VPC with rules that refer to deleted groups, or to groups beyond a deleted peering.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeStaleSecurityGroups.html
 */
export const describeStaleSecurityGroups = ec2Operation({
  name: 'DescribeStaleSecurityGroups',
  kind: 'read',
  run: ({ state: { ec2 } }, input: DescribeStaleSecurityGroupsRequest): DescribeStaleSecurityGroupsResult => {
    const vpc = getRow(ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    const stale = [...ec2.securityGroups.values()]
      .filter((group) => group.vpcId === vpc.id)
      .map((group) => ({ id: group.id, view: staleView(ec2, group) }))
      .filter(({ view }) => view !== undefined);
    const { rows, next } = pageRows(stale, input, { list: `DescribeStaleSecurityGroups/${vpc.id}`, size: [5, 255] });
    return { StaleSecurityGroupSet: rows.flatMap(({ view }) => view ?? []), NextToken: next };
  },
});

function staleView(ec2: Ec2State, group: SecurityGroupRow): StaleSecurityGroup | undefined {
  const rules = [...ec2.securityGroupRules.values()].filter(
    (rule) => rule.groupId === group.id && isStale(ec2, group, rule),
  );
  if (rules.length === 0) return undefined;
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    VpcId: group.vpcId,
    StaleIpPermissions: rules.filter((rule) => !rule.egress).map(permission),
    StaleIpPermissionsEgress: rules.filter((rule) => rule.egress).map(permission),
  };
}

function isStale(ec2: Ec2State, group: SecurityGroupRow, rule: SecurityGroupRuleRow): boolean {
  if (rule.referencedGroupId === undefined) return false;
  const referenced = ec2.securityGroups.get(rule.referencedGroupId);
  if (referenced?.vpcId === group.vpcId) return false;
  if (referenced && !rule.egress && transitReferable(ec2, group.vpcId, referenced.vpcId)) return false;
  const sides = peeredSides(ec2, group.vpcId);
  // Of another account's groups it is only known whether a peering connects to that account.
  return referenced
    ? !sides.some((side) => side.vpcId === referenced.vpcId)
    : rule.referencedGroupOwnerId === group.ownerId ||
        !sides.some((side) => side.ownerId === rule.referencedGroupOwnerId);
}

function permission(rule: SecurityGroupRuleRow): StaleIpPermission {
  return {
    IpProtocol: rule.protocol,
    FromPort: hasPorts(rule.protocol) ? rule.fromPort : undefined,
    ToPort: hasPorts(rule.protocol) ? rule.toPort : undefined,
    IpRanges: [],
    PrefixListIds: [],
    UserIdGroupPairs: [{ GroupId: rule.referencedGroupId, UserId: rule.referencedGroupOwnerId }],
  };
}
