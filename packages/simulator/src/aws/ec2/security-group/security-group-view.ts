import type {
  IpPermission,
  SecurityGroup,
  SecurityGroupRule,
  ReferencedSecurityGroup,
  AuthorizeSecurityGroupIngressResult,
  TagSpecification,
  RevokedSecurityGroupRule,
  RevokeSecurityGroupIngressResult,
  SecurityGroupRuleDescription,
} from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { RuleFields, SecurityGroupRow, SecurityGroupRuleRow, Ec2State } from '../state.js';
import { hasPorts } from '../network-acl/network-acl.js';
import { peeredSides, rulesFrom, type PermissionInput, rulesOf, hasPermissions } from './security-group-rules.js';
import { arnOf, tagList, tagListOrNone, tagsFrom } from '../request/family.js';
import { birthplaceOf } from '../birthplace.js';
import { addRule, checkNew, checkRuleCount, ruleKey } from './rule-identity.js';
import { invalidCombination, need, checkRuleDescription } from '../request/text-rules.js';
import { getRow, ID, notFound } from '../request/ids.js';

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
function permissions(call: AwsCall, groupId: string, rules: readonly RuleFields[]): IpPermission[] {
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

/**
 * Removes rules from a group, by their IDs or by the traffic that they allow. Rules that the group does not
 * have are an error, except in the default VPC, where the answer lists them.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html
 * @throws {ServiceError} `InvalidPermission.NotFound`, `InvalidSecurityGroupRuleId.NotFound`, and those of
 * `rulesFrom`.
 */
export function revoke(
  call: AwsCall,
  group: SecurityGroupRow,
  egress: boolean,
  input: PermissionInput & { readonly SecurityGroupRuleIds?: readonly string[] | undefined },
): RevokeSecurityGroupIngressResult {
  const { ec2 } = call.state;
  const ids = input.SecurityGroupRuleIds ?? [];
  if (ids.length > 0 && hasPermissions(input)) {
    throw invalidCombination('The parameter securityGroupRuleIds cannot be used with the parameter ipPermissions');
  }
  if (ids.length > 0)
    return { Return: true, RevokedSecurityGroupRules: remove(ec2, rulesById(ec2, group, egress, ids)) };

  const named = rulesFrom(ec2, group, egress, input);
  const { found, unknown } = findRules(ec2, group, named);
  if (unknown.length > 0 && ec2.vpcs.get(group.vpcId)?.isDefault !== true) throw ruleNotFound();

  return {
    Return: true,
    RevokedSecurityGroupRules: remove(ec2, found),
    UnknownIpPermissions: unknown.length > 0 ? permissions(call, group.id, unknown) : undefined,
  };
}

/** The rules of a group that let the same pass as those named, and which of the named it does not have. */
function findRules(ec2: Ec2State, group: SecurityGroupRow, named: readonly RuleFields[]) {
  const own = new Map(rulesOf(ec2, group.id).map((rule) => [ruleKey(rule.fields), rule]));
  const found: SecurityGroupRuleRow[] = [];
  const unknown: RuleFields[] = [];
  for (const content of named) {
    const rule = own.get(ruleKey(content));
    if (rule === undefined) unknown.push(content);
    else found.push(rule);
  }
  return { found, unknown };
}

/** What EC2 answers where a group lacks a rule. */
function ruleNotFound(): ServiceError {
  return new ServiceError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
}

/** Rules of one direction of a group, by their ids. @throws {ServiceError} `InvalidSecurityGroupRuleId.NotFound`, … */
export function rulesById(ec2: Ec2State, group: SecurityGroupRow, egress: boolean | undefined, ids: readonly string[]) {
  return ids.map((id) => {
    const rule = getRow(ec2, ID.rule, id);
    const fits = rule.groupId === group.id && (egress === undefined || rule.fields.IsEgress === egress);
    if (!fits) throw notFound(ID.rule, id);

    return rule;
  });
}

function remove(ec2: Ec2State, rules: readonly SecurityGroupRuleRow[]): RevokedSecurityGroupRule[] {
  return rules.map((rule) => {
    ec2.securityGroupRules.delete(rule.id);
    const { ReferencedGroupInfo, ...shown } = rule.fields;
    return {
      SecurityGroupRuleId: rule.id,
      GroupId: rule.groupId,
      ...shown,
      ReferencedGroupId: ReferencedGroupInfo?.GroupId,
    };
  });
}

/**
 * Gives rules new descriptions, or none.
 * @throws {ServiceError} `InvalidPermission.NotFound`, `InvalidSecurityGroupRuleId.NotFound`, `InvalidParameterValue`.
 */
export function updateDescriptions(
  ec2: Ec2State,
  group: SecurityGroupRow,
  egress: boolean,
  input: {
    readonly IpPermissions?: readonly IpPermission[] | undefined;
    readonly SecurityGroupRuleDescriptions?: readonly SecurityGroupRuleDescription[] | undefined;
  },
): { Return: boolean } {
  const byId = input.SecurityGroupRuleDescriptions ?? [];
  if (byId.length > 0 && (input.IpPermissions?.length ?? 0) > 0) {
    throw invalidCombination('Only one of ipPermissions and securityGroupRuleDescriptions can be specified.'); // [U]
  }
  if (byId.length > 0) {
    const ids = byId.map((row) => need(row.SecurityGroupRuleId, 'securityGroupRuleId'));
    for (const { Description } of byId) checkRuleDescription(Description);
    for (const [index, rule] of rulesById(ec2, group, egress, ids).entries()) {
      rule.fields.Description = orNone(byId[index]?.Description);
    }
    return { Return: true };
  }

  const named = rulesFrom(ec2, group, egress, { IpPermissions: input.IpPermissions });
  const { found, unknown } = findRules(ec2, group, named);
  if (unknown.length > 0) throw ruleNotFound();

  const descriptions = new Map(named.map((content) => [ruleKey(content), content.Description]));
  for (const { fields } of found) fields.Description = orNone(descriptions.get(ruleKey(fields)));
  return { Return: true };
}

const orNone = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
