import type { AllowEntry, CallContext, Owner } from '@postern/core/internal/library';
import {
  defined,
  formatMark,
  allowlistGroupNames,
  INTEGRATION_TAG,
  isMarkOf,
  mayChange,
  ownerOfGroup,
  PROJECT_TAG,
  unless,
  unlessGone,
  type GroupRule,
  type GroupRuleDriver,
  ALL_PORTS,
  MAX_PORT,
} from '@postern/core/internal/adapter';
import type { SecurityGroup, SecurityGroupRule } from '@postern/core/internal/snapshot';
import type { Filter, IpPermission, SecurityGroupOutput } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import { plain, tagMap, type Session } from '../client/session.js';
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
    has: async (rule, ctx, description) => {
      const [group] = await securityGroupsById(session, ctx, [rule.groupId]);
      const rules = group === undefined ? [] : toSecurityGroup(group).rules;
      return rules.some(
        (one) =>
          one.direction === (rule.direction === 'ingress' ? 'in' : 'out') &&
          one.protocol === 'tcp' &&
          (description === undefined || one.description === description) &&
          one.fromPort === rule.fromPort &&
          one.toPort === rule.toPort &&
          one.cidrBlock === rule.cidr &&
          one.securityGroupId === rule.peerGroupId,
      );
    },
    allow: (rule, description, ctx) =>
      authorizeRules(session, wayOf(rule), rule.groupId, [permission(rule, description)], ctx),
    revoke: (rule, ctx) => revokeRules(session, wayOf(rule), rule.groupId, [permission(rule, '')], ctx),
  };
}

const AUTHORIZE = { Ingress: 'AuthorizeSecurityGroupIngress', Egress: 'AuthorizeSecurityGroupEgress' } as const;
const REVOKE = { Ingress: 'RevokeSecurityGroupIngress', Egress: 'RevokeSecurityGroupEgress' } as const;
const wayOf = ({ direction }: GroupRule): Way => (direction === 'ingress' ? 'Ingress' : 'Egress');

function permission({ fromPort, toPort, cidr = '', peerGroupId }: GroupRule, Description: string): IpPermission {
  if (peerGroupId === undefined)
    return toPermission({ protocol: 'tcp', fromPort, toPort, cidrBlock: cidr }, Description);

  return {
    IpProtocol: 'tcp',
    FromPort: fromPort,
    ToPort: toPort,
    UserIdGroupPairs: [{ GroupId: peerGroupId, Description }],
  };
}

type Way = 'Ingress' | 'Egress';

/** Adds rules to a security group. Rules that already exist are not an error. */
export async function authorizeRules(
  session: Session,
  way: Way,
  GroupId: string,
  permissions: readonly IpPermission[],
  ctx: CallContext,
): Promise<void> {
  const send = (some: readonly IpPermission[]) => {
    const input = { GroupId, IpPermissions: [...some] };
    return unless(session.call(ctx, 'ec2', AUTHORIZE[way], input), 'ALREADY_EXISTS');
  };
  if (permissions.length === 0 || (await send(permissions)) !== undefined || permissions.length === 1) return;

  // If one rule already exists, from a call whose response was lost, EC2 refuses all of them.
  for (const one of permissions) await send([one]);
}

/** Removes rules of a security group, one by one, so that a missing one does not block the others. */
export async function revokeRules(
  session: Session,
  way: Way,
  GroupId: string,
  permissions: readonly IpPermission[],
  ctx: CallContext,
): Promise<void> {
  for (const one of permissions) {
    const input = { GroupId, IpPermissions: [bare(one)] };
    await unlessGone(session.call(ctx, 'ec2', REVOKE[way], input));
  }
}

/** What rules and groups that an owner has are described as. */
export function markOf({ project, spec, integration }: Owner): string {
  return formatMark({ project, spec, integration });
}

/** Entries of an owner as rules of a security group. */
export function permissionsOf(entries: readonly AllowEntry[], owner: Owner | undefined): readonly IpPermission[] {
  return entries.map((entry) => toPermission(entry, owner === undefined ? '' : markOf(owner)));
}

/** An entry as a rule of a security group. */
export function toPermission(entry: AllowEntry, description: string): IpPermission {
  const ports =
    entry.protocol === 'all'
      ? { IpProtocol: '-1' }
      : { IpProtocol: entry.protocol, FromPort: entry.fromPort, ToPort: entry.toPort };
  return parsePrefix(entry.cidrBlock).address.family === 4
    ? { ...ports, IpRanges: [{ CidrIp: entry.cidrBlock, Description: description }] }
    : { ...ports, Ipv6Ranges: [{ CidrIpv6: entry.cidrBlock, Description: description }] };
}

/**
 * A permission without its description. A rule is revoked by what it allows; a description would have to be
 * equal, too.
 */
function bare(permission: IpPermission): IpPermission {
  return {
    ...permission,
    ...(permission.IpRanges && { IpRanges: permission.IpRanges.map(({ CidrIp }) => ({ CidrIp })) }),
    ...(permission.Ipv6Ranges && { Ipv6Ranges: permission.Ipv6Ranges.map(({ CidrIpv6 }) => ({ CidrIpv6 })) }),
    ...(permission.UserIdGroupPairs && {
      UserIdGroupPairs: permission.UserIdGroupPairs.map(({ GroupId }) => ({ GroupId })),
    }),
  };
}
