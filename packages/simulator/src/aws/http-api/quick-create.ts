import type { AwsCall } from '../operation/call.js';
import type { ApiRow } from './state.js';
import { autoDeploy } from './deployments.js';
import { checkIntegration } from './integration.js';
import { checkRouteKey } from './route.js';
import { newStage } from './stage-rules.js';

/** The parameters of CreateApi besides the API itself. */
export interface QuickCreate {
  /** A URL, or the ARN of a Lambda function. */
  readonly Target: string;
  readonly RouteKey?: string | undefined;
  readonly CredentialsArn?: string | undefined;
}

/**
 * Quick create: an integration, a route (`$default` by default) and a `$default` stage with automatic
 * deployment, all three managed by API Gateway.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-examples.html#http-api-examples.cli.quick-create
 * @throws {ServiceError} BadRequestException
 */
export function quickCreate(call: AwsCall, api: ApiRow, { Target, RouteKey, CredentialsArn }: QuickCreate): void {
  const lambda = Target.startsWith('arn:');
  const integration = {
    ApiGatewayManaged: true,
    IntegrationId: call.id('', 7, 'base36'),
    ConnectionType: 'INTERNET',
    IntegrationMethod: lambda ? 'POST' : 'ANY',
    IntegrationType: lambda ? 'AWS_PROXY' : 'HTTP_PROXY',
    IntegrationUri: Target,
    PayloadFormatVersion: lambda ? '2.0' : '1.0',
    TimeoutInMillis: 30_000,
    ...(CredentialsArn !== undefined && { CredentialsArn }),
  } as const;
  checkIntegration(call, api, integration);
  const route = {
    ApiGatewayManaged: true,
    ApiKeyRequired: false,
    AuthorizationType: 'NONE',
    RouteId: call.id('', 7, 'base36'),
    RouteKey: checkRouteKey(RouteKey ?? '$default'),
    Target: `integrations/${integration.IntegrationId}`,
  } as const;
  api.integrations.set(integration.IntegrationId, integration);
  api.routes.set(route.RouteId, route);
  api.stages.set('$default', { ...newStage(call, '$default'), ApiGatewayManaged: true, AutoDeploy: true });
  autoDeploy(call, api);
}
