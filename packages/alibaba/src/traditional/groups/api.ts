import type { CallContext, TargetTls } from '@postern/core/internal/library';
import {
  defined,
  sentMethod,
  unlessGone,
  type Route,
  CloudError,
  InvalidInputError,
  isPosternError,
  waitFor,
} from '@postern/core/internal/adapter';
import type { Answer } from '../../client/apis/actions.js';
import { keyOfDescription, ownerOfApi, isPathOf, toRouteKey } from './description.js';
import { isWord, numberOf, plain } from '../../client/plain.js';
import type { Session } from '../../client/session.js';
import type { VpcAccess } from '../instances/vpc-access.js';
import { isPlainId } from '../../cloud/target-ref.js';
import { CHANGE_POLL_MS, MOVE_TIMEOUT_MS, STALENESS_MS } from '../../limits.js';
import { listAll, type Listed } from '../../client/lists.js';
import { isRepeated } from '../../client/request-watch.js';
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

/** A draft with its definition. */
export type ApiOutput = Answer<'CloudAPI', 'DescribeApi'>;

/** The draft of an API, or `undefined`. */
export function getApi(
  session: Session,
  groupId: string,
  apiId: string,
  ctx: CallContext,
): Promise<ApiOutput | undefined> {
  return unlessGone(session.call(ctx, 'CloudAPI', 'DescribeApi', { GroupId: groupId, ApiId: apiId }));
}

/** The facts that are needed to determine the target of an API. */
export interface ApiSurroundings {
  readonly groupId: string;
  /** The instance that the group is on: an API has no other link. */
  readonly instanceId: string | undefined;
  /** Authorizations by name. */
  readonly accesses: ReadonlyMap<string, VpcAccess>;
  /** The stages that show the draft as it is. */
  readonly stages?: readonly string[] | undefined;
}

/** An API in the portable form. */
export function toRoute(api: ApiOutput, around: ApiSurroundings): Route {
  const { RequestConfig: request = {}, ServiceConfig: service = {}, Description = '' } = api;
  const { RequestHttpMethod = '', RequestPath = '/' } = request;
  const described = keyOfDescription(Description);
  const base = {
    id: api.ApiId ?? '',
    gatewayId: around.groupId,
    // The key in the description counts as long as it means this path: `{rest+}` cannot be read from `*`.
    key:
      described !== undefined && isPathOf(described, RequestHttpMethod, RequestPath)
        ? described
        : toRouteKey(RequestHttpMethod, RequestPath),
    ...defined({ stages: around.stages }),
    raw: plain(api),
  };
  const targetId = targetIdOf(service);
  const owner = ownerOfApi(Description, { groupId: around.groupId, method: RequestHttpMethod, path: RequestPath });
  // A managed API that was set to Mock mode stays managed, and has no target.
  if (targetId === undefined) return isMock(service) && owner !== undefined ? { ...base, owner } : base;

  const sends = sentMethod(base.key, service.ServiceHttpMethod);
  return {
    ...base,
    linkId: around.instanceId,
    targetId,
    tls: tlsOf(service, around.accesses.get(targetId)),
    path: service.ServicePath ? 'overwrite' : 'keep',
    ...defined({ method: sends }),
    owner,
  };
}

/**
 * The target of a service configuration inside a network, of a draft or as published. Undefined for any
 * other, also for one in Mock mode that keeps its authorization: it answers all requests itself.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/mock
 */
export function targetIdOf(service: PublishedService): string | undefined {
  if (isMock(service)) return undefined;
  if (isWord(service.ServiceVpcEnable, 'true')) return service.VpcConfig?.Name || undefined;

  const [, scheme = '', host = '', port] = ADDRESS.exec(service.ServiceAddress ?? '') ?? [];
  const targetId = `${host}:${numberOf(port) ?? (scheme.toLowerCase() === 'https' ? 443 : 80)}`;
  return isPlainId(targetId) ? targetId : undefined;
}

/**
 * The target of a definition: a target's ID, or the address or kind of a backend outside of every network.
 * Undefined: the definition names no backend of its own.
 */
export function endOf(service: PublishedService): string | undefined {
  return isMock(service) ? 'a mock' : (targetIdOf(service) ?? (service.ServiceAddress || undefined));
}

function isMock({ Mock = '' }: PublishedService): boolean {
  return /^true$/i.test(Mock);
}

/**
 * The backend of a published API: it has fewer members than its draft, since the scheme of an authorization
 * is missing.
 */
export type PublishedService = NonNullable<Answer<'CloudAPI', 'DescribeDeployedApi'>['ServiceConfig']>;

const ADDRESS = /^(https?):\/\/([^/:]+)(?::(\d+))?/i;

/** The name that the certificate must match. It is set on the authorization. */
function tlsOf(service: NonNullable<ApiOutput['ServiceConfig']>, access: VpcAccess | undefined): TargetTls | undefined {
  if (isWord(service.ServiceVpcEnable, 'true')) {
    if (!isWord(service.VpcConfig?.VpcScheme, 'https')) return undefined;

    return access === undefined || access.hostName === '' ? {} : { serverName: access.hostName };
  }

  return /^https:/i.test(service.ServiceAddress ?? '') ? {} : undefined;
}
