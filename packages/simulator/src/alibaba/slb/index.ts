import type { AnyAlibabaOperation } from '../operation/operation.js';
import { accessControlListActions } from './operations/access-control-list.js';
import { backendServerActions } from './operations/backend-server.js';
import { certificateActions } from './operations/certificate.js';
import { listenerActions } from './operations/listener.js';
import { loadBalancerActions } from './operations/load-balancer.js';
import { regionActions } from './operations/region.js';
import { ruleActions } from './operations/rule.js';
import { serverGroupActions } from './operations/server-group.js';
import { tagActionsOf } from '../vpc/request/tag-actions.js';
import { taggedSlbRows } from '../vpc/request/tags.js';

export { newState } from './state.js';

/** The simulated actions of CLB. */
export const operations: readonly AnyAlibabaOperation[] = [
  ...accessControlListActions,
  ...backendServerActions,
  ...certificateActions,
  ...listenerActions,
  ...loadBalancerActions,
  ...regionActions,
  ...ruleActions,
  ...serverGroupActions,
  ...tagActionsOf('Slb', 20, ({ slb }, type) => taggedSlbRows(slb, type)),
];
