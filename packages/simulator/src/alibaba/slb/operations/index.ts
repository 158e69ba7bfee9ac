import type { AnyAlibabaOperation } from '../../operation/operation.js';
import { accessControlListActions } from './access-control-list.js';
import { backendServerActions } from './backend-server.js';
import { certificateActions } from './certificate.js';
import { listenerActions } from './listener.js';
import { loadBalancerActions } from './load-balancer.js';
import { regionActions } from './region.js';
import { ruleActions } from './rule.js';
import { serverGroupActions } from './server-group.js';
import { tagActions } from './tags.js';

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
  ...tagActions,
];
