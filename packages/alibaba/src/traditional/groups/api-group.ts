import type { CallContext } from '@postern/core/internal/library';
import { CloudError, InvalidInputError, isPosternError, unlessGone, waitFor } from '@postern/core/internal/adapter';
import type { Answer } from '../../client/apis/actions.js';
import { CHANGE_POLL_MS, MOVE_TIMEOUT_MS, STALENESS_MS } from '../../limits.js';
import { listAll, type Listed } from '../../client/lists.js';
import { isRepeated } from '../../client/request-watch.js';
import type { Session } from '../../client/session.js';
import { waitUntilRunning } from '../instances/instance.js';

/** An API group with its stages, domains and the state of its migration. */
export type GroupOutput = Answer<'CloudAPI', 'DescribeApiGroup'>;
/** A row of the list of groups. */
export type GroupRow = Listed<'CloudAPI', 'DescribeApiGroups'>;

/** All groups of the region, or those of one instance. */
export async function listGroups(
  session: Session,
  ctx: CallContext,
  instanceId?: string,
): Promise<readonly GroupRow[]> {
  const rows = await listAll(session, ctx, 'API groups', 'CloudAPI', 'DescribeApiGroups', {
    InstanceId: instanceId,
  });
  return instanceId === undefined ? rows : rows.filter(({ InstanceId }) => InstanceId === instanceId);
}

export function getGroup(session: Session, groupId: string, ctx: CallContext): Promise<GroupOutput | undefined> {
  return unlessGone(session.call(ctx, 'CloudAPI', 'DescribeApiGroup', { GroupId: groupId }));
}

/** @throws {CloudError} `NOT_FOUND` */
export async function requireGroup(session: Session, groupId: string, ctx: CallContext): Promise<GroupOutput> {
  const group = await getGroup(session, groupId, ctx);
  if (group !== undefined) return group;

  throw new CloudError('NOT_FOUND', `API group ${groupId} does not exist in ${session.region}`, {
    operation: 'DescribeApiGroup',
    remedy: 'Check the ID, the region and the account; Postern creates no groups.',
  });
}

/** Why the provider has locked a group, where it has. */
export function lockOf({ BillingStatus, IllegalStatus }: GroupOutput): string | undefined {
  const locks = [
    ...(BillingStatus === 'LOCKED' ? ['an overdue bill'] : []),
    ...(IllegalStatus === 'LOCKED' ? ['a violation of the terms of use'] : []),
  ];
  return locks.length === 0 ? undefined : locks.join(' and ');
}

/** Refuses changes of a group that the provider has locked. @throws {InvalidInputError} `GATEWAY_LOCKED` */
export function checkUnlocked(group: GroupOutput): void {
  const { GroupId = '', BillingStatus, IllegalStatus } = group;
  const lock = lockOf(group);
  if (lock === undefined) return;

  throw new InvalidInputError('GATEWAY_LOCKED', `API group ${GroupId} is locked because of ${lock}`, {
    remedy: 'Resolve the lock with Alibaba Cloud, and run again.',
    details: { groupId: GroupId, billingStatus: BillingStatus, illegalStatus: IllegalStatus },
  });
}

/**
 * Moves a group to another instance and waits until it is there. The service responds at once, with nothing
 * but a status. That status remains from one move to the next, and is Success before the instance's id
 * changes. So only a group that names the new instance and no failure of this move counts.
 * @throws {CloudError} `CLOUD_REFUSED` with the service's words. {WaitError} `WAIT_TIMEOUT`
 */
export async function moveGroup(
  session: Session,
  before: GroupOutput,
  instanceId: string,
  ctx: CallContext,
): Promise<GroupOutput> {
  const { GroupId = '' } = before;
  await startMove(session, GroupId, instanceId, ctx);
  const stale = /^fail/i.test(before.MigrationStatus ?? '') ? (before.MigrationError ?? '') : undefined;
  let reads = 0;
  let left = stale === undefined;
  const moved = await waitFor<GroupOutput>({
    what: `API group ${GroupId}`,
    read: () => requireGroup(session, GroupId, ctx),
    status: (group) => {
      reads += 1;
      const { MigrationStatus = '', MigrationError = '' } = group;
      if (!/^fail/i.test(MigrationStatus)) left = true;
      // The failure of an earlier move is shown until this one has begun.
      const failed = /^fail/i.test(MigrationStatus) && (left || MigrationError !== stale || reads > STALE_READS);
      if (failed) return 'failed';

      return group.InstanceId === instanceId && !/^running$/i.test(MigrationStatus) ? 'moved' : 'moving';
    },
    pending: ['moving'],
    target: ['moved', 'failed'],
    timeoutMs: MOVE_TIMEOUT_MS,
    pollMs: CHANGE_POLL_MS,
    clock: ctx.clock,
    signal: ctx.ending ?? ctx.signal,
  });
  if (moved.InstanceId === instanceId) return moved;

  const words = moved.MigrationError || moved.MigrationStatus || 'no reason was given';
  throw new CloudError('CLOUD_REFUSED', `API group ${GroupId} cannot move to ${instanceId}: ${words}`, {
    operation: 'ModifyApiGroupInstance',
    remedy: 'Make the backends of all its APIs and plug-ins reachable from that instance, and run again.',
    details: { groupId: GroupId, instanceId, words },
  });
}

/**
 * An instance that is being changed takes no group. Another run may have begun the change a moment ago, and reads may not show it
 * yet: the refusal is final only if they show for that long that the instance is RUNNING.
 */
async function startMove(session: Session, GroupId: string, TargetInstanceId: string, ctx: CallContext): Promise<void> {
  const endMs = ctx.clock.monotonicMs() + STALENESS_MS;
  for (let isLast = false; ; await waitUntilRunning(session, TargetInstanceId, ctx)) {
    try {
      return void (await session.call(ctx, 'CloudAPI', 'ModifyApiGroupInstance', { GroupId, TargetInstanceId }));
    } catch (error) {
      if (isRepeated(error)) return; // a process that was killed has begun this move
      if (isLast || !isPosternError(error, 'INVALID_INPUT')) throw error;

      await ctx.clock.sleep(CHANGE_POLL_MS, ctx.ending ?? ctx.signal);
      isLast = ctx.clock.monotonicMs() >= endMs;
    }
  }
}

/** After so many reads an unchanged failure is believed to be this move's. */
const STALE_READS = 24;
