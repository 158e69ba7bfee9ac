import type { AuthorizeSecurityGroupIngressResult, TagSpecification } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/call.js';
import type { SecurityGroupRow } from '../state.js';
import { birthplaceOf } from '../birthplace.js';
import { addRule } from './new-security-group.js';
import { checkNew, checkRuleCount } from './rule-identity.js';
import { rulesOf } from './security-group-lookup.js';
import { rulesFrom, type PermissionInput } from './security-group-rules.js';
import { ruleView } from './security-group-view.js';
import { tagsFrom } from '../request/tags.js';

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
