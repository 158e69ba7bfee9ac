import type { AnyOperation } from '../../operation/operation.js';
import { accountOperations } from './account.js';
import { apiOperations } from './api.js';
import { apiKeyOperations } from './api-key.js';
import { authorizerOperations } from './authorizer.js';
import { clientCertificateOperations } from './client-certificate.js';
import { deploymentOperations } from './deployment.js';
import { documentationVersionOperations, documentationOperations } from './documentation.js';
import { domainOperations } from './domain.js';
import { gatewayResponseOperations } from './gateway-response.js';
import { integrationOperations } from './integration.js';
import { methodOperations } from './method.js';
import { modelOperations } from './model.js';
import { openApiOperations } from './open-api.js';
import { requestValidatorOperations } from './request-validator.js';
import { resourceOperations } from './resource.js';
import { stageOperations } from './stage.js';
import { usagePlanOperations } from './usage-plan.js';
import { vpcLinkOperations } from './vpc-link.js';

/** The simulated operations of API Gateway V1: REST APIs and V1 VPC links. */
export const operations: readonly AnyOperation[] = [
  ...accountOperations,
  ...apiOperations,
  ...apiKeyOperations,
  ...authorizerOperations,
  ...clientCertificateOperations,
  ...deploymentOperations,
  ...documentationOperations,
  ...documentationVersionOperations,
  ...domainOperations,
  ...gatewayResponseOperations,
  ...integrationOperations,
  ...methodOperations,
  ...modelOperations,
  ...openApiOperations,
  ...requestValidatorOperations,
  ...resourceOperations,
  ...stageOperations,
  ...usagePlanOperations,
  ...vpcLinkOperations,
];
