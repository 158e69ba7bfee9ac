import type { IpPermission, SecurityGroupRule, UserIdGroupPair } from '@aws-sdk/client-ec2';
import { ServiceError } from '../../operation/operation.js';
import type { Ec2State, RuleFields, SecurityGroupRow, SecurityGroupRuleRow, VpcRow } from '../state.js';
import {
  parseBlock,
  invalidCombination,
  invalidValue,
  missingParameter,
  need,
  checkRuleDescription,
} from '../request/text-rules.js';
import { getRow, needRow, ID, notFound } from '../request/ids.js';
import { rulePorts, ruleProtocol } from '../network-acl/network-acl.js';
import { transitReferable } from '../transit-gateway/transit-gateways.js';
import { raise } from '../../../simulation/raise.js';

/** The members by which requests name rules: a list of permissions, or one permission member by member. */
export interface PermissionInput {
  readonly IpPermissions?: readonly IpPermission[] | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
  readonly SourceSecurityGroupName?: string | undefined;
  readonly SourceSecurityGroupOwnerId?: string | undefined;
}

/**
 * The rules that a request names: one for each source of each permission.
 * @throws {ServiceError} `MissingParameter`, `InvalidParameterCombination`, `InvalidParameterValue`, and those of the sources.
 */
export function rulesFrom(
  ec2: Ec2State,
  group: SecurityGroupRow,
  egress: boolean,
  input: PermissionInput,
): RuleFields[] {
  return permissionsOf(ec2, input).flatMap((permission) => contents(ec2, group, egress, permission));
}

/** Whether a request names rules by permissions at all. */
export function hasPermissions(input: PermissionInput): boolean {
  return (input.IpPermissions?.length ?? 0) > 0 || flatMembers(input).length > 0;
}

function flatMembers(input: PermissionInput): unknown[] {
  const { IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName, SourceSecurityGroupOwnerId } = input;
  const members = [IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName, SourceSecurityGroupOwnerId];
  return members.filter((value) => value !== undefined);
}

function permissionsOf(ec2: Ec2State, input: PermissionInput): readonly IpPermission[] {
  const list = input.IpPermissions ?? [];
  const isFlat = flatMembers(input).length > 0;
  if (isFlat && list.length > 0) {
    throw invalidCombination('The parameter ipPermissions cannot be used with parameters of a single permission'); // [U]
  }
  if (list.length > 0) return list;
  if (!isFlat) throw missingParameter('ipPermissions');

  const { IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName } = input;
  // The API's oldest form: a whole group, every protocol, no ports.
  const protocol = IpProtocol ?? (SourceSecurityGroupName === undefined ? undefined : '-1');
  return [
    {
      IpProtocol: need(protocol, 'ipProtocol'),
      FromPort,
      ToPort,
      ...(CidrIp !== undefined && { IpRanges: [{ CidrIp }] }),
      ...(SourceSecurityGroupName !== undefined && {
        UserIdGroupPairs: [{ GroupId: groupByName(ec2, SourceSecurityGroupName).id }],
      }),
    },
  ];
}

function contents(ec2: Ec2State, group: SecurityGroupRow, egress: boolean, permission: IpPermission): RuleFields[] {
  const protocol = ruleProtocol(need(permission.IpProtocol, 'ipProtocol'));
  const ports = rulePorts(protocol, permission.FromPort, permission.ToPort);
  const rule = (source: RuleSource, description: string | undefined): RuleFields => {
    checkRuleDescription(description);
    const Description = description === '' ? undefined : description;
    return { IsEgress: egress, IpProtocol: protocol, ...ports, ...source, Description };
  };
  const rules = [
    ...(permission.IpRanges ?? []).map((range) => rule(ipv4Source(range.CidrIp), range.Description)),
    ...(permission.Ipv6Ranges ?? []).map((range) => rule(ipv6Source(range.CidrIpv6), range.Description)),
    ...(permission.PrefixListIds ?? []).map((list) => rule(prefixListSource(ec2, list.PrefixListId), list.Description)),
    ...(permission.UserIdGroupPairs ?? []).map((pair) => rule(groupSource(ec2, group, egress, pair), pair.Description)),
  ];
  if (rules.length === 0) {
    throw new ServiceError(
      'MissingParameter',
      'Missing source specification: include source security group or CIDR information',
    );
  }

  return rules;
}

/** The part of a rule with the source or destination of traffic. */
export type RuleSource = Pick<SecurityGroupRule, 'CidrIpv4' | 'CidrIpv6' | 'PrefixListId' | 'ReferencedGroupInfo'>;

/** @throws {ServiceError} `InvalidParameterValue`. */
export function ipv4Source(text: string | undefined): RuleSource {
  const block = parseBlock(need(text, 'cidrIp'));
  if (block?.family !== 4) throw invalidValue(`CIDR block ${text} is malformed`);

  return { CidrIpv4: block.text };
}

/** @throws {ServiceError} `InvalidParameterValue`. */
export function ipv6Source(text: string | undefined): RuleSource {
  const block = parseBlock(need(text, 'cidrIpv6'));
  if (block?.family !== 6) throw invalidValue(`CIDR block ${text} is malformed`);

  return { CidrIpv6: block.text };
}

/** @throws {ServiceError} `InvalidPrefixListID.NotFound`, `InvalidPrefixListId.Malformed`. */
export function prefixListSource(ec2: Ec2State, id: string | undefined): RuleSource {
  return { PrefixListId: needRow(ec2, ID.prefixList, id).id };
}

/**
 * A group as source. It must be of the same VPC, or of one that an active peering connection joins to it.
 * Another account's group is accepted unchecked where a peering connects to that account. Inbound rules may
 * also name a group beyond a transit gateway that supports it.
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security
 * @throws {ServiceError} `InvalidGroup.NotFound`, `InvalidGroupId.Malformed`.
 */
export function groupSource(
  ec2: Ec2State,
  group: SecurityGroupRow,
  egress: boolean,
  pair: UserIdGroupPair,
): RuleSource {
  const [owner, id] = (pair.GroupId ?? '').includes('/')
    ? (pair.GroupId ?? '').split('/')
    : [pair.UserId, pair.GroupId];
  const sides = peeredSides(ec2, group.vpcId);
  if (owner !== undefined && owner !== group.ownerId) {
    if (id === undefined || !sides.some((side) => side.ownerId === owner)) {
      throw notFound(ID.securityGroup, id ?? pair.GroupName ?? '');
    }

    return { ReferencedGroupInfo: { GroupId: id, UserId: owner } };
  }

  const source = id === undefined ? namedNear(ec2, group, pair.GroupName) : getRow(ec2, ID.securityGroup, id);
  const isNear =
    source.vpcId === group.vpcId ||
    sides.some((side) => side.vpcId === source.vpcId) ||
    (!egress && transitReferable(ec2, group.vpcId, source.vpcId));
  if (!isNear) {
    throw new ServiceError(
      'InvalidGroup.NotFound',
      'You have specified two resources that belong to different networks.',
    );
  }

  return { ReferencedGroupInfo: { GroupId: source.id, UserId: source.ownerId } };
}

/** The far sides of a VPC's active peering connections within the region. */
export function peeredSides(ec2: Ec2State, vpcId: string) {
  return [...ec2.peerings.values()].flatMap(({ id, status, requester, accepter }) => {
    if (status !== 'active' || requester.region !== accepter.region) return [];
    if (requester.vpcId === vpcId) return [{ ...accepter, peeringId: id }];

    return accepter.vpcId === vpcId ? [{ ...requester, peeringId: id }] : [];
  });
}

function namedNear(ec2: Ec2State, group: SecurityGroupRow, name: string | undefined): SecurityGroupRow {
  const wanted = need(name, 'groupId');
  for (const other of ec2.securityGroups.values()) {
    if (other.vpcId === group.vpcId && other.name === wanted) return other;
  }
  throw notFound(ID.securityGroup, wanted);
}

/** The default VPC, if the account still has it. */
export function defaultVpc(ec2: Ec2State): VpcRow | undefined {
  for (const vpc of ec2.vpcs.values()) if (vpc.isDefault) return vpc;
  return undefined;
}

/**
 * The group that a request names by id, or by name, which works in the default VPC only.
 * @throws {ServiceError} `MissingParameter`, `InvalidGroup.NotFound`, `InvalidGroupId.Malformed`, `VPCIdNotSpecified`.
 */
export function groupOf(
  ec2: Ec2State,
  input: { readonly GroupId?: string | undefined; readonly GroupName?: string | undefined },
): SecurityGroupRow {
  if (input.GroupId !== undefined) return getRow(ec2, ID.securityGroup, input.GroupId);
  if (input.GroupName === undefined) throw missingParameter('groupName or groupId');

  return groupByName(ec2, input.GroupName);
}

/** @throws {ServiceError} `VPCIdNotSpecified`, `InvalidGroup.NotFound`. */
export function groupByName(ec2: Ec2State, name: string): SecurityGroupRow {
  const vpc = defaultVpc(ec2) ?? raise(noDefaultVpc());

  for (const group of ec2.securityGroups.values()) {
    if (group.vpcId === vpc.id && group.name === name) return group;
  }
  throw new ServiceError(
    'InvalidGroup.NotFound',
    `The security group '${name}' does not exist in default VPC '${vpc.id}'`,
  );
}

/** EC2's error for a group name where only a default VPC would determine the group. */
export function noDefaultVpc(): ServiceError {
  return new ServiceError(
    'VPCIdNotSpecified',
    'No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.',
  );
}

export function rulesOf(ec2: Ec2State, groupId: string): SecurityGroupRuleRow[] {
  return [...ec2.securityGroupRules.values()].filter((rule) => rule.groupId === groupId);
}

/** Every group's rules, for calls that look at many groups. */
export function rulesByGroup(ec2: Ec2State): ReadonlyMap<string, readonly SecurityGroupRuleRow[]> {
  const rules = new Map<string, SecurityGroupRuleRow[]>();
  for (const rule of ec2.securityGroupRules.values()) {
    const own = rules.get(rule.groupId);
    if (own === undefined) rules.set(rule.groupId, [rule]);
    else own.push(rule);
  }
  return rules;
}

/** Removes a group and its rules. The caller has checked that nothing uses it. */
export function deleteSecurityGroupRow(ec2: Ec2State, id: string): void {
  for (const rule of ec2.securityGroupRules.values()) {
    if (rule.groupId === id) ec2.securityGroupRules.delete(rule.id);
  }
  ec2.securityGroups.delete(id);
}
