import type { AwsCall } from '../../operation/operation.js';
import { family, listing } from '../request/family.js';
import { needRow, ID, notFound } from '../request/ids.js';
import { tagsFrom } from '../request/tags.js';
import { need, oncePerToken, refuse } from '../request/text-rules.js';
import {
  answerEndpoint,
  connectionsOf,
  placeService,
  release,
  serviceView,
} from '../vpc-endpoint/endpoint-services.js';
import type { EndpointServiceRow } from '../vpc-endpoint/state.js';

const getService = ({ state }: AwsCall, id: string | undefined): EndpointServiceRow =>
  needRow(state.ec2, ID.endpointService, id);

/** Endpoint services in front of network load balancers, with the requests for them from this account. */
export const endpointServiceOperations = family({
  CreateVpcEndpointServiceConfiguration(call, input) {
    refuse(input, ['GatewayLoadBalancerArns', 'SupportedRegions']);
    const { endpointServices } = call.state.ec2;
    const tags = tagsFrom(input.TagSpecifications, 'vpc-endpoint-service');
    const row = oncePerToken(call, 'CreateVpcEndpointServiceConfiguration', input, endpointServices, () => {
      const made: EndpointServiceRow = {
        id: call.id('vpce-svc-'),
        balancerArns: [],
        acceptanceRequired: input.AcceptanceRequired ?? true, // [I]
        privateDnsName: input.PrivateDnsName,
        isNameVerified: false,
        tags,
      };
      placeService(call, made, input.NetworkLoadBalancerArns ?? []);
      endpointServices.set(made.id, made);
      return made;
    });
    return { ServiceConfiguration: serviceView(call, row), ClientToken: input.ClientToken };
  },

  ModifyVpcEndpointServiceConfiguration(call, input) {
    refuse(input, ['AddGatewayLoadBalancerArns', 'RemoveGatewayLoadBalancerArns', 'AddSupportedRegions']);
    const row = getService(call, input.ServiceId);
    placeService(call, row, input.AddNetworkLoadBalancerArns ?? [], input.RemoveNetworkLoadBalancerArns);
    row.acceptanceRequired = input.AcceptanceRequired ?? row.acceptanceRequired;
    if (input.RemovePrivateDnsName === true || input.PrivateDnsName !== undefined) row.isNameVerified = false;
    row.privateDnsName = input.RemovePrivateDnsName === true ? undefined : (input.PrivateDnsName ?? row.privateDnsName);
    return { Return: true };
  },

  /** Deletes services, one by one: one with endpoints stays. https://github.com/hashicorp/terraform-provider-aws/issues/5860 */
  DeleteVpcEndpointServiceConfigurations(call, input) {
    const { endpointServices } = call.state.ec2;
    const failures = need(input.ServiceIds, 'serviceIds').flatMap((id) => {
      const row = endpointServices.get(id);
      if (!row) return [unsuccessful(id, ID.endpointService.notFound, notFound(ID.endpointService, id).message)];
      if (connectionsOf(call, row).some(({ state }) => state !== 'rejected')) {
        const message = 'Service has existing active VPC Endpoint connections!';
        return [unsuccessful(id, 'ExistingVpcEndpointConnections', message)];
      }

      release(call, row, row.balancerArns);
      endpointServices.delete(id);
      return [];
    });
    return { Unsuccessful: failures };
  },

  DescribeVpcEndpointServiceConfigurations: listing({
    of: ID.endpointService,
    as: 'ServiceConfigurations',
    view: (row, call) => serviceView(call, row),
    size: [1, 1000],
    filters: 'service-name service-id service-state',
    otherFilters: { 'supported-ip-address-types': () => 'ipv4' },
  }),

  AcceptVpcEndpointConnections: (call, input) => answered(call, input, 'accept'),
  RejectVpcEndpointConnections: (call, input) => answered(call, input, 'reject'),
});

function answered(
  call: AwsCall,
  input: { readonly ServiceId?: string | undefined; readonly VpcEndpointIds?: string[] | undefined },
  answer: 'accept' | 'reject',
) {
  const known = connectionsOf(call, getService(call, input.ServiceId));
  const failures = need(input.VpcEndpointIds, 'vpcEndpointIds').flatMap((id) => {
    const row = known.find((one) => one.id === id);
    if (row) answerEndpoint(call, row, answer);
    return row ? [] : [unsuccessful(id, ID.vpcEndpoint.notFound, notFound(ID.vpcEndpoint, id).message)];
  });
  return { Unsuccessful: failures };
}

function unsuccessful(ResourceId: string, Code: string, Message: string) {
  return { ResourceId, Error: { Code, Message } };
}
