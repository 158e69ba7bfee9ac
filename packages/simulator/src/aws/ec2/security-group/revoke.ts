import type {
  RevokedSecurityGroupRule,
  RevokeSecurityGroupIngressResult,
  IpPermission,
  SecurityGroupRuleDescription,
} from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { Ec2State, RuleFields, SecurityGroupRow, SecurityGroupRuleRow } from '../state.js';
import { invalidCombination, need, checkRuleDescription } from '../request/text-rules.js';
import { getRow, ID, notFound } from '../request/ids.js';
import { ruleKey } from './rule-identity.js';
import { rulesOf } from './security-group-lookup.js';
import { hasPermissions, rulesFrom, type PermissionInput } from './security-group-rules.js';
import { permissions } from './security-group-view.js';

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
