import type { AnyOperation } from '../../registry.js';
import { assignPrivateIpAddresses } from './assign-private-ip-addresses.js';
import { associateDhcpOptions } from './associate-dhcp-options.js';
import { associateRouteTable } from './associate-route-table.js';
import { associateSubnetCidrBlock } from './associate-subnet-cidr-block.js';
import { associateVpcCidrBlock } from './associate-vpc-cidr-block.js';
import { attachInternetGateway } from './attach-internet-gateway.js';
import { authorizeSecurityGroupEgress } from './authorize-security-group-egress.js';
import { authorizeSecurityGroupIngress } from './authorize-security-group-ingress.js';
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
import { createVpc } from './create-vpc.js';
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
import { deleteVpc } from './delete-vpc.js';
import { describeAccountAttributes } from './describe-account-attributes.js';
import { describeAvailabilityZones } from './describe-availability-zones.js';
import { describeDhcpOptions } from './describe-dhcp-options.js';
import { describeEgressOnlyInternetGateways } from './describe-egress-only-internet-gateways.js';
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
import { describeVpcAttribute } from './describe-vpc-attribute.js';
import { describeVpcPeeringConnections } from './describe-vpc-peering-connections.js';
import { describeVpcs } from './describe-vpcs.js';
import { detachInternetGateway } from './detach-internet-gateway.js';
import { disassociateRouteTable } from './disassociate-route-table.js';
import { disassociateSubnetCidrBlock } from './disassociate-subnet-cidr-block.js';
import { disassociateVpcCidrBlock } from './disassociate-vpc-cidr-block.js';
import { getManagedPrefixListAssociations } from './get-managed-prefix-list-associations.js';
import { getManagedPrefixListEntries } from './get-managed-prefix-list-entries.js';
import { getManagedResourceVisibility } from './get-managed-resource-visibility.js';
import { getSubnetCidrReservations } from './get-subnet-cidr-reservations.js';
import { modifyManagedPrefixList } from './modify-managed-prefix-list.js';
import { modifyManagedResourceVisibility } from './modify-managed-resource-visibility.js';
import { modifyNetworkInterfaceAttribute } from './modify-network-interface-attribute.js';
import { modifySecurityGroupRules } from './modify-security-group-rules.js';
import { modifySubnetAttribute } from './modify-subnet-attribute.js';
import { modifyVpcAttribute } from './modify-vpc-attribute.js';
import { replaceNetworkAclAssociation } from './replace-network-acl-association.js';
import { replaceNetworkAclEntry } from './replace-network-acl-entry.js';
import { replaceRouteTableAssociation } from './replace-route-table-association.js';
import { replaceRoute } from './replace-route.js';
import { restoreManagedPrefixListVersion } from './restore-managed-prefix-list-version.js';
import { revokeSecurityGroupEgress } from './revoke-security-group-egress.js';
import { revokeSecurityGroupIngress } from './revoke-security-group-ingress.js';
import { unassignPrivateIpAddresses } from './unassign-private-ip-addresses.js';
import { updateSecurityGroupRuleDescriptionsEgress } from './update-security-group-rule-descriptions-egress.js';
import { updateSecurityGroupRuleDescriptionsIngress } from './update-security-group-rule-descriptions-ingress.js';

/** The operations of EC2 that are simulated: its networking. */
export const operations: readonly AnyOperation[] = [
  assignPrivateIpAddresses,
  associateDhcpOptions,
  associateRouteTable,
  associateSubnetCidrBlock,
  associateVpcCidrBlock,
  attachInternetGateway,
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
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
  createVpc,
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
  deleteVpc,
  describeAccountAttributes,
  describeAvailabilityZones,
  describeDhcpOptions,
  describeEgressOnlyInternetGateways,
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
  describeVpcAttribute,
  describeVpcPeeringConnections,
  describeVpcs,
  detachInternetGateway,
  disassociateRouteTable,
  disassociateSubnetCidrBlock,
  disassociateVpcCidrBlock,
  getManagedPrefixListAssociations,
  getManagedPrefixListEntries,
  getManagedResourceVisibility,
  getSubnetCidrReservations,
  modifyManagedPrefixList,
  modifyManagedResourceVisibility,
  modifyNetworkInterfaceAttribute,
  modifySecurityGroupRules,
  modifySubnetAttribute,
  modifyVpcAttribute,
  replaceNetworkAclAssociation,
  replaceNetworkAclEntry,
  replaceRouteTableAssociation,
  replaceRoute,
  restoreManagedPrefixListVersion,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
  unassignPrivateIpAddresses,
  updateSecurityGroupRuleDescriptionsEgress,
  updateSecurityGroupRuleDescriptionsIngress,
];
