import type {
  IpPermission,
  SecurityGroup,
  SecurityGroupRule,
  UserIdGroupPair,
  AuthorizeSecurityGroupIngressResult,
  TagSpecification,
} from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/operation.js';
import type { SecurityGroupRow, SecurityGroupRuleRow } from '../state.js';
import { hasPorts } from '../network-acl/protocols.js';
import { peeredSides, rulesFrom, type PermissionInput } from './security-group-rules.js';
import { tagList, tagListOrNone, tagsFrom } from '../request/tags.js';
import { birthplaceOf } from '../birthplace.js';
import { addRule, checkNew, checkRuleCount } from './rule-identity.js';
import { rulesOf } from './security-group-lookup.js';

/** A security group as the API shows it, with its rules gathered by protocol and ports. */
export function groupView(call: AwsCall, row: SecurityGroupRow, rules: readonly SecurityGroupRuleRow[]): SecurityGroup {
  return {
    GroupId: row.id,
    GroupName: row.name,
    Description: row.description,
    VpcId: row.vpcId,
    OwnerId: row.ownerId,
    SecurityGroupArn: groupArn(call, row),
    IpPermissions: permissions(
      call,
      rules.filter((rule) => !rule.egress),
    ),
    IpPermissionsEgress: permissions(
      call,
      rules.filter((rule) => rule.egress),
    ),
    Tags: tagListOrNone(row.tags),
  };
}

/** `arn:aws:ec2:us-east-1:111122223333:security-group/sg-…` */
export function groupArn(call: AwsCall, row: SecurityGroupRow): string {
  return `arn:${call.partition}:ec2:${call.region}:${row.ownerId}:security-group/${row.id}`;
}

/** A rule as the API shows it. */
export function ruleView(call: AwsCall, row: SecurityGroupRuleRow): SecurityGroupRule {
  return {
    SecurityGroupRuleId: row.id,
    SecurityGroupRuleArn: `arn:${call.partition}:ec2:${call.region}:${row.ownerId}:security-group-rule/${row.id}`,
    GroupId: row.groupId,
    GroupOwnerId: row.ownerId,
    IsEgress: row.egress,
    IpProtocol: row.protocol,
    FromPort: row.fromPort,
    ToPort: row.toPort,
    CidrIpv4: row.cidrIpv4,
    CidrIpv6: row.cidrIpv6,
    PrefixListId: row.prefixListId,
    ReferencedGroupInfo: referencedGroup(call, row),
    Description: row.description,
    Tags: tagList(row.tags),
  };
}

function referencedGroup(call: AwsCall, row: SecurityGroupRuleRow): SecurityGroupRule['ReferencedGroupInfo'] {
  if (row.referencedGroupId === undefined) return undefined;

  return { GroupId: row.referencedGroupId, UserId: row.referencedGroupOwnerId, ...peering(call, row) };
}

/** Groups of other VPCs are shown with the peering connection to them. */
function peering(call: AwsCall, row: SecurityGroupRuleRow) {
  const { ec2 } = call.state;
  const group = ec2.securityGroups.get(row.groupId);
  const other = ec2.securityGroups.get(row.referencedGroupId ?? '');
  if (group === undefined || other?.vpcId === group.vpcId) return {};

  const side = peeredSides(ec2, group.vpcId).find(({ vpcId, ownerId }) =>
    other ? vpcId === other.vpcId : ownerId === row.referencedGroupOwnerId,
  );
  if (side === undefined) return {};

  return { VpcId: side.vpcId, VpcPeeringConnectionId: side.peeringId, PeeringStatus: 'active' };
}

/** Rules gathered into permissions: one for each protocol and range of ports. */
export function permissions(call: AwsCall, rules: readonly SecurityGroupRuleRow[]): IpPermission[] {
  const gathered = new Map<string, IpPermission>();
  for (const rule of rules) {
    const key = `${rule.protocol} ${rule.fromPort} ${rule.toPort}`;
    let permission = gathered.get(key);
    if (permission === undefined) {
      permission = {
        IpProtocol: rule.protocol,
        FromPort: hasPorts(rule.protocol) ? rule.fromPort : undefined,
        ToPort: hasPorts(rule.protocol) ? rule.toPort : undefined,
        IpRanges: [],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      };
      gathered.set(key, permission);
    }
    const Description = rule.description;
    if (rule.cidrIpv4 !== undefined) permission.IpRanges?.push({ CidrIp: rule.cidrIpv4, Description });
    if (rule.cidrIpv6 !== undefined) permission.Ipv6Ranges?.push({ CidrIpv6: rule.cidrIpv6, Description });
    if (rule.prefixListId !== undefined)
      permission.PrefixListIds?.push({ PrefixListId: rule.prefixListId, Description });
    if (rule.referencedGroupId !== undefined) permission.UserIdGroupPairs?.push(groupPair(call, rule));
  }
  return [...gathered.values()];
}

function groupPair(call: AwsCall, rule: SecurityGroupRuleRow): UserIdGroupPair {
  return {
    GroupId: rule.referencedGroupId,
    UserId: rule.referencedGroupOwnerId,
    Description: rule.description,
    ...peering(call, rule),
  };
}

/**
 * Adds rules to a group: all of them, or none.
 * @throws {ServiceError} `InvalidPermission.Duplicate`, `RulesPerSecurityGroupLimitExceeded`, and those of `rulesFrom`.
 */
export function authorize(
  call: AwsCall,
  group: SecurityGroupRow,
  egress: boolean,
  input: PermissionInput & { readonly TagSpecifications?: TagSpecification[] | undefined },
): AuthorizeSecurityGroupIngressResult {
  const { ec2 } = call.state;
  const added = rulesFrom(ec2, group, egress, input);
  const tags = tagsFrom(input.TagSpecifications, 'security-group-rule');
  checkNew(ec2, group, added);
  checkRuleCount(call, [...rulesOf(ec2, group.id), ...added]);
  const rows = added.map((content) => addRule(birthplaceOf(call), group, content, tags));
  return { Return: true, SecurityGroupRules: rows.map((row) => ruleView(call, row)) };
}
