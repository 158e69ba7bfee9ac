import { errorsOf } from '../operation/operation.js';

// The service's own messages. Where no record of the real one is public, the comment is marked [U].

/** Refusals with the status 400, 404 and 409. */
export const badRequest = errorsOf('BadRequestException');
export const notFound = errorsOf('NotFoundException', 404);
export const conflict = errorsOf('ConflictException', 409);

export const WORDS = {
  /** @see https://github.com/aws/aws-sam-cli/issues/7030 */
  apiNotFound: (account: string, id: string) => notFound(`Invalid API identifier specified ${account}:${id}`),
  // [U], formed like the sentences of REST APIs.
  integrationNotFound: () => notFound('Invalid Integration identifier specified'),
  routeNotFound: () => notFound('Invalid Route identifier specified'),
  authorizerNotFound: () => notFound('Invalid Authorizer identifier specified'),
  stageNotFound: () => notFound('Invalid stage identifier specified'),
  deploymentNotFound: () => notFound('Invalid Deployment identifier specified'),
  /** The message recorded for V1 links (LocalStack's snapshots of the real service); for V2 [U]. */
  vpcLinkNotFound: () => notFound('Invalid Vpc Link identifier specified'),

  /** @see https://github.com/aws/aws-cdk/issues/13569 */
  zoneNotServed: (subnetId: string, zoneId: string) =>
    badRequest(`Subnet '${subnetId}' is in Availability Zone '${zoneId}' where service is not available`),
  /** @see https://github.com/aws/aws-cdk/issues/34137 */
  sharedSubnet: () => badRequest('For a shared subnet, at least one security-group-id should be provided'),
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/40500 */
  tooManyVpcLinks: (limit: number) =>
    badRequest(`There are too many Vpc Links defined for this account. Limit is ${limit}.`),
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/12195 */
  vpcLinkReferenced: (id: string, users: readonly string[]) =>
    badRequest(
      `Cannot delete vpc link. Vpc link '${id}', is referenced in [${users.join(', ')}] in format of [Method:Resource].`,
    ),
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/12195 */
  integrationReferenced: (routeIds: readonly string[]) =>
    conflict(
      `Cannot delete Integration because it is referenced by the following Routes with Ids: [${routeIds.join(', ')}]`,
    ),
  /** @see https://github.com/aws/aws-cdk/issues/8066 */
  privateUri: () =>
    badRequest(
      'For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.',
    ),
  /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
  routeKeyForm: () =>
    badRequest(
      'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
    ),
  /** @see https://github.com/anomalyco/sst/issues/207 */
  pathParts: () =>
    badRequest(
      'One or more path parts appear to be invalid. Parts are validated against this regular expression: ' +
        '^(\\{[\\w.:-]+\\+?\\}|[a-zA-Z0-9.:_-]+)$',
    ),
  routeExists: (key: string) => conflict(`Route with key ${key} already exists for this API`),
  /** @see https://github.com/plutomi/plutomi/issues/271 */
  variableClash: (key: string, other: string) =>
    conflict(`The provided route key "${key}" has a conflicting variable on the same hierarchical level as "${other}"`),
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/2918 */
  stageExists: () => conflict('Stage already exists'),
  noRoutes: () => badRequest(NO_ROUTES),
  deploymentOfAutoDeploy: () => badRequest('Deployment ID cannot be set on stages with AutoDeploy enabled'),
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/19805 (REST APIs; for HTTP APIs [U]) */
  deploymentInUse: () => badRequest('Active stages pointing to this deployment must be moved or deleted'),
  routeOfSettings: (key: string) => notFound(`Unable to find Route by key ${key} within the provided RouteSettings`),
  executionLogs: () => badRequest('Execution logs are not supported on protocolType HTTP'),
  /** @see https://github.com/hashicorp/terraform-provider-aws/pull/17997 */
  mapping: (...errors: string[]) =>
    badRequest(
      `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${errors.join(', ')}]`,
    ),
  /** [U] The message is that of the quota of links. */
  quota: (what: string, limit: number) =>
    badRequest(`There are too many ${what} defined for this API. Limit is ${limit}.`),
} as const;

/** The message for an API without routes, in CreateDeployment and in a stage's `LastDeploymentStatusMessage`. */
export const NO_ROUTES = 'Unable to deploy API because no routes exist in this API';
