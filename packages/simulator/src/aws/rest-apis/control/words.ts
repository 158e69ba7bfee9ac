import { badRequest, notFound, WORDS as GATEWAY } from '../../api-gateway/words.js';

export { badRequest, conflict, notFound } from '../../api-gateway/words.js';

// The service's own messages. Where no record of the real one is public, the comment is marked [U].
// Most are recorded in LocalStack's snapshots of the real service:
// https://github.com/localstack/localstack/tree/main/tests/aws/services/apigateway

export const WORDS = {
  apiNotFound: GATEWAY.apiNotFound,
  resourceNotFound: () => notFound('Invalid Resource identifier specified'),
  methodNotFound: () => notFound('Invalid Method identifier specified'),
  integrationNotFound: GATEWAY.integrationNotFound,
  deploymentNotFound: GATEWAY.deploymentNotFound,
  stageNotFound: GATEWAY.stageNotFound,
  vpcLinkNotFound: GATEWAY.vpcLinkNotFound,
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/45230 */
  targetRequired: (linkId: string) => badRequest(`IntegrationTarget is required for VpcLinkV2 ${linkId}.`),
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/14290 */
  noPolicy: () => badRequest("Private REST API doesn't have a resource policy attached to it"),
  noMethods: () => badRequest("The REST API doesn't contain any methods"),
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/21210 */
  noIntegration: () => badRequest('No integration defined for method'),
  deploymentInUse: GATEWAY.deploymentInUse,
  deploymentUnknown: () => badRequest('Deployment id does not exist'),
  stageExists: GATEWAY.stageExists,
} as const;
