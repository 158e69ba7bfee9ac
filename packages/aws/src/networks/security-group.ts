import type { CallContext, Owner } from '@postern/core/internal/library';
import {
  defined,
  allowlistGroupNames,
  INTEGRATION_TAG,
  isMarkOf,
  mayChange,
  ownerOfGroup,
  PROJECT_TAG,
  isPosternError,
  unlessGone,
  type GroupRule,
  type GroupRuleDriver,
  ALL_PORTS,
  MAX_PORT,
} from '@postern/core/internal/adapter';
import type { SecurityGroup, SecurityGroupRule } from '@postern/core/internal/snapshot';
import type { Filter, IpPermission, SecurityGroupOutput } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import { plain, tagMap } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { inBatches } from './subnet.js';
import { parsePrefix } from '@postern/core/internal/cidr';

const NAMES: ReadonlyMap<string, string> = new Map([
  ['-1', 'all'],
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'icmpv6'],
]);

/**
 * `tcp`, `udp`, `icmp`, `icmpv6`, `all`, or EC2's own word. EC2 accepts names and numbers, and responds with
 * either.
 */
export function protocolOf(protocol: string | undefined): string {
  const word = protocol ?? '-1';
  return NAMES.get(word) ?? word;
}

/** Security groups that fit all `filters`. */
export function describeSecurityGroups(
  session: Session,
  ctx: CallContext,
  filters: readonly Filter[],
): Promise<SecurityGroupOutput[]> {
  const input = filters.length > 0 ? { Filters: [...filters] } : {};
  return listAll(session, ctx, 'security groups', 'ec2', 'DescribeSecurityGroups', input);
}

/** Security groups by id; unknown ids are missing from the answer. */
export function securityGroupsById(
  session: Session,
  ctx: CallContext,
  ids: readonly string[],
): Promise<readonly SecurityGroupOutput[]> {
  return inBatches(ids, (batch) => describeSecurityGroups(session, ctx, [{ Name: 'group-id', Values: batch }]));
}

/** The groups that carry an owner's mark, oldest name first; in one VPC where it is given. */
export async function ownedGroups(
  session: Session,
  ctx: CallContext,
  owner: Owner,
  networkId?: string,
): Promise<readonly SecurityGroupOutput[]> {
  const groups = await describeSecurityGroups(session, ctx, [
    { Name: `tag:${PROJECT_TAG}`, Values: [owner.project] },
    { Name: `tag:${INTEGRATION_TAG}`, Values: [owner.integration] },
    ...(networkId === undefined ? [] : [{ Name: 'vpc-id', Values: [networkId] }]),
  ]);
  // Filters accept wildcards. Postern's names contain none, but the answer is compared again before a group
  // is changed.
  return groups.filter((group) => isOwnedBy(group, owner)).toSorted((a, b) => (a.GroupId < b.GroupId ? -1 : 1));
}

/** Whether a group holds the allowlist of this project and integration. */
function isOwnedBy(group: SecurityGroupOutput, owner: Owner): boolean {
  return isMarkOf(ownerOf(group), owner);
}

function ownerOf({ GroupName, Description, Tags }: SecurityGroupOutput): Owner | undefined {
  return ownerOfGroup({ name: GroupName, description: Description, tags: tagMap(Tags) });
}

/**
 * The first name that is free for an owner's group where its first one is in use: only while every group that has one belongs to a link
 * that had this name in the spec before, or was forgotten. Undefined where another group has it, or lists do not show which one.
 */
export async function nextGroupName(
  session: Session,
  networkId: string,
  owner: Owner,
  ctx: CallContext,
): Promise<string | undefined> {
  const names = allowlistGroupNames(owner);
  const groups = await describeSecurityGroups(session, ctx, [
    { Name: 'group-name', Values: [...names] },
    { Name: 'vpc-id', Values: [networkId] },
  ]);
  const free = names.findIndex((name) => groups.every(({ GroupName }) => GroupName !== name));
  const before = groups.filter(({ GroupName }) => names.indexOf(GroupName) < free);
  const areMoved = before.every((group) => {
    const mark = ownerOf(group);
    return mayChange(mark, owner) && (mark?.unbound === true || !isMarkOf(mark, owner));
  });
  return free > 0 && areMoved ? names[free] : undefined;
}

/** A security group in the portable form, every source or destination a rule of its own. */
export function toSecurityGroup(group: SecurityGroupOutput): SecurityGroup {
  const owner = ownerOf(group);
  return {
    id: group.GroupId,
    name: group.GroupName,
    networkId: group.VpcId,
    rules: [
      ...(group.IpPermissions ?? []).flatMap((permission) => toRules('in', permission, group.OwnerId)),
      ...(group.IpPermissionsEgress ?? []).flatMap((permission) => toRules('out', permission, group.OwnerId)),
    ],
    account: group.OwnerId,
    ...defined({ owner }),
    tags: tagMap(group.Tags),
    raw: plain(group),
  };
}

/** EC2 writes "all protocols" as -1; for it, and for ICMP types left open, the ports are all of them. */
function toRules(
  direction: 'in' | 'out',
  permission: IpPermission,
  account: string | undefined,
): readonly SecurityGroupRule[] {
  const protocol = protocolOf(permission.IpProtocol);
  const ports =
    protocol === 'all' ? ALL_PORTS : { fromPort: permission.FromPort ?? 0, toPort: permission.ToPort ?? MAX_PORT };
  const base = { direction, protocol, ...ports };
  return [
    ...(permission.IpRanges ?? []).map((one) => ({ ...base, cidrBlock: one.CidrIp, description: one.Description })),
    ...(permission.Ipv6Ranges ?? []).map((one) => ({ ...base, cidrBlock: one.CidrIpv6, description: one.Description })),
    ...(permission.PrefixListIds ?? []).map((one) => ({
      ...base,
      prefixListId: one.PrefixListId,
      description: one.Description,
    })),
    ...(permission.UserIdGroupPairs ?? []).map((one) => ({
      ...base,
      securityGroupId: one.GroupId,
      ...(one.UserId === undefined || one.UserId === account ? {} : { peerAccount: one.UserId }),
      description: one.Description,
    })),
  ];
}

/**
 * Single rules of security groups. A rule that is there already is not added, and one that is not there is removed without
 * an error.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
 */
export function groupRules(session: Session): GroupRuleDriver {
  return {
    has: async (rule, ctx) => {
      const [group] = await securityGroupsById(session, ctx, [rule.groupId]);
      const rules = group === undefined ? [] : toSecurityGroup(group).rules;
      return rules.some(
        (one) =>
          one.direction === (rule.direction === 'ingress' ? 'in' : 'out') &&
          one.protocol === 'tcp' &&
          one.fromPort === rule.fromPort &&
          one.toPort === rule.toPort &&
          one.cidrBlock === rule.cidr &&
          one.securityGroupId === rule.peerGroupId,
      );
    },
    allow: async (rule, description, ctx) => {
      const input = { GroupId: rule.groupId, IpPermissions: [permission(rule, description)] };
      await write(session, rule, 'Authorize', input, ctx).catch((error: unknown) => {
        if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;
      });
    },
    revoke: async (rule, ctx) => {
      const input = { GroupId: rule.groupId, IpPermissions: [permission(rule)] };
      await unlessGone(write(session, rule, 'Revoke', input, ctx));
    },
  };
}

function write(
  session: Session,
  { direction }: GroupRule,
  how: 'Authorize' | 'Revoke',
  input: { GroupId: string; IpPermissions: IpPermission[] },
  ctx: CallContext,
): Promise<object> {
  return session.call(ctx, 'ec2', `${how}SecurityGroup${direction === 'ingress' ? 'Ingress' : 'Egress'}`, input);
}

/** A rule is revoked by what it allows: a description would have to be equal, too. */
function permission({ fromPort, toPort, cidr, peerGroupId }: GroupRule, description?: string): IpPermission {
  const ports = { IpProtocol: 'tcp', FromPort: fromPort, ToPort: toPort };
  const Description = description === undefined ? {} : { Description: description };
  if (peerGroupId !== undefined) return { ...ports, UserIdGroupPairs: [{ GroupId: peerGroupId, ...Description }] };

  const block = cidr ?? '';
  return parsePrefix(block).address.family === 4
    ? { ...ports, IpRanges: [{ CidrIp: block, ...Description }] }
    : { ...ports, Ipv6Ranges: [{ CidrIpv6: block, ...Description }] };
}
