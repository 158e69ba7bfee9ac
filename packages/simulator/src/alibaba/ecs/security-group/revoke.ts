import type { AlibabaCall } from '../../operation/call.js';
import { AlibabaError } from '../../operation/service-error.js';
import type { SecurityGroupRow, SecurityGroupRuleRow } from '../../vpc/state.js';
import { isSameTraffic, readRule, type GivenRule } from './security-group-rules.js';

/**
 * Removes rules, by their IDs or by their members. A rule given by its members that does not exist is not an
 * error.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-revokesecuritygroup
 * @throws {AlibabaError} `InvalidSecurityGroupRule.RuleNotExist` for an id; in the words of
 * AuthorizeSecurityGroup
 */
export function revoke(
  call: AlibabaCall,
  group: SecurityGroupRow,
  direction: SecurityGroupRuleRow['direction'],
  asked: { readonly ids: readonly string[] | undefined; readonly rules: () => readonly GivenRule[] },
): void {
  if (asked.ids?.length) {
    for (const id of asked.ids) {
      if (!group.rules.some((rule) => rule.id === id && rule.direction === direction)) {
        throw new AlibabaError('InvalidSecurityGroupRule.RuleNotExist', 'The specified rule does not exist.', 404); // [?] the words
      }
    }
    group.rules = group.rules.filter(({ id }) => !asked.ids?.includes(id));
    return;
  }
  const wanted = asked.rules().map((given) => ({
    ...readRule(call, group, direction, given),
    anyPriority: given.Priority === undefined,
  }));
  group.rules = group.rules.filter(
    (rule) => !wanted.some((one) => isSameTraffic(rule, one) && (one.anyPriority || rule.priority === one.priority)),
  );
}
