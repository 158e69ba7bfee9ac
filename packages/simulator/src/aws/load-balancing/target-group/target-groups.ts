import type { CreateTargetGroupInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, errorsOf } from '../../operation/operation.js';
import type { Given } from '../../state/given.js';
import { findVpc } from '../../ec2/vpc/network.js';
import type { TargetGroupFields, TargetGroupRow, LoadBalancerRow, TargetRow } from '../state.js';
import { invalid } from '../request.js';
import { loadBalancerAttributes } from '../load-balancer/load-balancer-attributes.js';
import { loadBalancersOf, targetGroupsOf } from '../find.js';

/** What cannot be changed about a target group once it is made. */
export type TargetGroupIdentity = Pick<
  TargetGroupFields,
  'TargetType' | 'Protocol' | 'ProtocolVersion' | 'Port' | 'VpcId' | 'IpAddressType' | 'TargetControlPort'
>;

const HTTP = new Set<string | undefined>(['HTTP', 'HTTPS']);
const VERSIONS = ['HTTP1', 'HTTP2', 'GRPC'];
/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/target-groups.html */
const GENEVE_PORT = 6081;

/**
 * Checks what a new target group is to be.
 * @throws {ServiceError} `ValidationError`.
 */
export function targetGroupIdentity(call: AwsCall, input: Given<CreateTargetGroupInput>): TargetGroupIdentity {
  checkTargetGroupName(input.Name);
  const targetType = input.TargetType ?? 'instance';
  if (targetType === 'lambda') return lambdaIdentity(input);

  const { Protocol: protocol, Port: port, VpcId: vpcId } = input;
  // https://github.com/awsdocs/aws-cloudformation-user-guide/issues/467 and 422. Which error precedes where
  // both lack is not known [U].
  if (protocol === undefined) throw invalid('A protocol must be specified');
  if (port === undefined) throw invalid('A port must be specified');
  if (vpcId === undefined) throw invalid('A VPC ID must be specified');
  if (findVpc(call.state, vpcId) === undefined) throw invalid(`The VPC ID '${vpcId}' is not found`);
  if (targetType === 'alb' && protocol !== 'TCP') {
    throw invalid(`Protocol '${protocol}' is not supported for target groups with target type 'alb'`);
  }
  if (protocol === 'GENEVE' && port !== GENEVE_PORT)
    throw invalid(`The port of a GENEVE target group must be '${GENEVE_PORT}'`);
  if (input.IpAddressType === 'ipv6' && targetType === 'alb') {
    throw invalid("IP address type 'ipv6' is not supported for target groups with target type 'alb'");
  }
  if (input.TargetControlPort !== undefined && !(HTTP.has(protocol) && targetType !== 'alb')) {
    throw invalid(`A target control port cannot be specified for target groups with the ${protocol} protocol`);
  }

  return {
    TargetType: targetType,
    Protocol: protocol,
    ProtocolVersion: version(input, protocol),
    Port: port,
    VpcId: vpcId,
    IpAddressType: protocol === 'GENEVE' ? undefined : (input.IpAddressType ?? 'ipv4'),
    TargetControlPort: input.TargetControlPort,
  };
}

function lambdaIdentity(input: Given<CreateTargetGroupInput>): TargetGroupIdentity {
  const barred = { Protocol: 'Protocol', Port: 'Port', VpcId: 'VPC ID' } as const;
  for (const [member, name] of Object.entries(barred)) {
    if (input[member as keyof typeof barred] !== undefined) {
      throw invalid(`${name} cannot be specified for target groups with target type 'lambda'`);
    }
  }
  return { TargetType: 'lambda', Protocol: undefined, Port: undefined, VpcId: undefined };
}

function version(input: Given<CreateTargetGroupInput>, protocol: string): string | undefined {
  // Terraform's provider sends an empty version for none.
  const given = input.ProtocolVersion === '' ? undefined : input.ProtocolVersion;
  if (!HTTP.has(protocol)) {
    if (given === undefined) return undefined;

    throw invalid(`Protocol version cannot be specified for target groups with the ${protocol} protocol`);
  }

  const wanted = given ?? 'HTTP1';
  if (!VERSIONS.includes(wanted)) throw invalid(`Protocol version '${wanted}' must be one of '${VERSIONS.join(', ')}'`);

  return wanted;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (Name) */
function checkTargetGroupName(name: string): void {
  if (name.length > 32) throw invalid(`Target group name '${name}' cannot be longer than '32' characters`);
  if (!/^[a-zA-Z0-9-]+$/.test(name)) {
    throw invalid(
      `Target group name '${name}' can only contain characters that are alphanumeric characters or hyphens(-)`,
    );
  }
  if (name.startsWith('-') || name.endsWith('-'))
    throw invalid(`Target group name '${name}' cannot begin or end with '-'`);
}

/**
 * What one application load balancer counts for behind a network load balancer, without and with cross-zone balancing.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 */
const BALANCER_WEIGHT = { zonal: 50, crossZone: 100 } as const;

/**
 * Checks that a group may have these targets, and that the load balancers which use it may.
 * @throws {ServiceError} `TooManyTargets`.
 */
export function checkTargetQuotas(call: AwsCall, group: TargetGroupRow, targets: readonly TargetRow[]): void {
  if (group.fields.TargetType === 'lambda' && targets.length > 1) {
    throw tooMany("A target group with target type 'lambda' can have only one target");
  }
  if (targets.length > call.quota('targets-per-target-group')) {
    throw tooMany(`The maximum number of targets in target group '${group.fields.TargetGroupArn}' has been reached`);
  }

  for (const balancer of loadBalancersOf(call.state, group.fields.TargetGroupArn)) {
    const all = [...targetGroupsOf(call.state, balancer.fields.LoadBalancerArn)].flatMap((arn) => {
      const row = call.state.loadBalancing.targetGroups.get(arn);
      return row === undefined ? [] : (row === group ? targets : row.targets).map((target) => ({ row, target }));
    });
    checkBalancer(call, balancer, all);
  }
}

function checkBalancer(
  call: AwsCall,
  balancer: LoadBalancerRow,
  all: readonly { readonly row: TargetGroupRow; readonly target: TargetRow }[],
): void {
  if (balancer.fields.Type === 'gateway') return;

  const full = tooMany(
    `The maximum number of targets on load balancer '${balancer.fields.LoadBalancerArn}' has been reached`,
  );
  if (all.length > call.quota(`targets-per-${balancer.fields.Type}-load-balancer`)) throw full;
  if (balancer.fields.Type !== 'network') return;

  const crossZone = loadBalancerAttributes(balancer)['load_balancing.cross_zone.enabled'] === 'true';
  const zones = new Map<string, number>();
  for (const { row, target } of all) {
    const weight = row.fields.TargetType === 'alb' ? BALANCER_WEIGHT[crossZone ? 'crossZone' : 'zonal'] : 1;
    // With cross-zone balancing every node uses every target: the zonal quota then is one for all.
    const zone = crossZone ? '' : (target.availabilityZone ?? '');
    zones.set(zone, (zones.get(zone) ?? 0) + weight);
  }
  const most = call.quota('targets-per-zone-per-network-load-balancer');
  if ([...zones.values()].some((count) => count > most)) throw full;
}

const tooMany = errorsOf('TooManyTargets');
