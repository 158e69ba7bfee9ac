import type { TimerHandlers, AnyOperation } from '../../operation/operation.js';
import { vpcLinkTimers } from './vpc-link.js';
import { apiMappingOperations } from './operations/api-mapping.js';
import { apiOperations } from './operations/api.js';
import {
  authorizerOperations,
  integrationResponseOperations,
  integrationOperations,
  routeResponseOperations,
  routeOperations,
  modelOperations,
} from './operations/route.js';
import { stageOperations } from './operations/stage.js';
import { domainOperations } from './operations/domain.js';

export { newState } from './state.js';

/** What falls due here: the lives of VPC links. */
export const timers: TimerHandlers = vpcLinkTimers;

/** The simulated operations of API Gateway V2. */
export const operations: readonly AnyOperation[] = [
  ...apiMappingOperations,
  ...apiOperations,
  ...authorizerOperations,
  ...domainOperations,
  ...integrationOperations,
  ...integrationResponseOperations,
  ...modelOperations,
  ...routeOperations,
  ...routeResponseOperations,
  ...stageOperations,
];
