import { ServiceError, type AwsCall } from '../../operation/operation.js';
import { oncePerToken, need, refuse } from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { getRow, needRow, ID, notFound } from '../request/ids.js';
import type { VpcEndpointRow, EndpointServiceRow } from '../vpc-endpoint/state.js';
import {
  addressesOf,
  endpointView,
  ENDPOINT_MS,
  FULL_ACCESS,
  placeEndpoint,
  removeEndpoint,
  startEndpoint,
} from '../vpc-endpoint/vpc-endpoints.js';
import {
  admit,
  invalid,
  answerEndpoint,
  connectionsOf,
  placeService,
  release,
  serviceView,
} from '../vpc-endpoint/endpoint-services.js';
import type { VpcRow } from '../state.js';

/** Services that have gateway endpoints. */
const BY_GATEWAY = /\.(?:s3|dynamodb)$/;

/** @see https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html; the sentences are those of public reports */
function checkPrivateDns(vpc: VpcRow, { fields }: VpcEndpointRow, others: readonly VpcEndpointRow[]): void {
  if (!vpc.enableDnsSupport || !vpc.enableDnsHostnames) {
    throw invalid(
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
    );
  }

  const same = others.some(
    ({ fields: other }) =>
      other.VpcId === fields.VpcId && other.ServiceName === fields.ServiceName && other.PrivateDnsEnabled,
  );
  if (!same) return;

  const service = fields.ServiceName.split('.').at(-1);
  throw invalid(
    `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${service} in the VPC ${fields.VpcId}`,
  );
}

const getService = ({ state }: AwsCall, id: string | undefined): EndpointServiceRow =>
  needRow(state.ec2, ID.endpointService, id);

/**
 * VPC endpoints: for services of AWS, by gateways and interfaces, and for endpoint services. Calls reach those of this
 * account. Endpoint services in front of network load balancers, with the requests for them from this account.
 */
export const vpcEndpointOperations = family({
  CreateVpcEndpoint(call, input) {
    refuse(input, ['ServiceNetworkArn', 'ResourceConfigurationArn']);
    const { ec2 } = call.state;
    const vpc = needRow(ec2, ID.vpc, input.VpcId);
    const serviceName = need(input.ServiceName, 'serviceName');
    const type = input.VpcEndpointType ?? 'Gateway';
    if (!serviceName.includes(`amazonaws.${call.region}.`) && !serviceName.startsWith('com.amazonaws.vpce.')) {
      const message = `The Vpc Endpoint Service '${serviceName}' does not exist`;
      throw new ServiceError('InvalidServiceName', message);
    }
    if (type !== 'Gateway' && type !== 'Interface') {
      throw new ServiceError('UnsupportedOperation', `VPC endpoints of the type ${type} are not simulated.`);
    }
    if (type === 'Gateway' && !BY_GATEWAY.test(serviceName)) {
      throw invalid(`Endpoint type (Gateway) does not match available service types ([Interface]).`);
    }

    // The default of the service is true, of those that have a private name. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html
    const hasName = !BY_GATEWAY.test(serviceName) && !serviceName.startsWith('com.amazonaws.vpce.');
    const privateDnsEnabled = type === 'Interface' && (input.PrivateDnsEnabled ?? hasName);
    const tags = tagsFrom(input.TagSpecifications, 'vpc-endpoint');
    const row = oncePerToken(call, 'CreateVpcEndpoint', input, ec2.vpcEndpoints, () => {
      const made: VpcEndpointRow = {
        id: call.id('vpce-'),
        fields: {
          VpcId: vpc.id,
          ServiceName: serviceName,
          VpcEndpointType: type,
          CreationTimestamp: new Date(call.now),
          PolicyDocument: input.PolicyDocument ?? FULL_ACCESS,
          RouteTableIds: [],
          PrivateDnsEnabled: privateDnsEnabled,
          ...addressesOf({ VpcEndpointType: type }, input.IpAddressType),
        },
        state: type === 'Gateway' ? 'available' : 'pending',
        groupIds: [],
        interfaces: {},
        tags,
      };
      const state = type === 'Interface' ? admit(call, made, input.SubnetIds ?? []) : undefined;
      if (privateDnsEnabled) checkPrivateDns(vpc, made, [...ec2.vpcEndpoints.values()]);
      placeEndpoint(call, made, {
        tables: [input.RouteTableIds],
        subnets: [input.SubnetIds],
        groups: [input.SecurityGroupIds],
        addresses: input.SubnetConfigurations,
      });
      ec2.vpcEndpoints.set(made.id, made);
      if (state !== undefined) startEndpoint(call, made, state);
      return made;
    });
    return { VpcEndpoint: endpointView(call, row), ClientToken: input.ClientToken };
  },

  ModifyVpcEndpoint(call, input) {
    const { ec2 } = call.state;
    const row = needRow(ec2, ID.vpcEndpoint, input.VpcEndpointId);
    const { fields } = row;
    const { PrivateDnsEnabled = fields.PrivateDnsEnabled } = input;
    if (PrivateDnsEnabled && !fields.PrivateDnsEnabled) {
      const others = [...ec2.vpcEndpoints.values()].filter((other) => other !== row);
      checkPrivateDns(getRow(ec2, ID.vpc, fields.VpcId), row, others);
    }
    if (fields.VpcEndpointType === 'Interface') {
      admit(call, { ...row, fields: { ...fields, PrivateDnsEnabled } }, input.AddSubnetIds ?? []);
    }
    placeEndpoint(call, row, {
      tables: [input.AddRouteTableIds, input.RemoveRouteTableIds],
      subnets: [input.AddSubnetIds, input.RemoveSubnetIds],
      groups: [input.AddSecurityGroupIds, input.RemoveSecurityGroupIds],
      addresses: input.SubnetConfigurations,
    });
    const PolicyDocument = input.ResetPolicy === true ? FULL_ACCESS : (input.PolicyDocument ?? fields.PolicyDocument);
    const addresses = addressesOf(fields, input.IpAddressType ?? fields.IpAddressType);
    Object.assign(fields, { PolicyDocument, PrivateDnsEnabled, ...addresses });
    return { Return: true };
  },

  /** Deletes endpoints, one by one: those that do not exist are listed as unsuccessful. */
  DeleteVpcEndpoints(call, input) {
    const ids = need(input.VpcEndpointIds, 'vpcEndpointIds');
    const absent = ids.filter((id) => !call.state.ec2.vpcEndpoints.has(id));
    for (const id of ids) {
      const row = call.state.ec2.vpcEndpoints.get(id);
      if (row?.fields.VpcEndpointType === 'Gateway') removeEndpoint(call, row);
      else if (row && row.state !== 'deleting') {
        row.state = 'deleting';
        call.after(ENDPOINT_MS, 'ec2.vpc-endpoint', { id, to: 'deleted' });
      }
    }
    const failure = (id: string) => ({ Code: ID.vpcEndpoint.notFound, Message: notFound(ID.vpcEndpoint, id).message });
    return { Unsuccessful: absent.map((id) => ({ ResourceId: id, Error: failure(id) })) };
  },

  DescribeVpcEndpoints: listing({
    of: ID.vpcEndpoint,
    as: 'VpcEndpoints',
    view: (row, call) => endpointView(call, row),
    size: [1, 1000],
    filters: 'ip-address-type service-name service-region vpc-id vpc-endpoint-id vpc-endpoint-type',
    otherFilters: { 'vpc-endpoint-state': (row) => row.state },
  }),

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
