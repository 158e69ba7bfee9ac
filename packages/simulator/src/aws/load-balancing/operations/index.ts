import type { AnyOperation } from '../../operation/operation.js';
import { accountOperations } from './account.js';
import { listenerOperations } from './listener.js';
import { loadBalancerOperations } from './load-balancer.js';
import { loadBalancerSettingsOperations } from './load-balancer-settings.js';
import { ruleOperations } from './rule.js';
import { tagOperations } from './tags.js';
import { targetOperations } from './target.js';
import { targetGroupOperations } from './target-group.js';
import { trustStoreOperations } from './trust-store.js';

/** What is simulated of Elastic Load Balancing v2. */
export const operations: readonly AnyOperation[] = [
  ...accountOperations,
  ...listenerOperations,
  ...loadBalancerOperations,
  ...loadBalancerSettingsOperations,
  ...ruleOperations,
  ...tagOperations,
  ...targetOperations,
  ...targetGroupOperations,
  ...trustStoreOperations,
];
