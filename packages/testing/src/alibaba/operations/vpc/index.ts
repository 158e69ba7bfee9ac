import type { AnyAlibabaOperation } from '../../operation.js';
import { associateNetworkAcl } from './associate-network-acl.js';
import { associateRouteTable } from './associate-route-table.js';
import { associateVpcCidrBlock } from './associate-vpc-cidr-block.js';
import { createNetworkAcl } from './create-network-acl.js';
import { createRouteEntries } from './create-route-entries.js';
import { createRouteEntry } from './create-route-entry.js';
import { createRouteTable } from './create-route-table.js';
import { createVSwitch } from './create-v-switch.js';
import { createVpc } from './create-vpc.js';
import { deleteNetworkAcl } from './delete-network-acl.js';
import { deleteRouteEntry } from './delete-route-entry.js';
import { deleteRouteTable } from './delete-route-table.js';
import { deleteVSwitch } from './delete-v-switch.js';
import { deleteVpc } from './delete-vpc.js';
import { describeNetworkAclAttributes } from './describe-network-acl-attributes.js';
import { describeNetworkAcls } from './describe-network-acls.js';
import { describeRegions } from './describe-regions.js';
import { describeRouteEntryList } from './describe-route-entry-list.js';
import { describeRouteTableList } from './describe-route-table-list.js';
import { describeRouteTables } from './describe-route-tables.js';
import { describeVSwitchAttributes } from './describe-v-switch-attributes.js';
import { describeVSwitches } from './describe-v-switches.js';
import { describeVpcAttribute } from './describe-vpc-attribute.js';
import { describeVpcs } from './describe-vpcs.js';
import { describeZones } from './describe-zones.js';
import { listTagResources } from './list-tag-resources.js';
import { modifyNetworkAclAttributes } from './modify-network-acl-attributes.js';
import { modifyRouteEntry } from './modify-route-entry.js';
import { modifyRouteTableAttributes } from './modify-route-table-attributes.js';
import { modifyVSwitchAttribute } from './modify-v-switch-attribute.js';
import { modifyVpcAttribute } from './modify-vpc-attribute.js';
import { tagResources } from './tag-resources.js';
import { unTagResources } from './un-tag-resources.js';
import { unassociateNetworkAcl } from './unassociate-network-acl.js';
import { unassociateRouteTable } from './unassociate-route-table.js';
import { unassociateVpcCidrBlock } from './unassociate-vpc-cidr-block.js';
import { updateNetworkAclEntries } from './update-network-acl-entries.js';

/** The simulated actions of VPC. */
export const operations: readonly AnyAlibabaOperation[] = [
  associateNetworkAcl,
  associateRouteTable,
  associateVpcCidrBlock,
  createNetworkAcl,
  createRouteEntries,
  createRouteEntry,
  createRouteTable,
  createVSwitch,
  createVpc,
  deleteNetworkAcl,
  deleteRouteEntry,
  deleteRouteTable,
  deleteVSwitch,
  deleteVpc,
  describeNetworkAclAttributes,
  describeNetworkAcls,
  describeRegions,
  describeRouteEntryList,
  describeRouteTableList,
  describeRouteTables,
  describeVSwitchAttributes,
  describeVSwitches,
  describeVpcAttribute,
  describeVpcs,
  describeZones,
  listTagResources,
  modifyNetworkAclAttributes,
  modifyRouteEntry,
  modifyRouteTableAttributes,
  modifyVSwitchAttribute,
  modifyVpcAttribute,
  tagResources,
  unTagResources,
  unassociateNetworkAcl,
  unassociateRouteTable,
  unassociateVpcCidrBlock,
  updateNetworkAclEntries,
];
