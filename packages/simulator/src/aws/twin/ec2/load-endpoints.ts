import type { RegionSnapshot } from '@postern/core/internal/library';
import type { AwsCall } from '../../operation/operation.js';
import { addressesOf, FULL_ACCESS, startEndpoint } from '../../ec2/vpc-endpoint/vpc-endpoints.js';
import type { VpcEndpointRow } from '../../ec2/vpc-endpoint/state.js';
import type { Lack } from '../lack.js';

const STATES: readonly VpcEndpointRow['state'][] = ['pendingAcceptance', 'pending', 'available', 'rejected'];

/** Interface endpoints, and endpoint services with their load balancers. */
export function loadEndpoints(call: AwsCall, { endpoints, endpointServices }: RegionSnapshot, lack: Lack): void {
  const { ec2, loadBalancing } = call.state;
  for (const { id, loadBalancerIds, privateDnsName, isNameVerified = false } of endpointServices ?? []) {
    const balancerArns = [...loadBalancerIds];
    // A snapshot does not show whether a new endpoint has to be accepted.
    const service = { id, balancerArns, acceptanceRequired: true, privateDnsName, isNameVerified, tags: {} };
    ec2.endpointServices.set(id, service);
    for (const arn of balancerArns) loadBalancing.loadBalancers.get(arn)?.heldBy.push(id);
  }
  for (const { id, networkId, serviceName, nativeState, privateDns, interfaceIds } of endpoints ?? []) {
    const state = STATES.find((one) => one === nativeState);
    if (state === undefined) lack(`${id} is ${nativeState}, which is not simulated: it is rejected`);
    const placed = interfaceIds.flatMap((eni) => {
      const subnetId = ec2.interfaces.get(eni)?.subnetId;
      return subnetId === undefined ? [] : [[subnetId, eni] as const];
    });
    const row: VpcEndpointRow = {
      id,
      fields: {
        VpcId: networkId,
        ServiceName: serviceName,
        VpcEndpointType: 'Interface',
        CreationTimestamp: new Date(call.now),
        PolicyDocument: FULL_ACCESS,
        RouteTableIds: [],
        PrivateDnsEnabled: privateDns === true,
        ...addressesOf({ VpcEndpointType: 'Interface' }),
      },
      state: state ?? 'rejected',
      groupIds: [...(ec2.interfaces.get(interfaceIds[0] ?? '')?.groupIds ?? [])],
      interfaces: Object.fromEntries(placed),
      tags: {},
    };
    ec2.vpcEndpoints.set(id, row);
    if (state === 'pending') startEndpoint(call, row, 'pending');
  }
}
