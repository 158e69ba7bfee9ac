import {
  GONE,
  PosternError,
  readUntil,
  type MoveMethods,
  type MovePosition,
  type MoveState,
  type MoveUnit,
  type Json,
} from '@postern/core/internal/adapter';
import { checkUnlocked, getGroup, requireGroup, type GroupOutput } from '../groups/api.js';
import { STALENESS_MS } from '../../limits.js';
import type { Session } from '../../client/session.js';
import { isRepeated } from '../../client/request-watch.js';
import type { CallContext } from '@postern/core/internal/library';
import { listApis } from '../groups/api-list.js';
import { groupSettings } from '../groups/group-settings.js';
import { isWord } from '../../client/plain.js';

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
    settle: async (unit, state, at, ctx) => {
      // An older answer shows the settings of the other instance.
      const group = await readUntil(
        () => requireGroup(session, unit.gateway.id, ctx),
        (one) => positionOf(unit, one).at === at,
        STALENESS_MS,
        ctx,
      );
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
  return isWord(MigrationStatus, 'running');
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

/** The parameters of `ModifyApiGroupNetworkPolicy` that restore settings. */
type Policy = {
  readonly HttpsPolicy?: string;
  readonly VpcIntranetEnable?: boolean;
  readonly VpcSlbIntranetEnable?: boolean;
  readonly InternetIPV6Enable?: boolean;
};

/**
 * What restores the settings that the target instance overwrote; undefined where all are as before.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-modifyapigroupnetworkpolicy
 */
function policyToRestore(before: CapturedGroup, group: GroupOutput): Policy | undefined {
  const now = networkOf(group);
  const policy: Policy = {
    ...(before.httpsPolicy !== undefined && before.httpsPolicy !== group.HttpsPolicy
      ? { HttpsPolicy: before.httpsPolicy }
      : {}),
    ...(before.network.vpc && !now.vpc ? { VpcIntranetEnable: true } : {}),
    ...(before.network.intranet && !now.intranet ? { VpcSlbIntranetEnable: true } : {}),
    ...(before.network.ipv6 && !now.ipv6 ? { InternetIPV6Enable: true } : {}),
  };
  return Object.keys(policy).length === 0 ? undefined : policy;
}

/** What no call restores. */
function lostSettings({ trafficLimit }: CapturedGroup, { TrafficLimit }: GroupOutput): readonly string[] {
  const now = Number(TrafficLimit);
  if (trafficLimit === undefined || TrafficLimit === undefined || now === trafficLimit) return [];

  return [
    `the limit of requests per second is ${now}, and was ${trafficLimit} before the move; only a ticket to Alibaba Cloud changes it`,
  ];
}

/** The state of a group that a move may change, and to which it returns. */
type CapturedGroup = {
  readonly instance: string;
  readonly httpsPolicy?: string | undefined;
  /** Requests per second. */
  readonly trafficLimit?: number | undefined;
  readonly network: { readonly vpc: boolean; readonly intranet: boolean; readonly ipv6: boolean };
  readonly domains: readonly string[];
  /** The IDs of the published APIs, by stage. */
  readonly published: Readonly<Record<string, readonly string[]>>;
  /** The result of an earlier move, which stays until this one has begun. */
  readonly migration?: { readonly status: string; readonly error: string } | undefined;
};

/** Two calls: the group, and the list of its APIs. */
async function captureGroup(session: Session, groupId: string, ctx: CallContext): Promise<Json> {
  const [group, apis] = await Promise.all([requireGroup(session, groupId, ctx), listApis(session, groupId, ctx)]);
  const published: Record<string, string[]> = {};
  for (const { id, stages } of apis) for (const stage of stages) (published[stage] ??= []).push(id);
  const { InstanceId = '', HttpsPolicy, TrafficLimit, MigrationStatus, MigrationError = '' } = group;
  const limit = Number(TrafficLimit);
  const captured: CapturedGroup = {
    instance: InstanceId,
    ...(HttpsPolicy ? { httpsPolicy: HttpsPolicy } : {}),
    ...(TrafficLimit !== undefined && Number.isFinite(limit) ? { trafficLimit: limit } : {}),
    network: networkOf(group),
    domains: (groupSettings(group).domains ?? []).filter(({ kind }) => kind !== 'network').map(({ name }) => name),
    published,
    ...(MigrationStatus ? { migration: { status: MigrationStatus, error: MigrationError } } : {}),
  };
  return captured;
}

/** Which networks the group is called from. */
function networkOf({ VpcDomain, VpcSlbIntranetDomain, Ipv6Status }: GroupOutput): CapturedGroup['network'] {
  return {
    vpc: (VpcDomain ?? '') !== '',
    intranet: (VpcSlbIntranetDomain ?? '') !== '',
    ipv6: /^bind/i.test(Ipv6Status ?? ''),
  };
}

/** What {@link captureGroup} returned. */
function capturedGroup({ captured }: Pick<MoveState, 'captured'>): CapturedGroup {
  return captured as CapturedGroup;
}

/** APIs that were published before a move and are not any more. */
function lostApis(before: CapturedGroup, now: CapturedGroup): readonly string[] {
  return Object.entries(before.published).flatMap(([stage, ids]) => {
    const gone = ids.filter((id) => !(now.published[stage] ?? []).includes(id));
    if (gone.length === 0) return [];

    const shown = gone.slice(0, 3).join(', ');
    const more = gone.length > 3 ? ` and ${gone.length - 3} more` : '';
    return [`${stage} no longer publishes ${shown}${more}`];
  });
}
