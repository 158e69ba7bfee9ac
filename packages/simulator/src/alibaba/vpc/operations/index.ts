import type { AnyAlibabaOperation } from '../../operation/operation.js';
import { eipActions } from './eip.js';
import { natGatewayActions } from './nat-gateway.js';
import { networkAclActions } from './network-acl.js';
import { regionActions } from './region.js';
import { routeEntryActions } from './route-entry.js';
import { routeTableActions } from './route-table.js';
import { tagActions } from './tags.js';
import { vSwitchActions } from './v-switch.js';
import { vpcActions } from './vpc.js';

/** The simulated actions of VPC. */
export const operations: readonly AnyAlibabaOperation[] = [
  ...eipActions,
  ...natGatewayActions,
  ...networkAclActions,
  ...regionActions,
  ...routeEntryActions,
  ...routeTableActions,
  ...tagActions,
  ...vSwitchActions,
  ...vpcActions,
];
