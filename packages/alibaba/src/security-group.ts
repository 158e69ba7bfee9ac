import { collectPages, type CallContext, type SecurityGroup, type SecurityGroupRule } from '@postern/core';
import type { Answer } from './actions.js';
import { eachOf } from './parallel.js';
import { plain } from './plain.js';
import type { Session } from './session.js';

type GroupOutput = NonNullable<
  NonNullable<Answer<'Ecs', 'DescribeSecurityGroups'>['SecurityGroups']>['SecurityGroup']
>[number];
type RuleOutput = NonNullable<
  NonNullable<Answer<'Ecs', 'DescribeSecurityGroupAttribute'>['Permissions']>['Permission']
>[number];

/** Security groups with their rules: of the region, or those of the ids that exist. */
export async function listSecurityGroups(
  session: Session,
  ctx: CallContext,
  ids?: readonly string[],
): Promise<readonly SecurityGroup[]> {
  if (ids?.length === 0) return [];
  const rows = await collectPages(
    ctx,
    { what: 'security groups', operation: 'DescribeSecurityGroups' },
    async (token) => {
      const page = await session.send(ctx, 'Ecs', 'DescribeSecurityGroups', {
        MaxResults: 100,
        ...(ids === undefined || ids.length > 100 ? {} : { SecurityGroupIds: JSON.stringify(ids) }),
        ...(token === undefined ? {} : { NextToken: token }),
      });
      return { items: page.SecurityGroups?.SecurityGroup ?? [], next: page.NextToken };
    },
  );
  const wanted = ids === undefined ? rows : rows.filter(({ SecurityGroupId = '' }) => ids.includes(SecurityGroupId));
  return eachOf(wanted, (row) => withRules(session, ctx, row));
}

async function withRules(session: Session, ctx: CallContext, row: GroupOutput): Promise<SecurityGroup> {
  const { SecurityGroupId = '' } = row;
  let inner: string | undefined;
  const what = { what: `rules of ${SecurityGroupId}`, operation: 'DescribeSecurityGroupAttribute' };
  const rules = await collectPages<RuleOutput>(ctx, what, async (token) => {
    const page = await session.send(ctx, 'Ecs', 'DescribeSecurityGroupAttribute', {
      SecurityGroupId,
      Direction: 'all',
      MaxResults: 1_000,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    inner = page.InnerAccessPolicy;
    return { items: page.Permissions?.Permission ?? [], next: page.NextToken };
  });
  return {
    id: SecurityGroupId,
    name: row.SecurityGroupName ?? '',
    networkId: row.VpcId ?? '',
    rules: rules.map(toRule),
    tags: Object.fromEntries((row.Tags?.Tag ?? []).map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue])),
    // What decides on this cloud beside the rules: the type, whether members reach each other, priorities and drops.
    raw: plain({ ...row, InnerAccessPolicy: inner, Permissions: rules }),
  };
}

function toRule(rule: RuleOutput): SecurityGroupRule {
  const out = rule.Direction === 'egress';
  const [from = -1, to = -1] = (rule.PortRange ?? '-1/-1').split('/').map(Number);
  const every = from === -1;
  return {
    id: rule.SecurityGroupRuleId || undefined,
    direction: out ? 'out' : 'in',
    protocol: (rule.IpProtocol ?? 'all').toLowerCase(),
    fromPort: every ? 0 : from,
    toPort: every ? 65_535 : to,
    cidrBlock: (out ? rule.DestCidrIp || rule.Ipv6DestCidrIp : rule.SourceCidrIp || rule.Ipv6SourceCidrIp) || undefined,
    prefixListId: (out ? rule.DestPrefixListId : rule.SourcePrefixListId) || undefined,
    securityGroupId: (out ? rule.DestGroupId : rule.SourceGroupId) || undefined,
    description: rule.Description || undefined,
  };
}

/** `normal` (basic) or `enterprise`, where it is known. */
export function typeOfGroup({ raw }: SecurityGroup): string | undefined {
  const type = (raw as { readonly SecurityGroupType?: unknown } | null)?.SecurityGroupType;
  return typeof type === 'string' && type !== '' ? type : undefined;
}
