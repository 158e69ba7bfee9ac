import type { AnyAlibabaOperation } from '../operation/operation.js';
import { accessControlListActions } from './operations/access-control-list.js';
import { certificateActions } from './operations/certificate.js';
import { listenerActions } from './operations/listener.js';
import { loadBalancerActions } from './operations/load-balancer.js';
import { serverGroupActions } from './operations/server-group.js';
import { tagActionsOf, taggedSlbRows } from '../vpc/request/tags.js';

export { newState } from './state.js';

/** The simulated actions of CLB. */
export const operations: readonly AnyAlibabaOperation[] = [
  ...accessControlListActions,
  ...certificateActions,
  ...listenerActions,
  ...loadBalancerActions,
  ...serverGroupActions,
  ...tagActionsOf('Slb', 20, ({ slb }, type) => taggedSlbRows(slb, type)),
];
