import { ServiceError } from '../service-error.js';

// The service's own messages. Where no record of the real one is public, the comment is marked [U].
// Most are recorded in LocalStack's snapshots of the real service:
// https://github.com/localstack/localstack/tree/main/tests/aws/services/apigateway

/** 400. */
export function badRequest(message: string): ServiceError {
  return new ServiceError('BadRequestException', message, 400);
}

/** 404. */
export function notFound(message: string): ServiceError {
  return new ServiceError('NotFoundException', message, 404);
}

/** 409. */
export function conflict(message: string): ServiceError {
  return new ServiceError('ConflictException', message, 409);
}

/** The error for a feature of the service that is not simulated. */
export function notSimulated(what: string): ServiceError {
  return new ServiceError('NotImplemented', `${what} is not simulated.`, 501);
}

export const WORDS = {
  apiNotFound: (account: string, id: string) => notFound(`Invalid API identifier specified ${account}:${id}`),
  resourceNotFound: () => notFound('Invalid Resource identifier specified'),
  methodNotFound: () => notFound('Invalid Method identifier specified'),
  integrationNotFound: () => notFound('Invalid Integration identifier specified'),
  deploymentNotFound: () => notFound('Invalid Deployment identifier specified'),
  stageNotFound: () => notFound('Invalid stage identifier specified'),
  vpcLinkNotFound: () => notFound('Invalid Vpc Link identifier specified'),
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/45230 */
  targetRequired: (linkId: string) => badRequest(`IntegrationTarget is required for VpcLinkV2 ${linkId}.`),
  noMethods: () => badRequest("The REST API doesn't contain any methods"),
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/21210 */
  noIntegration: () => badRequest('No integration defined for method'),
  deploymentInUse: () => badRequest('Active stages pointing to this deployment must be moved or deleted'),
  deploymentUnknown: () => badRequest('Deployment id does not exist'),
  stageExists: () => conflict('Stage already exists'),
} as const;
