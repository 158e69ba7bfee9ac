import {
  blockChange,
  blocks,
  isSame,
  isSet,
  several,
  single,
  word,
  type Act,
  type ActValues,
  type Answer,
  type Caller,
} from '@postern/core/internal/overlay';
import { arnIn, filters, nameOf, stays } from './calls.js';
import { defaultNetwork } from './network.js';

type Direction = 'Ingress' | 'Egress';
const DIRECTIONS = { ingress: 'Ingress', egress: 'Egress' } as const;
const RANGES = {
  IpRanges: 'CidrIp',
  Ipv6Ranges: 'CidrIpv6',
  UserIdGroupPairs: 'GroupId',
  PrefixListIds: 'PrefixListId',
};

/** A rule as an IP permission. `group`: that of the rule itself. */
function permission(rule: ActValues, group: unknown): Record<string, unknown> {
  const given = word(rule['protocol']) ?? word(rule['ip_protocol']) ?? '-1';
  const protocol = given === 'all' ? '-1' : given;
  const port = (name: string) => (word(rule[name]) === undefined ? undefined : Number(single(rule[name])));
  const from = port('from_port');
  const sources = {
    IpRanges: [...several(rule['cidr_blocks']), ...several(rule['cidr_ipv4'])],
    Ipv6Ranges: [...several(rule['ipv6_cidr_blocks']), ...several(rule['cidr_ipv6'])],
    UserIdGroupPairs: [
      ...several(rule['security_groups']),
      ...several(rule['source_security_group_id']),
      ...several(rule['referenced_security_group_id']),
      ...(isSet(rule['self']) ? [group] : []),
    ],
    PrefixListIds: [...several(rule['prefix_list_ids']), ...several(rule['prefix_list_id'])],
  };
  const Description = word(rule['description']);
  const ranges = Object.entries(sources).flatMap(([list, values]) => {
    const shown = values
      .filter((value) => value !== '')
      .map((value) => ({ [RANGES[list as keyof typeof RANGES]]: value, Description }));
    return shown.length === 0 ? [] : [[list, shown] as const];
  });
  return {
    IpProtocol: protocol,
    ...(protocol !== '-1' && { FromPort: from, ToPort: port('to_port') ?? from }),
    ...Object.fromEntries(ranges),
  };
}

const hasSource = (one: Record<string, unknown>): boolean => Object.keys(RANGES).some((list) => list in one);

function change(
  verb: 'Authorize' | 'Revoke',
  way: Direction,
  group: unknown,
  rules: readonly ActValues[],
  caller: Caller,
) {
  const all = rules.map((rule) => permission(rule, group)).filter(hasSource);
  if (all.length > 0) caller.call(`ec2.${verb}SecurityGroup${way}`, { GroupId: group, IpPermissions: all });
}

function authorizeAll(group: unknown, values: ActValues, caller: Caller): void {
  for (const [attribute, way] of Object.entries(DIRECTIONS))
    change('Authorize', way, group, blocks(values[attribute]), caller);
}

/**
 * The provider revokes the rule that allows all outbound traffic of a new group, and all rules of a default one.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_security_group.go
 */
function revokeAll(group: unknown, ways: readonly Direction[], caller: Caller): void {
  const [shown] = caller.call('ec2.DescribeSecurityGroups', { GroupIds: [group] }).SecurityGroups;
  for (const way of ways) {
    const rules: Answer[] = (way === 'Egress' ? shown.IpPermissionsEgress : shown.IpPermissions) ?? [];
    if (rules.length > 0) caller.call(`ec2.RevokeSecurityGroup${way}`, { GroupId: group, IpPermissions: rules });
  }
}

function updateGroup(before: ActValues, values: ActValues, caller: Caller): void {
  for (const [attribute, way] of Object.entries(DIRECTIONS)) {
    const [gone = [], added = []] = blockChange(before, values, attribute, (rule) => permission(rule, 0));
    change('Revoke', way, before['id'], gone, caller);
    change('Authorize', way, before['id'], added, caller);
  }
}

const ruleId = (answer: Answer): unknown => answer.SecurityGroupRules?.[0]?.SecurityGroupRuleId;

/** A rule that is a resource. In snapshots rules have no IDs: they are changed and revoked by their values. */
function rule(wayOf: (values: ActValues) => Direction): Act {
  const bare = (values: ActValues): ActValues => ({ ...values, description: undefined });
  return {
    create: (values, caller) => {
      const group = single(values['security_group_id']);
      const input = { GroupId: group, IpPermissions: [permission(values, group)] };
      const id = ruleId(caller.call(`ec2.AuthorizeSecurityGroup${wayOf(values)}`, input));
      return { id, security_group_rule_id: id };
    },
    update: (before, values, caller) => {
      const group = before['security_group_id'];
      if (isSame(permission(before, group), permission(values, group))) return;
      if (isSame(permission(bare(before), group), permission(bare(values), group))) {
        const IpPermissions = [permission(values, group)];
        caller.call(`ec2.UpdateSecurityGroupRuleDescriptions${wayOf(before)}`, { GroupId: group, IpPermissions });
        return;
      }

      change('Revoke', wayOf(before), group, [bare(before)], caller);
      change('Authorize', wayOf(before), group, [values], caller);
    },
    remove: (before, caller) => change('Revoke', wayOf(before), before['security_group_id'], [bare(before)], caller),
    owners: ['security_group_id'],
  };
}

/** Security groups and their rules. */
export const securityGroupActs: Readonly<Record<string, Act>> = {
  aws_security_group: {
    create: (values, caller) => {
      const { GroupId: id } = caller.call('ec2.CreateSecurityGroup', {
        GroupName: nameOf(values, caller),
        Description: word(values['description']) ?? 'Managed by Terraform',
        VpcId: word(values['vpc_id']) ?? defaultNetwork(caller).VpcId,
      });
      revokeAll(id, ['Egress'], caller);
      return { id, arn: arnIn(caller, 'ec2', `security-group/${id}`), owner_id: caller.account };
    },
    after: (values, { id }, caller) => authorizeAll(id, values, caller),
    update: updateGroup,
    remove: (before, caller) => {
      if (isSet(before['revoke_rules_on_delete'])) revokeAll(before['id'], ['Ingress', 'Egress'], caller);
      caller.call('ec2.DeleteSecurityGroup', { GroupId: before['id'] });
    },
  },
  aws_default_security_group: {
    create: (values, caller) => {
      const vpcId = word(values['vpc_id']) ?? defaultNetwork(caller).VpcId;
      const found = filters({ 'vpc-id': String(vpcId), 'group-name': 'default' });
      const id = caller.call('ec2.DescribeSecurityGroups', found).SecurityGroups[0]?.GroupId;
      revokeAll(id, ['Ingress', 'Egress'], caller);
      authorizeAll(id, values, caller);
      return { id, arn: arnIn(caller, 'ec2', `security-group/${id}`) };
    },
    update: updateGroup,
    remove: stays,
  },
  aws_security_group_rule: rule((values) => (word(values['type']) === 'egress' ? 'Egress' : 'Ingress')),
  aws_vpc_security_group_ingress_rule: rule(() => 'Ingress'),
  aws_vpc_security_group_egress_rule: rule(() => 'Egress'),
};
