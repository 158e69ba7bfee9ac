import { BALANCING } from './balancing.js';
import { DISCOVERY, HTTP, REST } from './gateways.js';
import { NETWORK } from './network.js';
import type { ResourceType } from './resource-type.js';

const SERVICES: Readonly<Record<string, Readonly<Record<string, ResourceType>>>> = {
  EC2: NETWORK,
  ElasticLoadBalancingV2: BALANCING,
  ApiGatewayV2: HTTP,
  ApiGateway: REST,
  ServiceDiscovery: DISCOVERY,
};

/** The types that decide about paths and that are not laid, by the beginning of their names, as those of Terraform. */
const OTHERS: readonly (readonly [beginning: string, type: string])[] = [
  ['AWS::EC2::TransitGateway', 'aws_ec2_transit_gateway'],
  ['AWS::EC2::VPN', 'aws_vpn_'],
  ['AWS::EC2::SecurityGroupVpcAssociation', 'aws_vpc_security_group_vpc_association'],
  ['AWS::DirectConnect::', 'aws_dx_'],
  ['AWS::NetworkManager::', 'aws_networkmanager_'],
];

/** `AWS::EC2::Subnet`. Undefined: it does not decide about paths. */
export function resourceType(name: string): ResourceType | undefined {
  const [cloud, service = '', own = ''] = name.split('::');
  const types = cloud === 'AWS' && Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
  if (types !== undefined && Object.hasOwn(types, own)) return types[own];
  const other = OTHERS.find(([beginning]) => name.startsWith(beginning));
  return other === undefined ? undefined : { type: other[1] };
}
