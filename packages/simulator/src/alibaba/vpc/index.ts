import type { AnyAlibabaOperation } from '../operation/operation.js';
import { eipActions } from './operations/eip.js';
import { natGatewayActions } from './operations/nat-gateway.js';
import { networkAclActions } from './operations/network-acl.js';
import { routeEntryActions } from './operations/route-entry.js';
import { routeTableActions } from './operations/route-table.js';
import { tagActions } from './operations/tags.js';
import { vpcActions } from './operations/vpc.js';

export { newState } from './state.js';

/** The simulated actions of VPC. */
export const operations: readonly AnyAlibabaOperation[] = [
  ...eipActions,
  ...natGatewayActions,
  ...networkAclActions,
  ...routeEntryActions,
  ...routeTableActions,
  ...tagActions,
  ...vpcActions,
];
