import type { ServiceConfiguration } from '@aws-sdk/client-ec2';
import { type AwsCall, errorsOf } from '../../operation/operation.js';
import type { LoadBalancerRow } from '../../load-balancing/state.js';
import type { RegionState } from '../../state/aws-state.js';
import { tagList } from '../request/family.js';
import type { EndpointServiceRow, VpcEndpointRow } from './state.js';
import { startEndpoint } from './vpc-endpoints.js';

/** `com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b`. */
function serviceNameOf(region: string, id: string): string {
  return `com.amazonaws.vpce.${region}.${id}`;
}

/** The service of this account that a name is of; undefined for those of AWS and of other accounts. */
export function serviceNamed({ ec2, name: region }: RegionState, serviceName: string): EndpointServiceRow | undefined {
  const id = serviceName.split('.').at(-1) ?? '';
  return serviceName === serviceNameOf(region, id) ? ec2.endpointServices.get(id) : undefined;
}

export function balancersOf({ loadBalancing }: RegionState, row: EndpointServiceRow): readonly LoadBalancerRow[] {
  return row.balancerArns.flatMap((arn) => loadBalancing.loadBalancers.get(arn) ?? []);
}

/** The endpoints for a service that are not over. */
export function connectionsOf({ state }: AwsCall, { id }: EndpointServiceRow): readonly VpcEndpointRow[] {
  const name = serviceNameOf(state.name, id);
  return [...state.ec2.vpcEndpoints.values()].filter(
    ({ fields, state: is }) => fields.ServiceName === name && is !== 'deleting',
  );
}

/**
 * Adds load balancers to a service, and takes some away. One load balancer serves one service; with none the service is of no use.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html; the sentences are [U]
 */
export function placeService(
  call: AwsCall,
  row: EndpointServiceRow,
  add: readonly string[],
  remove: readonly string[] = [],
): void {
  const { loadBalancers } = call.state.loadBalancing;
  for (const arn of add) {
    const balancer = loadBalancers.get(arn);
    if (balancer?.fields.Type !== 'network') throw invalid(`The Network Load Balancer ${arn} does not exist`);
    if (balancer.heldBy.length > 0)
      throw invalid(`NLB is already associated with another VPC Endpoint Service: ${arn}`);
  }
  const balancerArns = [...new Set([...row.balancerArns, ...add])].filter((arn) => !remove.includes(arn));
  if (balancerArns.length === 0) throw invalid('An endpoint service needs at least one load balancer');

  for (const arn of add) loadBalancers.get(arn)?.heldBy.push(row.id);
  release(call, row, remove);
  row.balancerArns = balancerArns;
}

/** Load balancers are no longer held by a service. */
export function release({ state }: AwsCall, { id }: EndpointServiceRow, arns: readonly string[]): void {
  for (const arn of arns) {
    const balancer = state.loadBalancing.loadBalancers.get(arn);
    if (balancer) balancer.heldBy = balancer.heldBy.filter((holder) => holder !== id);
  }
}

/**
 * The state of a new endpoint for a service. Those of other accounts wait for their owner, which {@link Planted} answers for.
 * @throws {ServiceError} for a subnet in a zone without a node of the service, and for a private name that the service does not have
 */
export function admit(call: AwsCall, { fields }: VpcEndpointRow, subnets: readonly string[]) {
  const { ServiceName: serviceName } = fields;
  if (!serviceName.startsWith('com.amazonaws.vpce.')) return 'pending';

  const row = serviceNamed(call.state, serviceName);
  if (!row) return 'pendingAcceptance';

  const zones = balancersOf(call.state, row).flatMap(({ zones: own }) => own.map(({ fields }) => fields.ZoneName));
  const apart = subnets.find((id) => !zones.includes(call.state.ec2.subnets.get(id)?.zoneName ?? ''));
  // https://github.com/aws/aws-sdk-go-v2/issues/1024
  if (apart !== undefined) {
    const message = `The VPC endpoint service ${serviceName} does not support the availability zone of the subnet: ${apart}.`;
    throw invalid(message);
  }
  if (fields.PrivateDnsEnabled && row.privateDnsName === undefined) {
    throw invalid(
      `Private DNS can't be enabled because the service ${serviceName} does not provide a private DNS name.`, // [U] words
    );
  }

  return row.acceptanceRequired ? 'pendingAcceptance' : 'pending';
}

/** The owner of a service answers a request; it may change its mind about either answer. */
export function answerEndpoint(call: AwsCall, row: VpcEndpointRow, answer: 'accept' | 'reject'): void {
  if (answer === 'reject') row.state = 'rejected';
  else if (row.state !== 'available') startEndpoint(call, row, 'pending');
}

export const invalid = errorsOf('InvalidParameter');

/** A service as the API shows it to its owner. */
export function serviceView(call: AwsCall, row: EndpointServiceRow): ServiceConfiguration {
  const zones = balancersOf(call.state, row).flatMap((balancer) => balancer.zones);
  const subnets = zones.flatMap(({ fields }) => call.state.ec2.subnets.get(fields.SubnetId) ?? []);
  const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
  const { privateDnsName: name } = row;
  return {
    ServiceId: row.id,
    ServiceName: serviceNameOf(call.region, row.id),
    ServiceType: [{ ServiceType: 'Interface' }],
    ServiceState: 'Available',
    AvailabilityZones: unique(subnets.map(({ zoneName }) => zoneName)),
    AvailabilityZoneIds: unique(subnets.map(({ zoneId }) => zoneId)),
    AcceptanceRequired: row.acceptanceRequired,
    ManagesVpcEndpoints: false,
    NetworkLoadBalancerArns: row.balancerArns,
    SupportedIpAddressTypes: ['ipv4'],
    BaseEndpointDnsNames: [`${row.id}.${call.region}.vpce.amazonaws.com`],
    ...(name !== undefined && {
      PrivateDnsName: name,
      PrivateDnsNameConfiguration: {
        State: row.isNameVerified ? 'verified' : 'pendingVerification',
        Type: 'TXT',
        Value: `vpce:${row.id.slice(-17)}`,
        Name: `_${row.id.slice(-17)}`,
      },
    }),
    Tags: tagList(row.tags),
  };
}
