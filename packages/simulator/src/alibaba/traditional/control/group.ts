import type { ApiGroupRow, GatewayInstanceRow } from './state.js';
import type { AlibabaRegionState } from '../../state/alibaba-state.js';
import { say, unreachableSentence, written } from './request/parameters.js';
import type { GroupDomainRow } from './domain/state.js';
import type { AlibabaCall, AlibabaTimerHandlers } from '../../operation/operation.js';
import { unreachable, usesOfGroup } from './backend/backend-use.js';
import { rpsOf } from './instance/new-instance.js';

/**
 * Refuses changes of groups that are locked, for arrears or their contents.
 * @throws {AlibabaError} `ForbiddenBillingStatus`, `ForbiddenIllegalStatus`
 */
export function requireUnlocked({ billingStatus, illegalStatus }: ApiGroupRow): void {
  if (billingStatus !== 'NORMAL')
    throw say.forbidden('BillingStatus', 'The API group is locked because of overdue payments.');
  if (illegalStatus !== 'NORMAL')
    throw say.forbidden('IllegalStatus', 'The API group is locked because of illegal content.');
}

/** `VPC_SHARED` for the shared instance, `VPC_DEDICATED` for all others. */
export function instanceTypeOf({ kind }: Pick<GatewayInstanceRow, 'kind'>): string {
  return kind === 'shared' ? 'VPC_SHARED' : 'VPC_DEDICATED';
}

/** The group's second-level domain. */
export function subDomainOf({ id }: ApiGroupRow, region: string): string {
  return `${id}-${region}.alicloudapi.com`;
}

/** Names of groups are unique. @throws {AlibabaError} `DuplicateGroupName` */
export function checkGroupName({ cloudApi }: AlibabaRegionState, name: string, id?: string): void {
  const taken = [...cloudApi.groups.values()].some((group) => group.name === name && group.id !== id);
  if (taken) throw say.duplicate('GroupName');
}

/** The path prefix of a group's APIs. @throws {AlibabaError} `InvalidBasePath` */
export function checkBasePath(path: string): void {
  if (!/^\/\S*$/.test(path)) throw say.invalid('BasePath');
}

/**
 * The domains that a group is called by, as its network policy has them: its own on the internet, the one for its client VPC, the one by
 * which API Gateway calls itself (`VpcSlbIntranetEnable`), and its users' own.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-modifyapigroupnetworkpolicy
 */
export function domainsOfGroup(group: ApiGroupRow, region: string): readonly GroupDomainRow[] {
  const { domains = [], networkPolicy } = group;
  const own = (kind: GroupDomainRow['kind'], name: string): GroupDomainRow =>
    domains.find((row) => row.kind === kind) ?? { kind, name };
  return [
    own('public', subDomainOf(group, region)),
    ...(networkPolicy['VpcIntranetEnable'] === true
      ? [own('network', `${group.id}-${region}-vpc.alicloudapi.com`)]
      : []),
    ...(networkPolicy['VpcSlbIntranetEnable'] === true
      ? [own('intranet', `${group.id}-${region}-intranet.alicloudapi.com`)]
      : []),
    ...domains.filter(({ kind }) => kind === 'custom'),
  ];
}

/** What the list of groups and the answer about one have in common. */
export function groupView({ cloudApi }: AlibabaRegionState, group: ApiGroupRow, region: string) {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    BasePath: group.basePath,
    InstanceId: group.instanceId,
    InstanceType: instanceTypeOf(cloudApi.instances.get(group.instanceId) ?? { kind: 'shared' }),
    HttpsPolicy: group.httpsPolicy,
    TrafficLimit: group.trafficLimit,
    BillingStatus: group.billingStatus,
    IllegalStatus: group.illegalStatus,
    RegionId: region,
    CreatedTime: written(group.createdAt),
    ModifiedTime: written(group.modifiedAt),
  };
}

const SECOND = 1000;
/** Until then DescribeApiGroup still shows the result of an earlier migration. */
const STALE_MS = 10 * SECOND;
/** No duration is published. */
const MOVE_MS = { least: 60 * SECOND, spread: 60 * SECOND };
/** Success is reported before the group's instance id changes. */
const LATE_ID_MS = 15 * SECOND;
/** The old instance continues to serve the group until its DNS time is over: 1 to 10 minutes. */
const DNS_MS = 600 * SECOND;

const CONFLICT = 'The current instance conflicts with the target instance.';

/** A group sets out for another instance. */
export function startMigration(call: AlibabaCall, group: ApiGroupRow, targetInstanceId: string): void {
  const migration = { targetInstanceId, startedAt: call.now };
  call.state.cloudApi.groups.set(group.id, { ...group, migration });
  call.after(STALE_MS, 'migration.running', { id: group.id, startedAt: call.now });
}

export const migrationTimers: AlibabaTimerHandlers = {
  'migration.running': (call, data) => {
    const group = migrating(call, data);
    if (!group) return;

    change(call, group, { migrationStatus: 'Running', migrationError: '' });
    call.after(MOVE_MS.least + call.random() * MOVE_MS.spread, 'migration.verified', data);
  },
  'migration.verified': (call, data) => {
    const group = migrating(call, data);
    if (!group) return;

    const { status, error } = verdict(call, group);
    change(call, group, { migrationStatus: status, migrationError: error });
    if (status === 'Success') call.after(LATE_ID_MS, 'migration.moved', data);
    else change(call, { ...group, migrationStatus: status, migrationError: error }, { migration: undefined });
  },
  'migration.moved': (call, data) => {
    const group = migrating(call, data);
    const target = group?.migration && call.state.cloudApi.instances.get(group.migration.targetInstanceId);
    if (!group || !target) return;

    change(call, group, {
      instanceId: target.id,
      httpsPolicy: target.httpsPolicy,
      trafficLimit: rpsOf(target.spec),
      migration: undefined,
      previous: { instanceId: group.instanceId, until: call.now + DNS_MS },
      ...(group.domains && { domains: group.domains.map((row) => leftBehind(row, group.instanceId)) }),
    });
  },
};

/** The result of a migration: the one that a test sets, or what the service verifies. */
function verdict({ state }: AlibabaCall, group: ApiGroupRow): { readonly status: string; readonly error: string } {
  const { strangeMigrations, instances } = state.cloudApi;
  const strange = strangeMigrations.get(group.id) ?? strangeMigrations.get('*');
  if (strange) return strange;

  const target = instances.get(group.migration?.targetInstanceId ?? '');
  if (target?.status !== 'RUNNING' || target.id === group.instanceId) return { status: 'Fail', error: CONFLICT };

  const address = unreachableFrom({ state }, group, target);
  if (address === undefined) return { status: 'Success', error: '' };

  return { status: 'Fail', error: unreachableSentence(address) };
}

function unreachableFrom(
  { state }: Pick<AlibabaCall, 'state'>,
  group: ApiGroupRow,
  { id, connection }: GatewayInstanceRow,
): string | undefined {
  return connection && unreachable(connection, usesOfGroup(state, group, id));
}

/** The move changes the group's own names in DNS. What follows them by CNAME moves along; an A record keeps its address. */
function leftBehind(row: GroupDomainRow, instanceId: string): GroupDomainRow {
  return row.kind === 'custom' && row.cname === false ? { ...row, leadsTo: row.leadsTo ?? instanceId } : row;
}

/** The group, if this is still its migration. */
function migrating({ state }: AlibabaCall, { id, startedAt }: Readonly<Record<string, string | number>>) {
  const group = state.cloudApi.groups.get(String(id));
  return group?.migration?.startedAt === startedAt ? group : undefined;
}

function change({ state }: AlibabaCall, group: ApiGroupRow, changes: Partial<ApiGroupRow>): void {
  state.cloudApi.groups.set(group.id, { ...group, ...changes });
}
