import type { TimerHandlers, AnyOperation } from '../../operation/operation.js';
import { vpcLinkTimers } from './vpc-link.js';
import { apiMappingOperations } from './operations/api-mapping.js';
import { apiOperations, openApiOperations, tagOperations } from './operations/api.js';
import {
  authorizerOperations,
  integrationResponseOperations,
  integrationOperations,
  routeResponseOperations,
  routeOperations,
  modelOperations,
} from './operations/route.js';
import { deploymentOperations, stageOperations } from './operations/stage.js';
import { domainOperations, vpcLinkOperations } from './operations/domain.js';

export { newState } from './state.js';

/** What falls due here: the lives of VPC links. */
export const timers: TimerHandlers = vpcLinkTimers;

/** The simulated operations of API Gateway V2. */
export const operations: readonly AnyOperation[] = [
  ...apiMappingOperations,
  ...apiOperations,
  ...authorizerOperations,
  ...deploymentOperations,
  ...domainOperations,
  ...integrationOperations,
  ...integrationResponseOperations,
  ...modelOperations,
  ...openApiOperations,
  ...routeOperations,
  ...routeResponseOperations,
  ...stageOperations,
  ...tagOperations,
  ...vpcLinkOperations,
];
