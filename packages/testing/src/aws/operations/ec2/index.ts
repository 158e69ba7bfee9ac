import type { AnyOperation } from '../../operation.js';
import { acceptTransitGatewayVpcAttachment } from './accept-transit-gateway-vpc-attachment.js';
import { acceptVpcPeeringConnection } from './accept-vpc-peering-connection.js';
import { assignPrivateIpAddresses } from './assign-private-ip-addresses.js';
import { associateDhcpOptions } from './associate-dhcp-options.js';
import { associateRouteTable } from './associate-route-table.js';
import { associateSubnetCidrBlock } from './associate-subnet-cidr-block.js';
import { associateTransitGatewayRouteTable } from './associate-transit-gateway-route-table.js';
import { associateVpcCidrBlock } from './associate-vpc-cidr-block.js';
import { attachInternetGateway } from './attach-internet-gateway.js';
import { attachVpnGateway } from './attach-vpn-gateway.js';
import { authorizeSecurityGroupEgress } from './authorize-security-group-egress.js';
import { authorizeSecurityGroupIngress } from './authorize-security-group-ingress.js';
import { createCustomerGateway } from './create-customer-gateway.js';
import { createDefaultSubnet } from './create-default-subnet.js';
import { createDefaultVpc } from './create-default-vpc.js';
import { createDhcpOptions } from './create-dhcp-options.js';
import { createEgressOnlyInternetGateway } from './create-egress-only-internet-gateway.js';
import { createInternetGateway } from './create-internet-gateway.js';
import { createManagedPrefixList } from './create-managed-prefix-list.js';
import { createNetworkAclEntry } from './create-network-acl-entry.js';
import { createNetworkAcl } from './create-network-acl.js';
import { createNetworkInterface } from './create-network-interface.js';
import { createRouteTable } from './create-route-table.js';
import { createRoute } from './create-route.js';
import { createSecurityGroup } from './create-security-group.js';
import { createSubnetCidrReservation } from './create-subnet-cidr-reservation.js';
import { createSubnet } from './create-subnet.js';
import { createTags } from './create-tags.js';
import { createTransitGatewayRouteTable } from './create-transit-gateway-route-table.js';
import { createTransitGatewayRoute } from './create-transit-gateway-route.js';
import { createTransitGatewayVpcAttachment } from './create-transit-gateway-vpc-attachment.js';
import { createTransitGateway } from './create-transit-gateway.js';
import { createVpcPeeringConnection } from './create-vpc-peering-connection.js';
import { createVpc } from './create-vpc.js';
import { createVpnConnectionRoute } from './create-vpn-connection-route.js';
import { createVpnConnection } from './create-vpn-connection.js';
import { createVpnGateway } from './create-vpn-gateway.js';
import { deleteCustomerGateway } from './delete-customer-gateway.js';
import { deleteDhcpOptions } from './delete-dhcp-options.js';
import { deleteEgressOnlyInternetGateway } from './delete-egress-only-internet-gateway.js';
import { deleteInternetGateway } from './delete-internet-gateway.js';
import { deleteManagedPrefixList } from './delete-managed-prefix-list.js';
import { deleteNetworkAclEntry } from './delete-network-acl-entry.js';
import { deleteNetworkAcl } from './delete-network-acl.js';
import { deleteNetworkInterface } from './delete-network-interface.js';
import { deleteRouteTable } from './delete-route-table.js';
import { deleteRoute } from './delete-route.js';
import { deleteSecurityGroup } from './delete-security-group.js';
import { deleteSubnetCidrReservation } from './delete-subnet-cidr-reservation.js';
import { deleteSubnet } from './delete-subnet.js';
import { deleteTags } from './delete-tags.js';
import { deleteTransitGatewayRouteTable } from './delete-transit-gateway-route-table.js';
import { deleteTransitGatewayRoute } from './delete-transit-gateway-route.js';
import { deleteTransitGatewayVpcAttachment } from './delete-transit-gateway-vpc-attachment.js';
import { deleteTransitGateway } from './delete-transit-gateway.js';
import { deleteVpcPeeringConnection } from './delete-vpc-peering-connection.js';
import { deleteVpc } from './delete-vpc.js';
import { deleteVpnConnectionRoute } from './delete-vpn-connection-route.js';
import { deleteVpnConnection } from './delete-vpn-connection.js';
import { deleteVpnGateway } from './delete-vpn-gateway.js';
import { describeAccountAttributes } from './describe-account-attributes.js';
import { describeAvailabilityZones } from './describe-availability-zones.js';
import { describeCustomerGateways } from './describe-customer-gateways.js';
import { describeDhcpOptions } from './describe-dhcp-options.js';
import { describeEgressOnlyInternetGateways } from './describe-egress-only-internet-gateways.js';
import { describeInstances } from './describe-instances.js';
import { describeInternetGateways } from './describe-internet-gateways.js';
import { describeManagedPrefixLists } from './describe-managed-prefix-lists.js';
import { describeNetworkAcls } from './describe-network-acls.js';
import { describeNetworkInterfaceAttribute } from './describe-network-interface-attribute.js';
import { describeNetworkInterfaces } from './describe-network-interfaces.js';
import { describePrefixLists } from './describe-prefix-lists.js';
import { describeRegions } from './describe-regions.js';
import { describeRouteTables } from './describe-route-tables.js';
import { describeSecurityGroupReferences } from './describe-security-group-references.js';
import { describeSecurityGroupRules } from './describe-security-group-rules.js';
import { describeSecurityGroups } from './describe-security-groups.js';
import { describeStaleSecurityGroups } from './describe-stale-security-groups.js';
import { describeSubnets } from './describe-subnets.js';
import { describeTags } from './describe-tags.js';
import { describeTransitGatewayAttachments } from './describe-transit-gateway-attachments.js';
import { describeTransitGatewayRouteTables } from './describe-transit-gateway-route-tables.js';
import { describeTransitGatewayVpcAttachments } from './describe-transit-gateway-vpc-attachments.js';
import { describeTransitGateways } from './describe-transit-gateways.js';
import { describeVpcAttribute } from './describe-vpc-attribute.js';
import { describeVpcPeeringConnections } from './describe-vpc-peering-connections.js';
import { describeVpcs } from './describe-vpcs.js';
import { describeVpnConnections } from './describe-vpn-connections.js';
import { describeVpnGateways } from './describe-vpn-gateways.js';
import { detachInternetGateway } from './detach-internet-gateway.js';
import { detachVpnGateway } from './detach-vpn-gateway.js';
import { disableTransitGatewayRouteTablePropagation } from './disable-transit-gateway-route-table-propagation.js';
import { disableVgwRoutePropagation } from './disable-vgw-route-propagation.js';
import { disassociateRouteTable } from './disassociate-route-table.js';
import { disassociateSubnetCidrBlock } from './disassociate-subnet-cidr-block.js';
import { disassociateTransitGatewayRouteTable } from './disassociate-transit-gateway-route-table.js';
import { disassociateVpcCidrBlock } from './disassociate-vpc-cidr-block.js';
import { enableTransitGatewayRouteTablePropagation } from './enable-transit-gateway-route-table-propagation.js';
import { enableVgwRoutePropagation } from './enable-vgw-route-propagation.js';
import { getManagedPrefixListAssociations } from './get-managed-prefix-list-associations.js';
import { getManagedPrefixListEntries } from './get-managed-prefix-list-entries.js';
import { getManagedResourceVisibility } from './get-managed-resource-visibility.js';
import { getSubnetCidrReservations } from './get-subnet-cidr-reservations.js';
import { getTransitGatewayAttachmentPropagations } from './get-transit-gateway-attachment-propagations.js';
import { getTransitGatewayRouteTableAssociations } from './get-transit-gateway-route-table-associations.js';
import { getTransitGatewayRouteTablePropagations } from './get-transit-gateway-route-table-propagations.js';
import { modifyManagedPrefixList } from './modify-managed-prefix-list.js';
import { modifyManagedResourceVisibility } from './modify-managed-resource-visibility.js';
import { modifyNetworkInterfaceAttribute } from './modify-network-interface-attribute.js';
import { modifySecurityGroupRules } from './modify-security-group-rules.js';
import { modifySubnetAttribute } from './modify-subnet-attribute.js';
import { modifyTransitGatewayVpcAttachment } from './modify-transit-gateway-vpc-attachment.js';
import { modifyTransitGateway } from './modify-transit-gateway.js';
import { modifyVpcAttribute } from './modify-vpc-attribute.js';
import { modifyVpcPeeringConnectionOptions } from './modify-vpc-peering-connection-options.js';
import { rejectTransitGatewayVpcAttachment } from './reject-transit-gateway-vpc-attachment.js';
import { rejectVpcPeeringConnection } from './reject-vpc-peering-connection.js';
import { replaceNetworkAclAssociation } from './replace-network-acl-association.js';
import { replaceNetworkAclEntry } from './replace-network-acl-entry.js';
import { replaceRouteTableAssociation } from './replace-route-table-association.js';
import { replaceRoute } from './replace-route.js';
import { replaceTransitGatewayRoute } from './replace-transit-gateway-route.js';
import { restoreManagedPrefixListVersion } from './restore-managed-prefix-list-version.js';
import { revokeSecurityGroupEgress } from './revoke-security-group-egress.js';
import { revokeSecurityGroupIngress } from './revoke-security-group-ingress.js';
import { runInstances } from './run-instances.js';
import { searchTransitGatewayRoutes } from './search-transit-gateway-routes.js';
import { startInstances } from './start-instances.js';
import { stopInstances } from './stop-instances.js';
import { terminateInstances } from './terminate-instances.js';
import { unassignPrivateIpAddresses } from './unassign-private-ip-addresses.js';
import { updateSecurityGroupRuleDescriptionsEgress } from './update-security-group-rule-descriptions-egress.js';
import { updateSecurityGroupRuleDescriptionsIngress } from './update-security-group-rule-descriptions-ingress.js';

/** The operations of EC2 that are simulated: its networking. */
export const operations: readonly AnyOperation[] = [
  acceptTransitGatewayVpcAttachment,
  acceptVpcPeeringConnection,
  assignPrivateIpAddresses,
  associateDhcpOptions,
  associateRouteTable,
  associateSubnetCidrBlock,
  associateTransitGatewayRouteTable,
  associateVpcCidrBlock,
  attachInternetGateway,
  attachVpnGateway,
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  createCustomerGateway,
  createDefaultSubnet,
  createDefaultVpc,
  createDhcpOptions,
  createEgressOnlyInternetGateway,
  createInternetGateway,
  createManagedPrefixList,
  createNetworkAclEntry,
  createNetworkAcl,
  createNetworkInterface,
  createRouteTable,
  createRoute,
  createSecurityGroup,
  createSubnetCidrReservation,
  createSubnet,
  createTags,
  createTransitGatewayRouteTable,
  createTransitGatewayRoute,
  createTransitGatewayVpcAttachment,
  createTransitGateway,
  createVpcPeeringConnection,
  createVpc,
  createVpnConnectionRoute,
  createVpnConnection,
  createVpnGateway,
  deleteCustomerGateway,
  deleteDhcpOptions,
  deleteEgressOnlyInternetGateway,
  deleteInternetGateway,
  deleteManagedPrefixList,
  deleteNetworkAclEntry,
  deleteNetworkAcl,
  deleteNetworkInterface,
  deleteRouteTable,
  deleteRoute,
  deleteSecurityGroup,
  deleteSubnetCidrReservation,
  deleteSubnet,
  deleteTags,
  deleteTransitGatewayRouteTable,
  deleteTransitGatewayRoute,
  deleteTransitGatewayVpcAttachment,
  deleteTransitGateway,
  deleteVpcPeeringConnection,
  deleteVpc,
  deleteVpnConnectionRoute,
  deleteVpnConnection,
  deleteVpnGateway,
  describeAccountAttributes,
  describeAvailabilityZones,
  describeCustomerGateways,
  describeDhcpOptions,
  describeEgressOnlyInternetGateways,
  describeInstances,
  describeInternetGateways,
  describeManagedPrefixLists,
  describeNetworkAcls,
  describeNetworkInterfaceAttribute,
  describeNetworkInterfaces,
  describePrefixLists,
  describeRegions,
  describeRouteTables,
  describeSecurityGroupReferences,
  describeSecurityGroupRules,
  describeSecurityGroups,
  describeStaleSecurityGroups,
  describeSubnets,
  describeTags,
  describeTransitGatewayAttachments,
  describeTransitGatewayRouteTables,
  describeTransitGatewayVpcAttachments,
  describeTransitGateways,
  describeVpcAttribute,
  describeVpcPeeringConnections,
  describeVpcs,
  describeVpnConnections,
  describeVpnGateways,
  detachInternetGateway,
  detachVpnGateway,
  disableTransitGatewayRouteTablePropagation,
  disableVgwRoutePropagation,
  disassociateRouteTable,
  disassociateSubnetCidrBlock,
  disassociateTransitGatewayRouteTable,
  disassociateVpcCidrBlock,
  enableTransitGatewayRouteTablePropagation,
  enableVgwRoutePropagation,
  getManagedPrefixListAssociations,
  getManagedPrefixListEntries,
  getManagedResourceVisibility,
  getSubnetCidrReservations,
  getTransitGatewayAttachmentPropagations,
  getTransitGatewayRouteTableAssociations,
  getTransitGatewayRouteTablePropagations,
  modifyManagedPrefixList,
  modifyManagedResourceVisibility,
  modifyNetworkInterfaceAttribute,
  modifySecurityGroupRules,
  modifySubnetAttribute,
  modifyTransitGatewayVpcAttachment,
  modifyTransitGateway,
  modifyVpcAttribute,
  modifyVpcPeeringConnectionOptions,
  rejectTransitGatewayVpcAttachment,
  rejectVpcPeeringConnection,
  replaceNetworkAclAssociation,
  replaceNetworkAclEntry,
  replaceRouteTableAssociation,
  replaceRoute,
  replaceTransitGatewayRoute,
  restoreManagedPrefixListVersion,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
  runInstances,
  searchTransitGatewayRoutes,
  startInstances,
  stopInstances,
  terminateInstances,
  unassignPrivateIpAddresses,
  updateSecurityGroupRuleDescriptionsEgress,
  updateSecurityGroupRuleDescriptionsIngress,
];
