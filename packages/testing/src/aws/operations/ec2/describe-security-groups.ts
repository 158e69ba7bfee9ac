import type { DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import type { FilterTable, FilterValues } from '../../ec2/request/filters.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';
import { hasPorts } from '../../ec2/network-acl/protocols.js';
import { groupByName, rulesByGroup } from '../../ec2/security-group/security-group-lookup.js';
import { groupView } from '../../ec2/security-group/security-group-view.js';
import type { Ec2State, SecurityGroupRow, SecurityGroupRuleRow } from '../../state/ec2-state.js';

type Rules = ReadonlyMap<string, readonly SecurityGroupRuleRow[]>;

/** Filters that look at a group's rules; each exists for both directions. */
const ruleFilters = (ec2: Ec2State): Readonly<Record<string, (rule: SecurityGroupRuleRow) => string | undefined>> => ({
  cidr: (rule) => rule.cidrIpv4,
  'from-port': (rule) => (hasPorts(rule.protocol) ? String(rule.fromPort) : undefined),
  'group-id': (rule) => rule.referencedGroupId,
  // Rules have names of groups in a default VPC only; elsewhere this finds nothing: https://github.com/getmoto/moto/issues/4079
  'group-name': (rule) => {
    const group = ec2.securityGroups.get(rule.referencedGroupId ?? '');
    return group !== undefined && ec2.vpcs.get(group.vpcId)?.isDefault === true ? group.name : undefined;
  },
  'ipv6-cidr': (rule) => rule.cidrIpv6,
  'prefix-list-id': (rule) => rule.prefixListId,
  protocol: (rule) => rule.protocol,
  'to-port': (rule) => (hasPorts(rule.protocol) ? String(rule.toPort) : undefined),
  'user-id': (rule) => rule.referencedGroupOwnerId,
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html (Filter.N) */
function filters(ec2: Ec2State, rules: Rules): FilterTable<SecurityGroupRow> {
  const table: Record<string, (row: SecurityGroupRow) => FilterValues> = {
    description: (row) => row.description,
    'group-id': (row) => row.id,
    'group-name': (row) => row.name,
    'owner-id': (row) => row.ownerId,
    'vpc-id': (row) => row.vpcId,
  };
  for (const [name, valueOf] of Object.entries(ruleFilters(ec2))) {
    const valuesOf = (egress: boolean) => (row: SecurityGroupRow) =>
      (rules.get(row.id) ?? []).filter((rule) => rule.egress === egress).map(valueOf);
    table[`ip-permission.${name}`] = valuesOf(false);
    table[`egress.ip-permission.${name}`] = valuesOf(true);
  }
  return table;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html */
export const describeSecurityGroups = ec2Operation({
  name: 'DescribeSecurityGroups',
  kind: 'read',
  run: (call, input: DescribeSecurityGroupsRequest): DescribeSecurityGroupsResult => {
    const { ec2 } = call.state;
    const rules = rulesByGroup(ec2);
    const named = (input.GroupNames ?? []).map((name) => groupByName(ec2, name).id);
    const wanted = [...(input.GroupIds ?? []), ...named];
    const { rows, next } = listRows(input, {
      list: 'DescribeSecurityGroups',
      rows: ec2.securityGroups,
      filters: filters(ec2, rules),
      tagsOf: (row) => row.tags,
      ids: { wanted, kind: ID.securityGroup, member: 'groupIds' },
    });
    return { SecurityGroups: rows.map((row) => groupView(call, row, rules.get(row.id) ?? [])), NextToken: next };
  },
});
