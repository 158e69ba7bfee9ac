import type { CallContext } from '@postern/core/internal/library';
import {
  defined,
  collectPages,
  type Gaps,
  isPosternError,
  type GroupRule,
  type GroupRuleDriver,
  ALL_PORTS,
} from '@postern/core/internal/adapter';
import type { SecurityGroup, SecurityGroupRule, NetworkAcl, NetworkAclEntry } from '@postern/core/internal/snapshot';
import type { Answer } from '../client/apis/actions.js';
import { listAll, type ItemOf, type Listed } from '../client/lists.js';
import { eachOf, numberOf, plain, isWord } from '../client/plain.js';
import type { Session } from '../client/session.js';

type GroupOutput = Listed<'Ecs', 'DescribeSecurityGroups'>;
type RuleOutput = ItemOf<Answer<'Ecs', 'DescribeSecurityGroupAttribute'>, 'Permissions.Permission'>;

/** Security groups with their rules: of the region, or the wanted ones. One list, and one call for each group. */
export async function listSecurityGroups(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
  isWanted: (group: ListedGroup) => boolean = () => true,
): Promise<readonly SecurityGroup[]> {
  const groups = await listAll(session, ctx, 'security groups', 'Ecs', 'DescribeSecurityGroups');
  const read = await eachOf(
    groups.filter((row) => isWanted(listed(row))),
    (row) => withRules(session, gaps, ctx, row),
  );
  return read.flatMap((one) => one ?? []);
}

/** What the list shows of a group. */
export type ListedGroup = Pick<SecurityGroup, 'id' | 'name' | 'tags'>;

function listed({ SecurityGroupId, SecurityGroupName, Tags }: GroupOutput): ListedGroup {
  return {
    id: SecurityGroupId,
    name: SecurityGroupName ?? '',
    tags: Object.fromEntries((Tags?.Tag ?? []).map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue])),
  };
}

/** A policy of rules, and of what members send each other. */
const POLICY = /^(?:accept|drop|)$/i;

/** Undefined, and a gap, where a policy is not documented. */
async function withRules(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
  row: GroupOutput,
): Promise<SecurityGroup | undefined> {
  const id = row.SecurityGroupId;
  const { rules, intraGroup, permissions, innerPolicy } = await rulesOf(session, ctx, id);
  const odd = [innerPolicy, ...permissions.map(({ Policy }) => Policy)].find((word = '') => !POLICY.test(word));
  if (odd !== undefined) {
    const about = { of: 'securityGroups', noun: 'security group', member: 'policy' } as const;
    gaps.undocumented({ ...about, id, word: odd, operation: 'DescribeSecurityGroupAttribute' });
    return undefined;
  }

  return {
    ...listed(row),
    networkId: row.VpcId ?? '',
    rules,
    ...kindOf(row.SecurityGroupType),
    intraGroup,
    raw: plain({ ...row, InnerAccessPolicy: innerPolicy, Permissions: permissions }),
  };
}

/** The rules of one group, and whether its members reach each other. */
async function rulesOf(session: Session, ctx: CallContext, SecurityGroupId: string) {
  const account = await session.account(ctx);
  let innerPolicy: string | undefined;
  const what = { what: `rules of ${SecurityGroupId}`, operation: 'DescribeSecurityGroupAttribute' };
  const permissions = await collectPages<RuleOutput>(ctx, what, async (token) => {
    const page = await session.call(ctx, 'Ecs', 'DescribeSecurityGroupAttribute', {
      SecurityGroupId,
      Direction: 'all',
      MaxResults: 1_000,
      ...defined({ NextToken: token }),
    });
    innerPolicy = page.InnerAccessPolicy;
    return { items: page.Permissions?.Permission ?? [], next: page.NextToken };
  });
  const intraGroup = isWord(innerPolicy, 'accept') ? ('allow' as const) : ('deny' as const);
  return { rules: permissions.map((rule) => toRule(rule, account)), intraGroup, permissions, innerPolicy };
}

function toRule(rule: RuleOutput, account: string): SecurityGroupRule {
  const out = rule.Direction === 'egress';
  const owner = (out ? rule.DestGroupOwnerAccount : rule.SourceGroupOwnerAccount) || undefined;
  const priority = numberOf(rule.Priority);
  return {
    id: rule.SecurityGroupRuleId || undefined,
    direction: out ? 'out' : 'in',
    protocol: (rule.IpProtocol ?? 'all').toLowerCase(),
    ...portsOf(rule.PortRange),
    cidrBlock: (out ? rule.DestCidrIp || rule.Ipv6DestCidrIp : rule.SourceCidrIp || rule.Ipv6SourceCidrIp) || undefined,
    prefixListId: (out ? rule.DestPrefixListId : rule.SourcePrefixListId) || undefined,
    securityGroupId: (out ? rule.DestGroupId : rule.SourceGroupId) || undefined,
    peerAccount: owner === account ? undefined : owner,
    portListId: rule.PortRangeListId || undefined,
    narrowed: narrowingOf(rule, out),
    action: isWord(rule.Policy, 'drop') ? 'drop' : 'allow',
    priority: priority !== undefined && Number.isInteger(priority) ? priority : undefined,
    description: rule.Description || undefined,
  };
}

/**
 * The values for the group's own side and for the ports of senders. In rules of three members both are empty
 * or unrestricted.
 */
function narrowingOf(rule: RuleOutput, out: boolean): SecurityGroupRule['narrowed'] {
  const own = out ? rule.SourceCidrIp || rule.Ipv6SourceCidrIp : rule.DestCidrIp || rule.Ipv6DestCidrIp;
  const ownCidrBlock = own === '0.0.0.0/0' || own === '::/0' ? undefined : own || undefined;
  const ports = rule.SourcePortRange ?? '';
  const sourcePorts = /^(?:-1\/-1|[01]\/65535)$/.test(ports) ? undefined : ports || undefined;
  return ownCidrBlock === undefined && sourcePorts === undefined ? undefined : { ownCidrBlock, sourcePorts };
}

/**
 * The default of a group where no rule matches: a basic group denies inbound and allows outbound, an
 * advanced group denies both.
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/basic-security-groups-and-advanced-security-groups
 */
function kindOf(type: string | undefined): Pick<SecurityGroup, 'kind' | 'implicit'> {
  if (type === 'normal') return { kind: 'basic', implicit: { in: 'deny', out: 'allow' } };

  return type === 'enterprise' ? { kind: 'enterprise', implicit: { in: 'deny', out: 'deny' } } : {};
}

/**
 * Single rules of security groups.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-authorizesecuritygroup
 */
export function groupRules(session: Session): GroupRuleDriver {
  return {
    has: async (rule, ctx, description) => {
      const { rules } = await rulesOf(session, ctx, rule.groupId);
      return rules.some((one) => isSame(one, rule) && (description === undefined || one.description === description));
    },
    allow: async (rule, description, ctx) => {
      const { groupId: SecurityGroupId, direction } = rule;
      const permission = { ...permissionOf(rule), Policy: 'accept', Description: description };
      const query = { SecurityGroupId, Permissions: [permission] };
      if (direction === 'ingress') await session.call(ctx, 'Ecs', 'AuthorizeSecurityGroup', query);
      else await session.call(ctx, 'Ecs', 'AuthorizeSecurityGroupEgress', query);
    },
    revoke: async (rule, ctx) => {
      const query = { SecurityGroupId: rule.groupId, Permissions: [permissionOf(rule)] };
      try {
        if (rule.direction === 'ingress') await session.call(ctx, 'Ecs', 'RevokeSecurityGroup', query);
        else await session.call(ctx, 'Ecs', 'RevokeSecurityGroupEgress', query);
      } catch (error) {
        if (!isPosternError(error, 'NOT_FOUND')) throw error;
      }
    },
  };
}

function permissionOf({ direction, fromPort, toPort, cidr, peerGroupId, priority }: GroupRule) {
  const isIngress = direction === 'ingress';
  return {
    IpProtocol: 'TCP',
    PortRange: `${fromPort}/${toPort}`,
    Priority: String(priority ?? 1),
    NicType: 'intranet',
    ...defined({
      [isIngress ? 'SourceCidrIp' : 'DestCidrIp']: cidr,
      [isIngress ? 'SourceGroupId' : 'DestGroupId']: peerGroupId,
    }),
  };
}

function isSame(one: SecurityGroupRule, rule: GroupRule): boolean {
  return (
    one.direction === (rule.direction === 'ingress' ? 'in' : 'out') &&
    one.action !== 'drop' &&
    one.protocol === 'tcp' &&
    one.fromPort === rule.fromPort &&
    one.toPort === rule.toPort &&
    one.cidrBlock === rule.cidr &&
    one.securityGroupId === rule.peerGroupId &&
    one.narrowed === undefined &&
    (one.priority ?? 1) === (rule.priority ?? 1)
  );
}

type AclOutput = Listed<'Vpc', 'DescribeNetworkAcls'>;

/**
 * Addresses that an ACL always allows: DNS and metadata.
 * @see https://www.alibabacloud.com/help/en/vpc/user-guide/network-acl-overview
 */
const EXEMPT = ['100.100.2.128/28', '100.100.2.112/28', '100.100.100.200/32'] as const;

/** All network ACLs of the region, their entries included. */
export async function listNetworkAcls(session: Session, gaps: Gaps, ctx: CallContext): Promise<readonly NetworkAcl[]> {
  const rows = await listAll(session, ctx, 'network ACLs', 'Vpc', 'DescribeNetworkAcls');
  return rows
    .filter((row) => isDocumented(row, gaps))
    .map((row) => ({
      id: row.NetworkAclId,
      networkId: row.VpcId,
      entries: [
        ...(row.IngressAclEntries?.IngressAclEntry ?? []).map((entry, index) =>
          toEntry('in', index, { ...entry, block: entry.SourceCidrIp }),
        ),
        ...(row.EgressAclEntries?.EgressAclEntry ?? []).map((entry, index) =>
          toEntry('out', index, { ...entry, block: entry.DestinationCidrIp }),
        ),
      ],
      exempt: [...EXEMPT],
      raw: plain(row),
    }));
}

/** Whether each entry has a policy that is documented: the list has no ACL without. */
function isDocumented({ NetworkAclId: id, IngressAclEntries, EgressAclEntries }: AclOutput, gaps: Gaps): boolean {
  const entries = [...(IngressAclEntries?.IngressAclEntry ?? []), ...(EgressAclEntries?.EgressAclEntry ?? [])];
  const odd = entries.find(({ Policy = '' }) => !/^(?:accept|drop)$/i.test(Policy));
  if (odd === undefined) return true;

  const about = { of: 'networkAcls', noun: 'network ACL', member: 'policy' } as const;
  gaps.undocumented({ ...about, id, word: odd.Policy, operation: 'DescribeNetworkAcls' });
  return false;
}

interface EntryOutput {
  readonly NetworkAclEntryId?: string | undefined;
  readonly Policy?: string | undefined;
  readonly Port?: string | undefined;
  readonly Protocol?: string | undefined;
  readonly block: string | undefined;
}

/** Entries are listed in their order of evaluation, and have no numbers of their own. */
function toEntry(direction: 'in' | 'out', index: number, entry: EntryOutput): NetworkAclEntry {
  return {
    direction,
    order: index + 1,
    action: isWord(entry.Policy, 'accept') ? 'allow' : 'deny',
    protocol: (entry.Protocol ?? 'all').toLowerCase(),
    ...portsOf(entry.Port),
    cidrBlock: entry.block ?? '',
    id: entry.NetworkAclEntryId || undefined,
  };
}

/** The ports of a range as VPC and ECS write it: `80/80`; `-1/-1` and nothing for all. */
function portsOf(range: string | undefined): { readonly fromPort: number; readonly toPort: number } {
  const [from = -1, to = -1] = (range || '-1/-1').split('/').map(Number);
  return from < 0 || !Number.isInteger(from) || !Number.isInteger(to) ? ALL_PORTS : { fromPort: from, toPort: to };
}
