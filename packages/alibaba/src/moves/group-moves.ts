import {
  GONE,
  PosternError,
  type MoveMethods,
  type MovePosition,
  type MoveState,
  type MoveUnit,
} from '@postern/core/adapter';
import { checkUnlocked, getGroup, requireGroup, type GroupOutput } from '../gateway/api-group.js';
import type { Session } from '../client/session.js';
import { captureGroup, capturedGroup, lostApis } from './captured-group.js';
import { isRepeated } from '../client/repeated-commit.js';
import { lostSettings, policyToRestore } from './network-policy.js';

/**
 * How API groups move: as a whole, with one call, which returns before the move has begun.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances
 */
export function groupMoves(session: Session): MoveMethods {
  return {
    capture: (unit, ctx) => captureGroup(session, unit.gateway.id, ctx),
    prepare: () => Promise.resolve(null),
    findPrepared: () => Promise.resolve(null),
    shift: (unit, _state, _percent, ctx) => sendTo(session, unit, unit.to.id, ctx),
    back: (unit, _state, ctx) => sendTo(session, unit, unit.from.id, ctx),
    where: async (unit, _state, ctx) => {
      const group = await getGroup(session, unit.gateway.id, ctx);
      return group === undefined ? GONE : positionOf(unit, group);
    },
    settle: async (unit, state, ctx) => {
      const group = await requireGroup(session, unit.gateway.id, ctx);
      const before = capturedGroup(state);
      const policy = policyToRestore(before, group);
      if (policy !== undefined) {
        const query = { GroupId: unit.gateway.id, ...policy };
        await session.call(ctx, 'CloudAPI', 'ModifyApiGroupNetworkPolicy', query);
      }
      return lostSettings(before, group);
    },
    verify: (unit, state, ctx) => differences(session, unit, state, ctx),
    release: () => Promise.resolve([]),
  };
}

/**
 * Nothing is created for a move, and a part of the calls cannot be sent. While the move goes on, another one is refused
 * as repeated. A group that is on neither instance is not moved.
 * @throws {PosternError} `WORLD_MOVED`
 */
async function sendTo(
  session: Session,
  { gateway: { id: GroupId }, from, to }: MoveUnit,
  TargetInstanceId: string,
  ctx: Parameters<Session['call']>[0],
): Promise<void> {
  const group = await requireGroup(session, GroupId, ctx);
  if (group.InstanceId === TargetInstanceId || isMoving(group)) return;
  if (group.InstanceId !== from.id && group.InstanceId !== to.id) {
    throw new PosternError('WORLD_MOVED', `API group ${GroupId} is on instance ${group.InstanceId ?? 'none'}`, {
      remedy: 'Plan the move again: another writer moved the group after it was planned.',
    });
  }
  checkUnlocked(group);
  try {
    // Not repeated by itself: after a move that ended, a second call reports a conflict as the result of the group.
    await session.call(ctx, 'CloudAPI', 'ModifyApiGroupInstance', { GroupId, TargetInstanceId }, 'create');
  } catch (error) {
    if (!isRepeated(error)) throw error;
  }
}

/** The status stays from one move to the next, and is Success before the instance changes: only the instance counts. */
function positionOf({ from, to }: MoveUnit, group: GroupOutput): MovePosition {
  const { InstanceId = '', MigrationStatus = '', MigrationError = '' } = group;
  if (isMoving(group)) return { at: 'moving' };
  const failure = /^fail/i.test(MigrationStatus)
    ? { failure: MigrationError || `MigrationStatus is ${MigrationStatus}, and no reason was given` }
    : {};
  if (InstanceId === to.id) return { at: 'new', ...failure };
  if (InstanceId === from.id) return { at: 'old', ...failure };
  return { at: 'elsewhere', found: `instance ${InstanceId}`, ...failure };
}

function isMoving({ MigrationStatus }: GroupOutput): boolean {
  return /^running$/i.test(MigrationStatus ?? '');
}

async function differences(
  session: Session,
  unit: MoveUnit,
  state: MoveState,
  ctx: Parameters<Session['call']>[0],
): Promise<readonly string[]> {
  const before = capturedGroup(state);
  const now = capturedGroup({ captured: await captureGroup(session, unit.gateway.id, ctx) });
  const policy =
    before.httpsPolicy === undefined || before.httpsPolicy === now.httpsPolicy
      ? []
      : [`the HTTPS policy is ${now.httpsPolicy ?? 'not reported'}, and was ${before.httpsPolicy} before the move`];
  const domains = before.domains
    .filter((domain) => !now.domains.includes(domain))
    .map((domain) => `the group no longer has the domain ${domain}`);
  return [...policy, ...domains, ...lostApis(before, now)];
}
