import type { AllowEntry, CallContext, Owner } from '@postern/core/internal/library';
import {
  allowlistGroupNames,
  CloudError,
  createOnce,
  formatMark,
  isPosternError,
  MARK_TAGS,
  ownerTags,
  referencesTo,
  unlessGone,
  waitFor,
} from '@postern/core/internal/adapter';
import type { SecurityGroupOutput, IpPermission } from '../sdk-types.js';
import { LINK_TIMEOUT_MS, POLL_MS, STALENESS_MS } from '../limits.js';
import { describeSecurityGroups, nextGroupName, ownedGroups, toSecurityGroup } from '../networks/security-group.js';
import type { Session } from '../client/session.js';
import { listVpcLinks } from './vpc-link.js';
import { parsePrefix } from '@postern/core/internal/cidr';

/**
 * The security group that holds an owner's allowlist: found, or made once and marked in the same call. Its
 * name is the same in every run, and EC2 allows a name once in a VPC. Where a group that was forgotten, or
 * one of a link that had this name in the spec before, still has it, the next name is used, which costs one
 * more list.
 */
export async function ensureGroup(
  session: Session,
  networkId: string,
  owner: Owner,
  tags: Readonly<Record<string, string>>,
  ctx: CallContext,
): Promise<string> {
  const marks = { ...tags, ...ownerTags(owner) };
  const Tags = Object.entries(marks).map(([Key, Value]) => ({ Key, Value }));
  const createNamed = (GroupName: string) =>
    session.call(ctx, 'ec2', 'CreateSecurityGroup', {
      GroupName,
      Description: markOf(owner),
      VpcId: networkId,
      TagSpecifications: [{ ResourceType: 'security-group', Tags }],
    });
  const group = await createOnce<Pick<SecurityGroupOutput, 'GroupId'>>({
    what: `security group of ${owner.project}/${owner.integration}`,
    find: async () => (await ownedGroups(session, ctx, owner, networkId))[0],
    create: async () => {
      const [first = ''] = allowlistGroupNames(owner);
      try {
        return await createNamed(first);
      } catch (error) {
        if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;

        const next = await nextGroupName(session, networkId, owner, ctx);
        if (next === undefined) throw error;

        return await createNamed(next);
      }
    },
    stalenessMs: STALENESS_MS,
    ctx,
  });
  return group.GroupId;
}

/** Writes an owner's marks on a group, with the name that it had `before`; without an owner, removes them. */
export async function markGroup(
  session: Session,
  groupId: string,
  owner: Owner | undefined,
  before: Owner | undefined,
  ctx: CallContext,
): Promise<void> {
  if (owner === undefined) {
    const Tags = MARK_TAGS.map((Key) => ({ Key }));
    await session.call(ctx, 'ec2', 'DeleteTags', { Resources: [groupId], Tags });
    return;
  }

  const name = before?.integration === owner.integration ? undefined : before?.integration;
  const marks = ownerTags({ ...owner, name });
  const Tags = Object.entries(marks).map(([Key, Value]) => ({ Key, Value }));
  await session.call(ctx, 'ec2', 'CreateTags', { Resources: [groupId], Tags });
}

/** Adds egress rules. Rules that already exist are not an error. */
export async function authorizeEgress(
  session: Session,
  groupId: string,
  entries: readonly AllowEntry[],
  owner: Owner | undefined,
  ctx: CallContext,
): Promise<void> {
  if (entries.length === 0) return;

  const description = owner === undefined ? '' : markOf(owner);
  const send = (some: readonly AllowEntry[]) =>
    session.call(ctx, 'ec2', 'AuthorizeSecurityGroupEgress', {
      GroupId: groupId,
      IpPermissions: some.map((entry) => toPermission(entry, description)),
    });
  try {
    await send(entries);
  } catch (error) {
    // If one rule already exists, from a call whose response was lost, EC2 refuses all of them.
    if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;

    for (const entry of entries) {
      await send([entry]).catch((one: unknown) => {
        if (!isPosternError(one, 'ALREADY_EXISTS')) throw one;
      });
    }
  }
}

/** Removes egress rules, one by one, so that a missing one does not block the others. */
export async function revokeEgress(
  session: Session,
  groupId: string,
  entries: readonly AllowEntry[],
  ctx: CallContext,
): Promise<void> {
  for (const entry of entries) {
    await unlessGone(
      session.call(ctx, 'ec2', 'RevokeSecurityGroupEgress', {
        GroupId: groupId,
        IpPermissions: [bare(toPermission(entry, ''))],
      }),
    );
  }
}

/**
 * Deletes an owner's groups. A link that is going away holds them with its interfaces for minutes, which is
 * waited out.
 * @throws {CloudError} `STILL_REFERENCED` when a link that stays uses one, or a rule of another group names
 * it. {WaitError} `WAIT_TIMEOUT` after ten minutes.
 */
export async function releaseGroups(
  session: Session,
  owner: Owner,
  ctx: CallContext,
  networkId?: string,
): Promise<void> {
  for (const group of await ownedGroups(session, ctx, owner, networkId)) {
    const { GroupId: id } = group;
    await waitFor({
      what: `security group ${id} to be free`,
      read: () => tryDelete(session, group, ctx),
      status: (state) => state,
      pending: ['in use'],
      target: ['deleted'],
      timeoutMs: LINK_TIMEOUT_MS,
      pollMs: POLL_MS,
      clock: ctx.clock,
      signal: ctx.ending ?? ctx.signal,
    });
  }
}

async function tryDelete(
  session: Session,
  { GroupId: id, VpcId }: SecurityGroupOutput,
  ctx: CallContext,
): Promise<'deleted' | 'in use'> {
  try {
    await unlessGone(session.call(ctx, 'ec2', 'DeleteSecurityGroup', { GroupId: id }));
    return 'deleted';
  } catch (error) {
    if (!(error instanceof CloudError) || error.code !== 'STILL_REFERENCED') throw error;

    const rules = await rulesNaming(session, { id, networkId: VpcId }, ctx);
    if (rules.length > 0) {
      throw new CloudError('STILL_REFERENCED', `${id} cannot be deleted: it is referenced by ${rules.join(', ')}`, {
        operation: 'DeleteSecurityGroup',
        remedy: `Remove ${rules.length === 1 ? 'this rule' : 'these rules'}, then run again.`,
        details: { securityGroupId: id, rules },
        requestId: error.requestId,
        cause: error,
      });
    }

    const links = (await listVpcLinks(session, ctx)).filter((link) => link.SecurityGroupIds?.includes(id));
    const staying = links.filter(({ VpcLinkStatus }) => VpcLinkStatus !== 'DELETING');
    if (staying.length === 0) return 'in use';

    throw new CloudError(
      'STILL_REFERENCED',
      `${id} belongs to VPC link ${staying.map(({ VpcLinkId }) => VpcLinkId).join(', ')}`,
      {
        operation: 'DeleteSecurityGroup',
        remedy: 'Delete the link first.',
        details: { securityGroupId: id, linkIds: staying.map(({ VpcLinkId }) => VpcLinkId) },
        requestId: error.requestId,
        cause: error,
      },
    );
  }
}

/**
 * The rules of other groups of the VPC that refer to a group, as text. While one exists, EC2 refuses to
 * delete the group.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html
 */
async function rulesNaming(
  session: Session,
  { id, networkId }: { readonly id: string; readonly networkId: string | undefined },
  ctx: CallContext,
): Promise<readonly string[]> {
  const filters = ['ip-permission.group-id', 'egress.ip-permission.group-id'].map((Name) => [
    { Name, Values: [id] },
    ...(networkId === undefined ? [] : [{ Name: 'vpc-id', Values: [networkId] }]),
  ]);
  const found = await Promise.all(filters.map((some) => describeSecurityGroups(session, ctx, some)));
  const groups = new Map(found.flat().map((group) => [group.GroupId, toSecurityGroup(group)]));
  return referencesTo(id, [...groups.values()]);
}

function markOf({ project, spec, integration }: Owner): string {
  return formatMark({ project, spec, integration });
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
export function bare(permission: IpPermission): IpPermission {
  return {
    ...permission,
    ...(permission.IpRanges && { IpRanges: permission.IpRanges.map(({ CidrIp }) => ({ CidrIp })) }),
    ...(permission.Ipv6Ranges && { Ipv6Ranges: permission.Ipv6Ranges.map(({ CidrIpv6 }) => ({ CidrIpv6 })) }),
  };
}
