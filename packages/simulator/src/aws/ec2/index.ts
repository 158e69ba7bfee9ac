import type { RegionBirth } from '../../simulation/dispatch/operation.js';
import { type DhcpOptionsRow, type Ec2State, emptyState } from './state.js';
import type { TimerHandlers, AnyOperation } from '../operation/operation.js';
import type { Birthplace } from './birthplace.js';
import { newDefaultVpc } from './default-network.js';
import { newManagedPrefixLists } from './prefix-list.js';
import { instanceTimers } from './instance/instances.js';
import { natTimers } from './nat-gateway/nat-gateways.js';
import { endpointTimers } from './vpc-endpoint/vpc-endpoints.js';
import { peeringTimers } from './vpc/peerings.js';
import { transitTimers } from './transit-gateway/transit-gateways.js';
import { vpnTimers } from './vpn/vpn-views.js';
import { customerGatewayOperations } from './operations/customer-gateway.js';
import { encryptionControlOperations } from './operations/encryption-control.js';
import { flowLogOperations } from './operations/flow-log.js';
import { instanceOperations } from './operations/instance.js';
import { instanceAttributeOperations } from './operations/instance-attribute.js';
import { internetGatewayOperations } from './operations/internet-gateway.js';
import { launchTemplateOperations } from './operations/launch-template.js';
import { natGatewayOperations } from './operations/nat-gateway.js';
import { networkAclOperations } from './operations/network-acl.js';
import { networkInterfaceOperations } from './operations/network-interface.js';
import { peeringOperations } from './operations/peering.js';
import { prefixListOperations } from './operations/prefix-list.js';
import { regionOperations } from './operations/region.js';
import { routeTableOperations } from './operations/route-table.js';
import { securityGroupOperations } from './operations/security-group.js';
import { subnetOperations } from './operations/subnet.js';
import { transitGatewayOperations } from './operations/transit-gateway.js';
import { transitGatewayRouteTableOperations } from './operations/transit-gateway-route-table.js';
import { vpcOperations } from './operations/vpc.js';
import { vpcEndpointOperations } from './operations/vpc-endpoint.js';
import { vpnOperations } from './operations/vpn.js';

/** EC2's networking in a region: with the resources that AWS creates in a new account, or, without `birth`, with nothing. */
export function newState(birth: RegionBirth | undefined): Ec2State {
  const ec2 = emptyState();
  if (birth === undefined) return ec2;

  const place: Birthplace = {
    ec2,
    account: birth.account,
    region: birth.region,
    id: (prefix) => birth.id(prefix),
    random: birth.random,
  };
  const options = defaultDhcpOptions(place);
  ec2.dhcpOptions.set(options.id, options);
  newManagedPrefixLists(place);
  newDefaultVpc(place);
  return ec2;
}

/** Changes over time: requests expire, gateways and connections become available or are deleted. */
export const timers: TimerHandlers = {
  ...endpointTimers,
  ...instanceTimers,
  ...natTimers,
  ...peeringTimers,
  ...transitTimers,
  ...vpnTimers,
};

/**
 * The set that every new VPC gets.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_DHCP_Options.html
 */
function defaultDhcpOptions(place: Birthplace): DhcpOptionsRow {
  const domain = place.region === 'us-east-1' ? 'ec2.internal' : `${place.region}.compute.internal`;
  return {
    id: place.id('dopt-'),
    fields: {
      OwnerId: place.account,
      DhcpConfigurations: [
        { Key: 'domain-name', Values: [{ Value: domain }] },
        { Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] },
      ],
    },
    tags: {},
  };
}

/** The operations of EC2 that are simulated: its networking. */
export const operations: readonly AnyOperation[] = [
  ...customerGatewayOperations,
  ...encryptionControlOperations,
  ...flowLogOperations,
  ...instanceOperations,
  ...instanceAttributeOperations,
  ...internetGatewayOperations,
  ...launchTemplateOperations,
  ...natGatewayOperations,
  ...networkAclOperations,
  ...networkInterfaceOperations,
  ...peeringOperations,
  ...prefixListOperations,
  ...regionOperations,
  ...routeTableOperations,
  ...securityGroupOperations,
  ...subnetOperations,
  ...transitGatewayOperations,
  ...transitGatewayRouteTableOperations,
  ...vpcOperations,
  ...vpcEndpointOperations,
  ...vpnOperations,
];
