import type { TimerHandlers, AnyOperation } from '../../operation/operation.js';
import { vpcLinkV1Timers } from './vpc-link.js';
import { cacheClusterTimers } from './stage/new-stage.js';
import { accountOperations } from './account.js';
import { apiOperations } from './operations/api.js';
import { apiKeyOperations } from './operations/api-key.js';
import { authorizerOperations } from './authorizer.js';
import { clientCertificateOperations } from './client-certificate.js';
import { domainOperations } from './operations/domain.js';
import { gatewayResponseOperations } from './operations/gateway-response.js';
import { methodOperations } from './operations/method.js';
import { modelOperations, requestValidatorOperations } from './model.js';
import { deploymentOperations, stageOperations } from './operations/stage.js';
import { usagePlanOperations } from './operations/usage-plan.js';
import { vpcLinkOperations } from './operations/vpc-link.js';

export { newState } from './state.js';

/** What falls due here: the lives of V1 links and of cache clusters. */
export const timers: TimerHandlers = { ...vpcLinkV1Timers, ...cacheClusterTimers };

/** The simulated operations of API Gateway V1: REST APIs and V1 VPC links. */
export const operations: readonly AnyOperation[] = [
  ...accountOperations,
  ...apiOperations,
  ...apiKeyOperations,
  ...authorizerOperations,
  ...clientCertificateOperations,
  ...deploymentOperations,
  ...domainOperations,
  ...gatewayResponseOperations,
  ...methodOperations,
  ...modelOperations,
  ...requestValidatorOperations,
  ...stageOperations,
  ...usagePlanOperations,
  ...vpcLinkOperations,
];
