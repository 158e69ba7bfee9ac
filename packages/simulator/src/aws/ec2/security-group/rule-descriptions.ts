import type { IpPermission, SecurityGroupRuleDescription } from '@aws-sdk/client-ec2';
import type { Ec2State, SecurityGroupRow } from '../state.js';
import { invalidCombination, need } from '../request/errors.js';
import { findRules, ruleNotFound, rulesById } from './revoke.js';
import { ruleKey } from './rule-identity.js';
import { rulesFrom } from './security-group-rules.js';
import { checkRuleDescription } from '../request/text-rules.js';

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
      rule.description = orNone(byId[index]?.Description);
    }
    return { Return: true };
  }
  const named = rulesFrom(ec2, group, egress, { IpPermissions: input.IpPermissions });
  const { found, unknown } = findRules(ec2, group, named);
  if (unknown.length > 0) throw ruleNotFound();
  const descriptions = new Map(named.map((content) => [ruleKey(content), content.description]));
  for (const rule of found) rule.description = orNone(descriptions.get(ruleKey(rule)));
  return { Return: true };
}

const orNone = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
