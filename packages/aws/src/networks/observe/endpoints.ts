import type { Gaps, CallContext, RegionSnapshot } from '@postern/core/internal/adapter';
import type { Endpoint, EndpointService } from '@postern/core/internal/snapshot';
import type { EndpointOutput, EndpointServiceOutput, NetworkInterfaceOutput } from '../../sdk-types.js';
import { listAll } from '../../client/list-all.js';
import { plain, type Session } from '../../client/session.js';

/**
 * Interface endpoints and the endpoint services of the account, each by one call. Neither is read without an interface of an endpoint,
 * or of a network load balancer, which each service has. Services are read if an endpoint may be for one, or everything is read.
 */
export async function observeEndpoints(
  session: Session,
  interfaces: Promise<readonly NetworkInterfaceOutput[] | undefined>,
  isAll: boolean,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Pick<RegionSnapshot, 'endpoints' | 'endpointServices'>> {
  const read = await interfaces;
  if (read === undefined) return {};

  const has = (type: string): boolean => read.some(({ InterfaceType }) => InterfaceType === type);
  const [endpoints, services] = await Promise.all([
    !has('vpc_endpoint')
      ? []
      : gaps.attempt({ what: 'VPC endpoints', of: 'endpoints' }, () =>
          listAll(session, ctx, 'VPC endpoints', 'ec2', 'DescribeVpcEndpoints'),
        ),
    !has('network_load_balancer')
      ? []
      : !isAll && !has('vpc_endpoint')
        ? undefined
        : gaps.attempt({ what: 'endpoint services', of: 'endpointServices' }, () =>
            listAll(session, ctx, 'endpoint services', 'ec2', 'DescribeVpcEndpointServiceConfigurations'),
          ),
  ]);
  return {
    endpoints: endpoints?.filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface').map(toEndpoint),
    endpointServices: services?.map(toService),
  };
}

/** In lower case: `pendingAcceptance` of pages is `PendingAcceptance` in the SDK's types. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html */
const STATES: ReadonlyMap<string, Endpoint['state']> = new Map([
  ['available', 'available'],
  ['pending', 'pending'],
  ['pendingacceptance', 'waiting'],
  ['rejected', 'refused'],
  ['failed', 'refused'],
  ['expired', 'refused'],
  ['deleting', 'deleted'],
  ['deleted', 'deleted'],
]);

function toEndpoint(one: EndpointOutput): Endpoint {
  const nativeState = one.State;
  return {
    id: one.VpcEndpointId,
    networkId: one.VpcId,
    serviceName: one.ServiceName ?? '',
    state: STATES.get(nativeState.toLowerCase()) ?? 'unknown', // `partial`, too
    nativeState,
    privateDns: one.PrivateDnsEnabled,
    interfaceIds: one.NetworkInterfaceIds ?? [],
    raw: plain(one),
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ServiceConfiguration.html (serviceState) */
const SERVICE_STATES: ReadonlyMap<string, EndpointService['state']> = new Map([
  ['Available', 'available'],
  ['Pending', 'pending'],
  ['Deleting', 'deleted'],
  ['Deleted', 'deleted'],
]);

function toService(one: EndpointServiceOutput): EndpointService {
  const nativeState = one.ServiceState;
  const verified = one.PrivateDnsNameConfiguration?.State;
  return {
    id: one.ServiceId,
    name: one.ServiceName,
    state: SERVICE_STATES.get(nativeState) ?? 'unknown',
    nativeState,
    loadBalancerIds: one.NetworkLoadBalancerArns ?? [],
    privateDnsName: one.PrivateDnsName,
    isNameVerified: verified === undefined ? undefined : verified === 'verified',
    raw: plain(one),
  };
}
