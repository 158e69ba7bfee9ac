import type {
  ModifySecurityGroupRulesRequest,
  ModifySecurityGroupRulesResult,
  SecurityGroupRuleRequest,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidCombination, missingParameter, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import type { RuleContent } from '../../ec2/security-group/new-security-group.js';
import { rulePorts, ruleProtocol } from '../../ec2/network-acl/protocols.js';
import { rulesById } from '../../ec2/security-group/revoke.js';
import { checkRuleCount, duplicate, ruleKey } from '../../ec2/security-group/rule-identity.js';
import { rulesOf } from '../../ec2/security-group/security-group-lookup.js';
import {
  groupSource,
  ipv4Source,
  ipv6Source,
  NO_SOURCE,
  prefixListSource,
  type RuleSource,
} from '../../ec2/security-group/security-group-rules.js';
import { checkRuleDescription } from '../../ec2/request/text-rules.js';
import type { Ec2State, SecurityGroupRow } from '../../state/ec2-state.js';

/**
 * Gives rules of a group new contents; their ids stay.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html
 */
export const modifySecurityGroupRules = ec2Operation({
  name: 'ModifySecurityGroupRules',
  kind: 'write',
  run: (call, input: ModifySecurityGroupRulesRequest): ModifySecurityGroupRulesResult => {
    const { ec2 } = call.state;
    const group = getRow(ec2.securityGroups, need(input.GroupId, 'groupId'), ID.securityGroup);
    const updates = need(input.SecurityGroupRules, 'securityGroupRule');
    const rows = rulesById(
      ec2,
      group,
      undefined,
      updates.map((update) => need(update.SecurityGroupRuleId, 'securityGroupRuleId')),
    );
    const after = new Map<string, RuleContent>(rulesOf(ec2, group.id).map((rule) => [rule.id, rule]));
    for (const [index, row] of rows.entries()) {
      const wanted = need(updates[index]?.SecurityGroupRule, 'securityGroupRule');
      after.set(row.id, content(ec2, group, row.egress, wanted));
    }
    const seen = new Set<string>();
    for (const rule of after.values()) {
      if (seen.has(ruleKey(rule))) throw duplicate(rule);
      seen.add(ruleKey(rule));
    }
    checkRuleCount(call, [...after.values()]);
    for (const row of rows) Object.assign(row, pick(after.get(row.id)));
    return { Return: true };
  },
});

/** The members that are copied to a row; its id, group and tags stay. */
function pick(rule: RuleContent | undefined): Partial<RuleContent> {
  if (rule === undefined) return {};
  const { protocol, fromPort, toPort, cidrIpv4, cidrIpv6, prefixListId, description } = rule;
  const { referencedGroupId, referencedGroupOwnerId } = rule;
  const source = { cidrIpv4, cidrIpv6, prefixListId, referencedGroupId, referencedGroupOwnerId };
  return { protocol, fromPort, toPort, ...source, description };
}

function content(
  ec2: Ec2State,
  group: SecurityGroupRow,
  egress: boolean,
  wanted: SecurityGroupRuleRequest,
): RuleContent {
  const protocol = ruleProtocol(need(wanted.IpProtocol, 'ipProtocol'));
  checkRuleDescription(wanted.Description);
  const ports = rulePorts(protocol, wanted.FromPort, wanted.ToPort);
  const description = wanted.Description === '' ? undefined : wanted.Description;
  return { egress, protocol, ...ports, ...NO_SOURCE, ...source(ec2, group, egress, wanted), description };
}

function source(ec2: Ec2State, group: SecurityGroupRow, egress: boolean, wanted: SecurityGroupRuleRequest): RuleSource {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId } = wanted;
  const given = [CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw invalidCombination('Only one of cidrIpv4, cidrIpv6, prefixListId and referencedGroupId can be specified.'); // [U]
  }
  if (CidrIpv4 !== undefined) return ipv4Source(CidrIpv4);
  if (CidrIpv6 !== undefined) return ipv6Source(CidrIpv6);
  if (PrefixListId !== undefined) return prefixListSource(ec2, PrefixListId);
  if (ReferencedGroupId !== undefined) return groupSource(ec2, group, egress, { GroupId: ReferencedGroupId });
  throw missingParameter('cidrIpv4, cidrIpv6, prefixListId or referencedGroupId');
}
