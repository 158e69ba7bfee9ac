import type {
  IpPermission,
  SecurityGroup,
  SecurityGroupRule,
  ReferencedSecurityGroup,
  AuthorizeSecurityGroupIngressResult,
  TagSpecification,
} from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/operation.js';
import type { RuleFields, SecurityGroupRow, SecurityGroupRuleRow } from '../state.js';
import { hasPorts } from '../network-acl/protocols.js';
import { peeredSides, rulesFrom, type PermissionInput } from './security-group-rules.js';
import { arnOf, tagList, tagListOrNone, tagsFrom } from '../request/tags.js';
import { birthplaceOf } from '../birthplace.js';
import { addRule, checkNew, checkRuleCount } from './rule-identity.js';
import { rulesOf } from './security-group-lookup.js';

/** A security group as the API shows it, with its rules gathered by protocol and ports. */
export function groupView(call: AwsCall, row: SecurityGroupRow, rules: readonly SecurityGroupRuleRow[]): SecurityGroup {
  const ofDirection = (egress: boolean) =>
    rules.map(({ fields }) => fields).filter(({ IsEgress }) => IsEgress === egress);
  return {
    GroupId: row.id,
    GroupName: row.name,
    Description: row.description,
    VpcId: row.vpcId,
    OwnerId: row.ownerId,
    SecurityGroupArn: arnOf(call, row.id, row.ownerId),
    IpPermissions: permissions(call, row.id, ofDirection(false)),
    IpPermissionsEgress: permissions(call, row.id, ofDirection(true)),
    Tags: tagListOrNone(row.tags),
  };
}

/** A rule as the API shows it. */
export function ruleView(
  call: AwsCall,
  { id, groupId, ownerId, fields, tags }: SecurityGroupRuleRow,
): SecurityGroupRule {
  const { ReferencedGroupInfo: info } = fields;
  return {
    SecurityGroupRuleId: id,
    SecurityGroupRuleArn: arnOf(call, id, ownerId),
    GroupId: groupId,
    GroupOwnerId: ownerId,
    ...fields,
    ReferencedGroupInfo: info && { ...info, ...peering(call, groupId, info) },
    Tags: tagList(tags),
  };
}

/** Groups of other VPCs are shown with the peering connection to them. */
function peering(call: AwsCall, groupId: string, { GroupId = '', UserId }: ReferencedSecurityGroup) {
  const { ec2 } = call.state;
  const group = ec2.securityGroups.get(groupId);
  const other = ec2.securityGroups.get(GroupId);
  if (group === undefined || other?.vpcId === group.vpcId) return {};

  const side = peeredSides(ec2, group.vpcId).find(({ vpcId, ownerId }) =>
    other ? vpcId === other.vpcId : ownerId === UserId,
  );
  if (side === undefined) return {};

  return { VpcId: side.vpcId, VpcPeeringConnectionId: side.peeringId, PeeringStatus: 'active' };
}

/** Rules of a group gathered into permissions: one for each protocol and range of ports. */
export function permissions(call: AwsCall, groupId: string, rules: readonly RuleFields[]): IpPermission[] {
  const gathered = new Map<string, IpPermission>();
  for (const rule of rules) {
    const { IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo, Description } = rule;
    const key = `${IpProtocol} ${FromPort} ${ToPort}`;
    let permission = gathered.get(key);
    if (permission === undefined) {
      permission = {
        IpProtocol,
        FromPort: hasPorts(IpProtocol) ? FromPort : undefined,
        ToPort: hasPorts(IpProtocol) ? ToPort : undefined,
        IpRanges: [],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      };
      gathered.set(key, permission);
    }
    if (CidrIpv4 !== undefined) permission.IpRanges?.push({ CidrIp: CidrIpv4, Description });
    if (CidrIpv6 !== undefined) permission.Ipv6Ranges?.push({ CidrIpv6, Description });
    if (PrefixListId !== undefined) permission.PrefixListIds?.push({ PrefixListId, Description });
    if (ReferencedGroupInfo !== undefined) {
      const pair = { ...ReferencedGroupInfo, Description, ...peering(call, groupId, ReferencedGroupInfo) };
      permission.UserIdGroupPairs?.push(pair);
    }
  }
  return [...gathered.values()];
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
  checkRuleCount(call, [...rulesOf(ec2, group.id).map(({ fields }) => fields), ...added]);
  const rows = added.map((fields) => addRule(birthplaceOf(call), group, fields, tags));
  return { Return: true, SecurityGroupRules: rows.map((row) => ruleView(call, row)) };
}
