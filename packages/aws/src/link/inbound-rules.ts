import type { AllowEntry, CallContext } from '@postern/core';
import { isPosternError, unlessGone } from '@postern/core/adapter';
import type { Session } from '../client/session.js';
import { bare, toPermission } from './allow-entry.js';

/** Adds inbound rules to a security group. Rules that already exist are not an error. */
export async function authorizeInbound(
  session: Session,
  groupId: string,
  entries: readonly AllowEntry[],
  description: string,
  ctx: CallContext,
): Promise<void> {
  // One by one: EC2 refuses all rules of a call where one of them exists.
  for (const entry of entries) {
    const input = { GroupId: groupId, IpPermissions: [toPermission(entry, description)] };
    await session.call(ctx, 'ec2', 'AuthorizeSecurityGroupIngress', input).catch((error: unknown) => {
      if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;
    });
  }
}

/** Removes inbound rules of a security group. One that does not exist is not an error. */
export async function revokeInbound(
  session: Session,
  groupId: string,
  entries: readonly AllowEntry[],
  ctx: CallContext,
): Promise<void> {
  for (const entry of entries) {
    const input = { GroupId: groupId, IpPermissions: [bare(toPermission(entry, ''))] };
    await unlessGone(session.call(ctx, 'ec2', 'RevokeSecurityGroupIngress', input));
  }
}
