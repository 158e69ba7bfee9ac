import type { RegionBirth } from '../../simulation/dispatch/operation.js';
import type { DhcpOptionsRow, Ec2State } from './state.js';
import type { TimerHandlers } from '../operation/call.js';
import type { Birthplace } from './birthplace.js';
import { newDefaultVpc } from './default-network.js';
import { newManagedPrefixLists } from './prefix-list.js';
import { instanceTimers } from './instance/instances.js';
import { natTimers } from './nat-gateway/nat-gateways.js';
import { endpointTimers } from './vpc-endpoint/vpc-endpoints.js';
import { peeringTimers } from './vpc/peerings.js';
import { transitTimers } from './transit-gateway/transit-gateways.js';
import { vpnTimers } from './vpn/vpn-views.js';

export { operations } from './operations/index.js';

/** The initial state of EC2's networking in a region: the resources that AWS creates in a new account. */
export function newState(birth: RegionBirth): Ec2State {
  const ec2 = emptyState();
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

export function emptyState(): Ec2State {
  return {
    vpcs: new Map(),
    subnets: new Map(),
    securityGroups: new Map(),
    securityGroupRules: new Map(),
    interfaces: new Map(),
    addresses: new Map(),
    instances: new Map(),
    volumes: new Map(),
    routeTables: new Map(),
    networkAcls: new Map(),
    prefixLists: new Map(),
    internetGateways: new Map(),
    egressOnlyGateways: new Map(),
    dhcpOptions: new Map(),
    cidrReservations: new Map(),
    peerings: new Map(),
    launchTemplates: new Map(),
    elasticIps: new Map(),
    natGateways: new Map(),
    vpcEndpoints: new Map(),
    transitGateways: new Map(),
    transitGatewayAttachments: new Map(),
    transitGatewayRouteTables: new Map(),
    vpnGateways: new Map(),
    customerGateways: new Map(),
    vpnConnections: new Map(),
    settings: new Map(),
    clientTokens: new Map(),
  };
}

/**
 * The set that every new VPC gets.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_DHCP_Options.html
 */
function defaultDhcpOptions(place: Birthplace): DhcpOptionsRow {
  const domain = place.region === 'us-east-1' ? 'ec2.internal' : `${place.region}.compute.internal`;
  return {
    id: place.id('dopt-'),
    ownerId: place.account,
    configurations: [
      { key: 'domain-name', values: [domain] },
      { key: 'domain-name-servers', values: ['AmazonProvidedDNS'] },
    ],
    tags: {},
  };
}
