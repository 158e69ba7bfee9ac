import type { TargetDescription as WireTarget } from '@aws-sdk/client-elastic-load-balancing-v2';
import { covers } from '../../../simulation/addresses.js';
import { type AwsCall, ServiceError, errorsOf } from '../../operation/operation.js';
import { blockCovers, canonicalIpv6, parseBlock, parseIpv4 } from '../../ec2/request/text-rules.js';
import type { Given } from '../../state/given.js';
import type { SubnetRow } from '../../ec2/state.js';
import type { TargetGroupRow, TargetRow } from '../state.js';
import { checkArn, listenersOf } from '../find.js';
import { invalid, unfit } from '../request.js';
import { checkTargetQuotas } from './target-groups.js';
import type { RegionState } from '../../state/aws-state.js';
import { familyOf, targetGroupAttribute, targetGroupAttributes } from './target-group-attributes.js';

/**
 * Addresses outside the VPC that may be targets.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (TargetType)
 */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(parseBlock);

/** An application load balancer may be behind two network load balancers. */
const MOST_GROUPS = 2;

type TargetDescription = Given<WireTarget>;

/**
 * Registers targets. One that is registered already is not changed; one that is draining is registered again.
 * @throws {ServiceError} `ValidationError`, `InvalidTarget`, `InvalidConfigurationRequest`, `TooManyTargets`
 */
export function register(call: AwsCall, group: TargetGroupRow, targets: readonly TargetDescription[]): void {
  const fresh = targets.map((target) => newTarget(call, group, target));
  const kept = group.targets.filter((row) => row.deregisteredAt === undefined);
  const added = unique(fresh).filter((row) => !kept.some(({ id, port }) => id === row.id && port === row.port));
  const returning = (row: TargetRow): boolean => added.some(({ id, port }) => id === row.id && port === row.port);
  checkTargetQuotas(call, group, [...kept, ...added]);
  group.targets = [...group.targets.filter((row) => !returning(row)), ...added];
}

function unique(rows: readonly TargetRow[]): TargetRow[] {
  return [...new Map(rows.map((row) => [`${row.id} ${row.port}`, row])).values()];
}

const badTarget = errorsOf('InvalidTarget');

/**
 * Checks a target that is to be registered, and finds its port and zone.
 * @throws {ServiceError} `ValidationError`, `InvalidTarget`, `InvalidConfigurationRequest`.
 */
function newTarget(call: AwsCall, group: TargetGroupRow, target: TargetDescription): TargetRow {
  const quic = group.fields.Protocol === 'QUIC' || group.fields.Protocol === 'TCP_QUIC';
  if (quic && !/^0x[0-9a-f]{16}$/.test(target.QuicServerId ?? '')) {
    throw invalid(`A valid QUIC server ID must be specified for target '${target.Id}'`);
  }
  if (!quic && target.QuicServerId !== undefined) {
    throw invalid(`A QUIC server ID cannot be specified for target groups with the ${group.fields.Protocol} protocol`);
  }

  return {
    id: target.Id,
    port: target.Port ?? group.fields.Port,
    availabilityZone: zoneOf(call, group, target),
    quicServerId: target.QuicServerId,
    registeredAt: call.now,
    deregisteredAt: undefined,
    shifted: undefined,
    health: undefined,
  };
}

function zoneOf(call: AwsCall, group: TargetGroupRow, target: TargetDescription): string | undefined {
  const { Id: id, Port: port, AvailabilityZone: zone } = target;
  const fixed = group.fields.TargetType === 'instance' || group.fields.TargetType === 'alb';
  if (zone !== undefined && fixed) {
    throw invalid(`You cannot specify an Availability Zone for targets of type '${group.fields.TargetType}'`);
  }

  switch (group.fields.TargetType) {
    case 'instance':
      return checkInstance(call, group, id);
    case 'alb':
      checkBalancer(call, group, id, port ?? group.fields.Port);
      return undefined;
    case 'lambda':
      if (port !== undefined) throw invalid("You cannot specify a port for targets of type 'lambda'");
      if (!/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/.test(id)) {
        throw invalid(`The Lambda function ARN '${id}' is not valid`);
      }

      return zone;
    default:
      return checkAddress(call, group, id, zone);
  }
}

/** The instance runs, and an interface of the group's VPC is attached to it. */
function checkInstance(call: AwsCall, group: TargetGroupRow, id: string): undefined {
  if (!/^i-[0-9a-f]{8,17}$/.test(id)) throw invalid(`Instance ID '${id}' is not valid`);

  for (const row of call.state.ec2.interfaces.values()) {
    if (row.attachment?.InstanceId === id && row.vpcId === group.fields.VpcId && isRunning(call, id)) return undefined;
  }
  throw badTarget(`The following targets are not in a running state and cannot be registered: '${id}'`);
}

function isRunning({ state }: AwsCall, id: string): boolean {
  return state.ec2.instances.get(id)?.state === 'running';
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html */
function checkBalancer(call: AwsCall, group: TargetGroupRow, arn: string, port: number | undefined): void {
  checkArn('load balancer', arn);
  const balancer = call.state.loadBalancing.loadBalancers.get(arn);
  if (balancer === undefined || balancer.fields.Type !== 'application') {
    throw badTarget(`The following target is not an Application Load Balancer of this account: '${arn}'`);
  }
  if (balancer.fields.VpcId !== group.fields.VpcId)
    throw badTarget(`The following target is not in the VPC of the target group: '${arn}'`);
  if (port !== group.fields.Port)
    throw unfit(`The port of target '${arn}' must be the port of the target group, '${group.fields.Port}'`);
  if (!listenersOf(call.state, arn).some((listener) => listener.fields.Port === port)) {
    throw unfit(`Application Load Balancer '${arn}' must have at least one listener on port '${port}'`);
  }

  const others = [...call.state.loadBalancing.targetGroups.values()].filter(
    (other) =>
      other !== group && other.targets.some(({ id, deregisteredAt }) => id === arn && deregisteredAt === undefined),
  );
  if (others.length >= MOST_GROUPS) {
    throw new ServiceError(
      'TooManyRegistrationsForTargetId',
      `Application Load Balancer '${arn}' is registered with '${MOST_GROUPS}' target groups already`,
    );
  }

  const active = group.targets.filter((row) => row.deregisteredAt === undefined && row.id !== arn);
  if (active.length > 0)
    throw new ServiceError('TooManyTargets', "A target group with target type 'alb' can have only one target");
}

/** @returns the zone that the target is in, or the requested one for an address outside the VPC */
function checkAddress(call: AwsCall, group: TargetGroupRow, id: string, zone: string | undefined): string {
  if (group.fields.IpAddressType === 'ipv6') {
    if (canonicalIpv6(id) === undefined) throw invalid(`The IP address '${id}' is not a valid IPv6 address`);
  } else if (parseIpv4(id) === undefined) {
    throw invalid(`The IP address '${id}' is not a valid IPv4 address`);
  }
  const subnet = subnetOf(call, group.fields.VpcId, id);
  if (subnet !== undefined) {
    if (zone !== undefined && zone !== subnet.zoneName) {
      throw invalid(
        `The IP address '${id}' is within the VPC, and cannot have its Availability Zone overridden to '${zone}' from '${subnet.zoneName}'`,
      );
    }

    return subnet.zoneName;
  }

  const value = parseIpv4(id);
  if (value !== undefined && !PRIVATE.some((block) => block && blockCovers(block, value))) {
    throw invalid(`The IP address '${id}' is not within the VPC, the RFC 1918 ranges or the RFC 6598 range`);
  }
  if (zone === undefined)
    throw invalid(`The Availability Zone is required for IP address '${id}' because it is not in the VPC`);

  return zone;
}

function subnetOf(call: AwsCall, vpcId: string | undefined, address: string): SubnetRow | undefined {
  const host = parseBlock(address.includes(':') ? `${address}/128` : `${address}/32`);
  if (host === undefined) return undefined;

  for (const subnet of call.state.ec2.subnets.values()) {
    if (subnet.vpcId !== vpcId) continue;

    const blocks = [subnet.cidrBlock, ...subnet.ipv6CidrBlocks.map(({ cidrBlock }) => cidrBlock)];
    for (const text of blocks) {
      const block = parseBlock(text);
      if (block !== undefined && covers(block, host)) return subnet;
    }
  }
  return undefined;
}

/** Whether a description means a registered target: without a port it means the group's own. */
export function sameTarget(group: TargetGroupRow, row: TargetRow, { Id, Port }: TargetDescription): boolean {
  return row.id === Id && (group.fields.TargetType === 'lambda' || row.port === (Port ?? group.fields.Port));
}

/**
 * Deregisters a target. It drains for the group's delay, then it is removed. One that no load balancer uses
 * is removed at once.
 */
export function deregister(call: AwsCall, group: TargetGroupRow, target: TargetRow): void {
  if (target.deregisteredAt !== undefined) return;

  const seconds = Number(targetGroupAttributes(group)['deregistration_delay.timeout_seconds'] ?? 0);
  if (group.attachedAt === undefined || seconds === 0) {
    group.targets = group.targets.filter((row) => row !== target);
    return;
  }

  target.deregisteredAt = call.now;
  call.after(seconds * 1000, 'load-balancing.drained', {
    group: group.fields.TargetGroupArn,
    id: target.id,
    port: target.port ?? 0,
    at: call.now,
  });
}

/** The timer's end of draining. A target that was registered again before it stays. */
export function removeDrained(call: AwsCall, data: Readonly<Record<string, string | number>>): void {
  const group = call.state.loadBalancing.targetGroups.get(String(data['group']));
  if (group === undefined) return;

  group.targets = group.targets.filter(
    (row) => !(row.id === data['id'] && (row.port ?? 0) === data['port'] && row.deregisteredAt === data['at']),
  );
}

/**
 * Why the connection of a call to a target no longer exists: the target was deregistered, and its delay is over. A network
 * load balancer keeps connections, unless an attribute of the group says otherwise.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay
 */
export function closedBy(
  { loadBalancing }: Pick<RegionState, 'loadBalancing'>,
  arn: string,
  { id, port }: TargetRow,
): string | undefined {
  const group = loadBalancing.targetGroups.get(arn);
  if (group === undefined || group.targets.some((row) => row.id === id && row.port === port)) return undefined;

  const isClosed =
    familyOf(group.fields) === 'http' ||
    targetGroupAttribute(group, 'deregistration_delay.connection_termination.enabled') === 'true';
  return isClosed
    ? `${id} was deregistered from ${group.fields.TargetGroupName}, and its deregistration delay is over.`
    : undefined;
}
