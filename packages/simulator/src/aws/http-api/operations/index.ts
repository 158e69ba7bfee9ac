import type { AnyOperation } from '../../operation/operation.js';
import { apiMappingOperations } from './api-mapping.js';
import { apiOperations } from './api.js';
import { authorizerOperations } from './authorizer.js';
import { deploymentOperations } from './deployment.js';
import { domainOperations } from './domain.js';
import { integrationResponseOperations, integrationOperations } from './integration.js';
import { modelOperations } from './model.js';
import { openApiOperations } from './open-api.js';
import { routeResponseOperations, routeOperations } from './route.js';
import { stageOperations } from './stage.js';
import { tagOperations } from './tags.js';
import { vpcLinkOperations } from './vpc-link.js';

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
