import type { CallContext, Owner } from '@postern/core/internal/library';
import {
  allowlistGroupNames,
  CloudError,
  createOnce,
  isPosternError,
  MARK_TAGS,
  ownerTags,
  referencesTo,
  unlessGone,
  waitFor,
} from '@postern/core/internal/adapter';
import type { SecurityGroupOutput } from '../sdk-types.js';
import { LINK_TIMEOUT_MS, POLL_MS, STALENESS_MS } from '../limits.js';
import {
  describeSecurityGroups,
  markOf,
  nextGroupName,
  ownedGroups,
  toSecurityGroup,
} from '../networks/security-group.js';
import type { Session } from '../client/session.js';
import { listVpcLinks } from './vpc-link.js';

/**
 * The security group that holds an owner's allowlist: found, or made once and marked in the same call. Its name is the
 * same in every run, and EC2 allows a name once in a VPC. Where a group that was forgotten, or one of a link that had
 * this name in the spec before, still has it, the next name is used, which costs one more list.
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
