import type { TimerHandlers, AnyOperation } from '../operation/operation.js';
import { removeDrained } from './target-group/targets.js';
import { releaseInterface } from './load-balancer/interfaces.js';
import { becomeActive } from './load-balancer/dns.js';
import { listenerOperations } from './operations/listener.js';
import { loadBalancerOperations } from './operations/load-balancer.js';
import { loadBalancerSettingsOperations } from './operations/load-balancer-settings.js';
import { ruleOperations } from './operations/rule.js';
import { tagOperations } from './tags.js';
import { targetGroupOperations } from './operations/target-group.js';
import { trustStoreOperations } from './operations/trust-store.js';

export { newState } from './state.js';

/** What falls due in this service. */
export const timers: TimerHandlers = {
  'load-balancing.active': becomeActive,
  'load-balancing.release-interface': releaseInterface,
  'load-balancing.drained': removeDrained,
};

/** What is simulated of Elastic Load Balancing v2. */
export const operations: readonly AnyOperation[] = [
  ...listenerOperations,
  ...loadBalancerOperations,
  ...loadBalancerSettingsOperations,
  ...ruleOperations,
  ...tagOperations,
  ...targetGroupOperations,
  ...trustStoreOperations,
];
