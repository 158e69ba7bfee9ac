import type { DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable } from '../../ec2/request/filters.js';
import { ID, isWellFormed } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { ruleView } from '../../ec2/security-group/security-group-view.js';
import { ServiceError } from '../../service-error.js';
import type { SecurityGroupRuleRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupRules.html (Filter.N) */
const FILTERS: FilterTable<SecurityGroupRuleRow> = {
  'group-id': (row) => row.groupId,
  'security-group-rule-id': (row) => row.id,
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupRules.html */
export const describeSecurityGroupRules = ec2Operation({
  name: 'DescribeSecurityGroupRules',
  kind: 'read',
  run: (call, input: DescribeSecurityGroupRulesRequest): DescribeSecurityGroupRulesResult => {
    checkGroupIds(input.Filters);
    const { rows, next } = listRows(input, {
      list: 'DescribeSecurityGroupRules',
      rows: call.state.ec2.securityGroupRules,
      filters: FILTERS,
      tagsOf: (row) => row.tags,
      ids: { wanted: input.SecurityGroupRuleIds, kind: ID.rule, member: 'securityGroupRuleIds' },
    });
    return { SecurityGroupRules: rows.map((row) => ruleView(call, row)), NextToken: next };
  },
});

/** The form of the group IDs that a filter names is checked, unlike that of other filters: https://github.com/getmoto/moto/issues/7620 */
function checkGroupIds(filters: DescribeSecurityGroupRulesRequest['Filters']): void {
  for (const { Name, Values } of filters ?? []) {
    for (const id of Name === 'group-id' ? (Values ?? []) : []) {
      // Filters may have wildcards; whether this one accepts them is not known [U].
      if (/[*?]/.test(id) || isWellFormed(id, ID.securityGroup)) continue;
      throw new ServiceError(ID.securityGroup.malformed, `The security group ID '${id}' is malformed`);
    }
  }
}
