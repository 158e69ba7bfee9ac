import type { AnyAlibabaOperation } from '../../operation/operation.js';
import { gatewayOperations } from './gateway.js';
import { groupRuleOperations } from './security-group-rule.js';
import { tagOperations } from './tags.js';

/** The simulated operations of Cloud-native API Gateway. */
export const operations: readonly AnyAlibabaOperation[] = [
  ...gatewayOperations,
  ...groupRuleOperations,
  ...tagOperations,
];
