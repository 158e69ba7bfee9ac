import type { AnyAlibabaOperation } from '../../operation/operation.js';
import { authorizationOperations } from './authorization.js';
import { consumerOperations } from './consumer.js';
import { deploymentOperations } from './deployment.js';
import { domainOperations } from './domain.js';
import { gatewayOperations } from './gateway.js';
import { httpApiOperations } from './http-api.js';
import { operationOperations } from './operation.js';
import { pluginOperations } from './plugin.js';
import { policyOperations } from './policy.js';
import { routeOperations } from './route.js';
import { groupRuleOperations } from './security-group-rule.js';
import { serviceOperations } from './service.js';
import { tagOperations } from './tags.js';

/** The simulated operations of Cloud-native API Gateway. */
export const operations: readonly AnyAlibabaOperation[] = [
  ...gatewayOperations,
  ...groupRuleOperations,
  ...serviceOperations,
  ...httpApiOperations,
  ...routeOperations,
  ...operationOperations,
  ...deploymentOperations,
  ...domainOperations,
  ...policyOperations,
  ...pluginOperations,
  ...consumerOperations,
  ...authorizationOperations,
  ...tagOperations,
];
