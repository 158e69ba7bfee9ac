import type { AnyAlibabaOperation } from '../../operation/operation.js';
import { instanceActions } from './instance.js';
import { networkInterfaceActions } from './network-interface.js';
import { prefixListActions } from './prefix-list.js';
import { regionActions } from './region.js';
import { securityGroupActions } from './security-group.js';
import { tagActionsOf, taggedEcsRows } from '../../vpc/request/tags.js';

/** The simulated actions of ECS. */
export const operations: readonly AnyAlibabaOperation[] = [
  ...instanceActions,
  ...networkInterfaceActions,
  ...prefixListActions,
  ...regionActions,
  ...securityGroupActions,
  ...tagActionsOf('Ecs', 50, ({ network }, type) => taggedEcsRows(network, type)),
];
