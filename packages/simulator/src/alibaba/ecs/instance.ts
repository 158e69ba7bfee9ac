import { defined } from '../../simulation/defined.js';
import { INSTANCE, type InstanceRow, type InterfaceRow, type SecurityGroupRow } from '../vpc/state.js';
import { shown, type AlibabaTimerHandlers, type AlibabaCall, AlibabaError } from '../operation/operation.js';
import { deleteInterface } from '../vpc/network.js';
import { namedTagPairs } from '../vpc/request/tags.js';
import { minutes, seconds } from '../vpc/request/text-rules.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import { getSecurityGroup, getInstance, getInterface } from '../vpc/request/lists.js';

/** How long an ECS instance takes from one state to the next, in simulated milliseconds; no figures are published. */
export const INSTANCE_MS = { pending: 5_000, starting: 20_000, stopping: 15_000 } as const;

/** The next state of each state, and the time until then. */
const NEXT: Partial<
  Record<InstanceRow['Status'], { readonly status: InstanceRow['Status']; readonly ms: number | undefined }>
> = {
  Pending: { status: 'Starting', ms: INSTANCE_MS.starting },
  Starting: { status: 'Running', ms: undefined },
  Stopping: { status: 'Stopped', ms: undefined },
};

/** Instances start and stop by themselves. */
export const instanceTimers: AlibabaTimerHandlers = {
  'network.instance': (call, { id = '', from = '' }) => {
    const row = call.state.network.instances.get(String(id));
    if (row?.Status !== from) return; // deleted, or changed since

    const next = NEXT[row.Status];
    if (!next) return;

    row.Status = next.status;
    if (next.ms !== undefined) call.after(next.ms, 'network.instance', { id: row.InstanceId, from: row.Status });
  },
};

/** What a wrong state is called. */
function incorrectStatus(): AlibabaError {
  return new AlibabaError(
    'IncorrectInstanceStatus',
    'The current status of the resource does not support this operation.',
    403,
  );
}

/** Begins to start a stopped instance. @throws {AlibabaError} `IncorrectInstanceStatus` */
export function startInstanceRow(call: AlibabaCall, row: InstanceRow): void {
  if (row.Status !== 'Stopped') throw incorrectStatus();

  row.Status = 'Starting';
  call.after(INSTANCE_MS.starting, 'network.instance', { id: row.InstanceId, from: row.Status });
}

/** Begins to stop a running instance. @throws {AlibabaError} `IncorrectInstanceStatus` */
export function stopInstanceRow(call: AlibabaCall, row: InstanceRow): void {
  if (row.Status !== 'Running') throw incorrectStatus();

  row.Status = 'Stopping';
  call.after(INSTANCE_MS.stopping, 'network.instance', { id: row.InstanceId, from: row.Status });
}

/**
 * Refuses to delete an instance in these cases.
 * @throws {AlibabaError} `InvalidOperation.DeletionProtection`, `IncorrectInstanceStatus`,
 * `DependencyViolation.RouteEntry`
 */
export function checkDeletable({ state }: AlibabaCall, row: InstanceRow, force: boolean): void {
  if (row.DeletionProtection) {
    throw new AlibabaError(
      'InvalidOperation.DeletionProtection',
      'The operation is not allowed due to deletion protection.', // [?] the words
      403,
    );
  }
  if (row.Status === 'Pending' || (row.Status !== 'Stopped' && !force)) throw incorrectStatus();

  const routed = [...state.network.routeTables.values()].some(({ entries }) =>
    entries.some(({ nextHopId }) => nextHopId === row.InstanceId || nextHopId === row.primaryInterfaceId),
  );
  if (routed) {
    throw new AlibabaError('DependencyViolation.RouteEntry', 'Specified instance is used by route entry.');
  }
}

/** Releases an instance and its interface. Load balancers forget it. */
export function deleteInstanceRow({ state }: AlibabaCall, row: InstanceRow): void {
  deleteInterface({ state }, row.primaryInterfaceId);
  state.network.instances.delete(row.InstanceId);
  for (const balancer of state.slb.loadBalancers.values()) {
    balancer.backendServers = balancer.backendServers.filter(({ ServerId }) => ServerId !== row.InstanceId);
  }
  for (const group of state.slb.serverGroups.values()) {
    group.servers = group.servers.filter(({ ServerId }) => ServerId !== row.InstanceId);
  }
}

function privateIpSets({ primaryIpAddress, secondaryIpAddresses = [] }: InterfaceRow) {
  return {
    PrivateIpSet: [
      { PrivateIpAddress: primaryIpAddress, Primary: true },
      ...secondaryIpAddresses.map((address) => ({ PrivateIpAddress: address, Primary: false })),
    ],
  };
}

type NewInstance = Partial<InstanceRow> & Pick<InstanceRow, 'vpcId' | 'vSwitchId' | 'primaryInterfaceId'>;

/** An instance; what it is not given is as a new one has it. */
export function newInstance({ now, region }: Pick<AlibabaCall, 'now' | 'region'>, given: NewInstance): InstanceRow {
  return { ...INSTANCE, CreationTime: minutes(now), RegionId: region, tags: {}, ...given };
}

/** An instance as DescribeInstances answers it. */
export function instanceView({ state: { network } }: AlibabaCall, row: InstanceRow) {
  const eni = network.interfaces.get(row.primaryInterfaceId);
  return {
    ...shown(row),
    NetworkInterfaces: {
      NetworkInterface: eni
        ? [
            {
              MacAddress: eni.macAddress,
              NetworkInterfaceId: eni.id,
              PrimaryIpAddress: eni.primaryIpAddress,
              PrivateIpSets: privateIpSets(eni),
              Type: eni.type,
            },
          ]
        : [],
    },
    SecurityGroupIds: { SecurityGroupId: eni?.securityGroupIds ?? [] },
    Tags: { Tag: namedTagPairs(row.tags) },
    VpcAttributes: {
      NatIpAddress: '',
      PrivateIpAddress: { IpAddress: eni ? [eni.primaryIpAddress] : [] },
      VSwitchId: row.vSwitchId,
      VpcId: row.vpcId,
    },
  };
}

/** Whether anything uses an interface. */
export function statusOf({ status }: InterfaceRow): 'Available' | 'InUse' {
  return status ?? 'InUse';
}

/** An interface as DescribeNetworkInterfaces answers it. */
export function interfaceView({ account }: AlibabaCall, row: InterfaceRow) {
  return {
    CreationTime: seconds(row.createdAt),
    DeleteOnRelease: row.instanceId !== undefined,
    Description: row.description,
    InstanceId: row.instanceId ?? '',
    MacAddress: row.macAddress,
    NetworkInterfaceId: row.id,
    NetworkInterfaceName: '',
    OwnerId: row.ownerId ?? account,
    Ipv6Sets: { Ipv6Set: (row.ipv6Addresses ?? []).map((address) => ({ Ipv6Address: address })) },
    PrivateIpAddress: row.primaryIpAddress,
    PrivateIpSets: privateIpSets(row),
    // No blocks are delegated here. The API contains both lists in any case [I].
    Ipv4PrefixSets: { Ipv4PrefixSet: [] },
    Ipv6PrefixSets: { Ipv6PrefixSet: [] },
    SecurityGroupIds: { SecurityGroupId: row.securityGroupIds },
    ServiceManaged: row.serviceManaged,
    ...defined({ SourceDestCheck: row.sourceDestCheck }),
    Status: statusOf(row),
    Tags: { Tag: namedTagPairs(row.tags) },
    Type: row.type,
    VSwitchId: row.vSwitchId,
    VpcId: row.vpcId,
    ZoneId: row.zoneId,
  };
}

/**
 * The groups that an interface of a VPC is to carry: all there, of that VPC, of one type, five at most.
 * @throws {AlibabaError} `InvalidSecurityGroupId.NotFound`, `OperationDenied.InconsistentNetwork`,
 *   `InstanceSecurityGroupLimitExceeded`, `InvalidSecurityGroup.…` [?]
 */
export function readInterfaceGroups(
  state: AlibabaRegionState,
  vpcId: string,
  ids: readonly string[],
): readonly SecurityGroupRow[] {
  const groups = [...new Set(ids)].map((id) => getSecurityGroup(state, id));
  if (groups.some((group) => group.vpcId !== vpcId)) {
    throw new AlibabaError(
      'OperationDenied.InconsistentNetwork',
      'The specified security group and vswitch are not in the same vpc.',
      403,
    );
  }
  if (groups.length > 5) {
    throw new AlibabaError(
      'InstanceSecurityGroupLimitExceeded',
      'Exceeding the allowed amount of security groups that an instance can be in.',
    );
  }
  if (new Set(groups.map(({ type }) => type)).size > 1) {
    // [?] the code; that one interface cannot have both is documented
    throw new AlibabaError(
      'InvalidSecurityGroup.TypeMismatch',
      'Basic and advanced security groups cannot be used together.',
      403,
    );
  }

  return groups;
}

/**
 * The interface whose groups a call changes: an instance's primary interface, or an interface by its own id.
 * Interfaces that a service of the cloud created cannot be changed.
 * @throws {AlibabaError} `MissingParameter`, `InvalidInstanceId.NotFound`, `InvalidEniId.NotFound`,
 * `InvalidOperation.EniServiceManaged`
 */
export function memberInterface(
  state: AlibabaRegionState,
  instanceId: string | undefined,
  interfaceId: string | undefined,
): InterfaceRow {
  if (instanceId === undefined && interfaceId === undefined) {
    throw new AlibabaError(
      'MissingParameter',
      'The input parameter "InstanceId" that is mandatory for processing this request is not supplied.',
    );
  }

  const id = instanceId === undefined ? (interfaceId ?? '') : getInstance(state, instanceId).primaryInterfaceId;
  const row = getInterface(state, id);
  if (row.serviceManaged) {
    throw new AlibabaError(
      'InvalidOperation.EniServiceManaged',
      'The operation is not allowed on a network interface that a service manages.', // [?] the words
      403,
    );
  }

  return row;
}
