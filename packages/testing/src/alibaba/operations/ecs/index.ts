import type { AnyAlibabaOperation } from '../../operation.js';
import { authorizeSecurityGroupEgress } from './authorize-security-group-egress.js';
import { authorizeSecurityGroup } from './authorize-security-group.js';
import { createPrefixList } from './create-prefix-list.js';
import { createSecurityGroup } from './create-security-group.js';
import { deleteInstance } from './delete-instance.js';
import { deleteInstances } from './delete-instances.js';
import { deletePrefixList } from './delete-prefix-list.js';
import { deleteSecurityGroup } from './delete-security-group.js';
import { describeInstances } from './describe-instances.js';
import { describeNetworkInterfaces } from './describe-network-interfaces.js';
import { describePrefixListAssociations } from './describe-prefix-list-associations.js';
import { describePrefixListAttributes } from './describe-prefix-list-attributes.js';
import { describePrefixLists } from './describe-prefix-lists.js';
import { describeRegions } from './describe-regions.js';
import { describeSecurityGroupAttribute } from './describe-security-group-attribute.js';
import { describeSecurityGroupReferences } from './describe-security-group-references.js';
import { describeSecurityGroups } from './describe-security-groups.js';
import { describeZones } from './describe-zones.js';
import { joinSecurityGroup } from './join-security-group.js';
import { leaveSecurityGroup } from './leave-security-group.js';
import { listTagResources } from './list-tag-resources.js';
import { modifyPrefixList } from './modify-prefix-list.js';
import { modifySecurityGroupAttribute } from './modify-security-group-attribute.js';
import { modifySecurityGroupPolicy } from './modify-security-group-policy.js';
import { revokeSecurityGroupEgress } from './revoke-security-group-egress.js';
import { revokeSecurityGroup } from './revoke-security-group.js';
import { runInstances } from './run-instances.js';
import { startInstance } from './start-instance.js';
import { stopInstance } from './stop-instance.js';
import { tagResources } from './tag-resources.js';
import { untagResources } from './untag-resources.js';

/** The simulated actions of ECS. */
export const operations: readonly AnyAlibabaOperation[] = [
  authorizeSecurityGroupEgress,
  authorizeSecurityGroup,
  createPrefixList,
  createSecurityGroup,
  deleteInstance,
  deleteInstances,
  deletePrefixList,
  deleteSecurityGroup,
  describeInstances,
  describeNetworkInterfaces,
  describePrefixListAssociations,
  describePrefixListAttributes,
  describePrefixLists,
  describeRegions,
  describeSecurityGroupAttribute,
  describeSecurityGroupReferences,
  describeSecurityGroups,
  describeZones,
  joinSecurityGroup,
  leaveSecurityGroup,
  listTagResources,
  modifyPrefixList,
  modifySecurityGroupAttribute,
  modifySecurityGroupPolicy,
  revokeSecurityGroupEgress,
  revokeSecurityGroup,
  runInstances,
  startInstance,
  stopInstance,
  tagResources,
  untagResources,
];
