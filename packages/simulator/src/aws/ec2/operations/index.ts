import type { AnyOperation } from '../../operation/operation.js';
import { customerGatewayOperations } from './customer-gateway.js';
import { dhcpOptionsOperations } from './dhcp-options.js';
import { encryptionControlOperations } from './encryption-control.js';
import { instanceOperations } from './instance.js';
import { instanceAttributeOperations } from './instance-attribute.js';
import { internetGatewayOperations } from './internet-gateway.js';
import { launchTemplateOperations } from './launch-template.js';
import { natGatewayOperations } from './nat-gateway.js';
import { networkAclOperations } from './network-acl.js';
import { networkInterfaceOperations } from './network-interface.js';
import { peeringOperations } from './peering.js';
import { prefixListOperations } from './prefix-list.js';
import { regionOperations } from './region.js';
import { routeTableOperations } from './route-table.js';
import { securityGroupOperations } from './security-group.js';
import { securityGroupRuleOperations } from './security-group-rule.js';
import { subnetOperations } from './subnet.js';
import { tagOperations } from './tags.js';
import { transitGatewayOperations } from './transit-gateway.js';
import { transitGatewayAttachmentOperations } from './transit-gateway-attachment.js';
import { transitGatewayRouteOperations } from './transit-gateway-route.js';
import { transitGatewayRouteTableOperations } from './transit-gateway-route-table.js';
import { vpcOperations } from './vpc.js';
import { vpcEndpointOperations } from './vpc-endpoint.js';
import { vpnOperations } from './vpn.js';

/** The operations of EC2 that are simulated: its networking. */
export const operations: readonly AnyOperation[] = [
  ...customerGatewayOperations,
  ...dhcpOptionsOperations,
  ...encryptionControlOperations,
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
  ...securityGroupRuleOperations,
  ...subnetOperations,
  ...tagOperations,
  ...transitGatewayOperations,
  ...transitGatewayAttachmentOperations,
  ...transitGatewayRouteOperations,
  ...transitGatewayRouteTableOperations,
  ...vpcOperations,
  ...vpcEndpointOperations,
  ...vpnOperations,
];
