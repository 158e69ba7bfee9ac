import { raise } from '../../../simulation/raise.js';
import { ServiceError } from '../../operation/operation.js';
import type { Ec2State, SecurityGroupRow, SecurityGroupRuleRow, VpcRow } from '../state.js';
import { missingParameter } from '../request/text-rules.js';
import { getRow, ID } from '../request/ids.js';

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
