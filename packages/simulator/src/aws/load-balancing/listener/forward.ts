import type { ProtocolEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { LoadBalancerRow, TargetGroupFields } from '../state.js';
import { unfit } from '../request.js';
import { loadBalancersOf, targetGroupsOf } from '../find.js';

/**
 * Protocols of target groups that a listener of each protocol can forward to.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-listener.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-target-group.html
 */
const FORWARDS: Readonly<Record<ProtocolEnum, readonly ProtocolEnum[]>> = {
  HTTP: ['HTTP', 'HTTPS'],
  HTTPS: ['HTTP', 'HTTPS'],
  TCP: ['TCP', 'TCP_UDP'],
  TLS: ['TCP', 'TLS'],
  UDP: ['UDP', 'TCP_UDP'],
  TCP_UDP: ['TCP_UDP'],
  QUIC: ['QUIC', 'TCP_QUIC'],
  TCP_QUIC: ['TCP_QUIC'],
  GENEVE: ['GENEVE'],
};

/**
 * Checks that a listener of that protocol can forward to target groups.
 * @throws {ServiceError} `TargetGroupNotFound`, `IncompatibleProtocols`, `InvalidConfigurationRequest`, `TooManyTargetGroups`,
 * `TargetGroupAssociationLimit`, `TooManyUniqueTargetGroupsPerLoadBalancer`.
 */
export function checkForward(
  call: AwsCall,
  { fields: balancer }: LoadBalancerRow,
  protocol: ProtocolEnum | undefined,
  arns: readonly string[],
): void {
  const groups = arns.map((arn) => existing(call, arn));
  const network = balancer.Type !== 'application';
  const quota = network ? 'target-groups-per-network-action' : 'target-groups-per-application-action';
  const most = balancer.Type === 'gateway' ? 1 : call.quota(quota);
  if (arns.length > most) {
    throw new ServiceError('TooManyTargetGroups', `A forward action cannot have more than '${most}' target groups`);
  }

  for (const group of groups) {
    checkProtocol(group, balancer, protocol ?? 'GENEVE');
    if (group.VpcId !== undefined && group.VpcId !== balancer.VpcId) {
      throw unfit(
        `Target group '${group.TargetGroupArn}' is in a different VPC than load balancer '${balancer.LoadBalancerArn}'`,
      );
    }
  }
  checkAssociations(call, balancer, groups);
  const unique = new Set([...targetGroupsOf(call.state, balancer.LoadBalancerArn), ...arns]);
  if (!network && unique.size > call.quota('target-groups-per-application-load-balancer')) {
    throw new ServiceError(
      'TooManyUniqueTargetGroupsPerLoadBalancer',
      `The maximum number of unique target groups for load balancer '${balancer.LoadBalancerArn}' has been reached`,
    );
  }
}

function existing(call: AwsCall, arn: string): TargetGroupFields {
  const row = call.state.loadBalancing.targetGroups.get(arn);
  if (row === undefined) throw new ServiceError('TargetGroupNotFound', `Target groups '${arn}' not found`);

  return row.fields;
}

function checkProtocol(group: TargetGroupFields, balancer: LoadBalancerRow['fields'], protocol: ProtocolEnum): void {
  if (group.TargetType === 'lambda') {
    if (balancer.Type === 'application') return;

    throw unfit(`Target type 'lambda' is not supported for load balancers with type '${balancer.Type}'`);
  }
  if (group.Protocol !== undefined && FORWARDS[protocol].includes(group.Protocol)) return;

  throw new ServiceError(
    'IncompatibleProtocols',
    `The listener and its associated target group '${group.TargetGroupArn}' have incompatible protocols: '${protocol}' and '${group.Protocol}'`,
  );
}

/** A target group serves one load balancer; Lambda functions may serve several. */
function checkAssociations(
  call: AwsCall,
  balancer: LoadBalancerRow['fields'],
  groups: readonly TargetGroupFields[],
): void {
  const taken = groups.filter(
    (group) =>
      group.TargetType !== 'lambda' &&
      group.Protocol !== 'GENEVE' &&
      loadBalancersOf(call.state, group.TargetGroupArn).some(
        (other) => other.fields.LoadBalancerArn !== balancer.LoadBalancerArn,
      ),
  );
  if (taken.length === 0) return;

  throw new ServiceError(
    'TargetGroupAssociationLimit',
    `The following target groups cannot be associated with more than one load balancer: ${taken.map(({ TargetGroupArn }) => TargetGroupArn).join(', ')}`,
  );
}
