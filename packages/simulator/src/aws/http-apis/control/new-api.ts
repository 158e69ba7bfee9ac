import { defined } from '../../../simulation/defined.js';
import type { Cors, CreateApiRequest } from '@aws-sdk/client-apigatewayv2';
import { badRequest } from '../../api-gateway/words.js';
import type { AwsCall } from '../../operation/operation.js';
import type { ApiFields, ApiRow } from './state.js';
import { checkTags } from './request.js';
import { autoDeploy } from './deployments.js';
import { checkIntegration } from './integration.js';
import { checkRouteKey } from './route.js';
import { newStage } from './stage-rules.js';

/** Seconds. */
const LONGEST_MAX_AGE = 86_400;

/**
 * Refuses an inconsistent CORS configuration.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 * @throws {ServiceError} BadRequestException; the messages are [U]
 */
export function checkCors(cors: Cors): Cors {
  const { MaxAge: age } = cors;
  if (age !== undefined && (age < -1 || age > LONGEST_MAX_AGE)) {
    throw badRequest(`MaxAge must be between -1 and ${LONGEST_MAX_AGE} seconds`);
  }
  if (cors.AllowCredentials === true && cors.AllowOrigins?.includes('*') === true) {
    throw badRequest('allowCredentials is not supported for origin *');
  }

  return { AllowCredentials: false, ...cors };
}

type Input = Omit<CreateApiRequest, 'Target' | 'RouteKey' | 'CredentialsArn'> &
  Required<Pick<CreateApiRequest, 'Name' | 'ProtocolType'>>;

/**
 * Both spellings are accepted.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
const HTTP_SELECTION = /^(\$request\.method \$request\.path|\$\{request\.method\} \$\{request\.path\})$/;

/**
 * Makes an HTTP or WebSocket API without routes and stages. It is not in the account yet.
 * @throws {ServiceError} BadRequestException
 */
export function newApi(call: AwsCall, { CorsConfiguration: cors, Tags, ...input }: Input): ApiRow {
  const most = call.quota('http-apis');
  // [U] words
  if (call.state.apiGateway.apis.size >= most) throw badRequest(`There are too many APIs. Limit is ${most}.`);

  const id = call.id('', 10, 'base36');
  const suffix = call.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const websocket = input.ProtocolType === 'WEBSOCKET';
  const fields: ApiFields = {
    ApiKeySelectionExpression: '$request.header.x-api-key',
    DisableExecuteApiEndpoint: false,
    IpAddressType: 'ipv4',
    RouteSelectionExpression: websocket ? undefined : '$request.method $request.path',
    ...input,
    ApiEndpoint: `${websocket ? 'wss' : 'https'}://${id}.execute-api.${call.region}.${suffix}`,
    ApiId: id,
    CreatedDate: new Date(call.now),
    Tags: checkTags(Tags),
    ...(cors && { CorsConfiguration: checkCors(cors) }),
  };
  const selection = fields.RouteSelectionExpression ?? '';
  if (websocket ? selection === '' : !HTTP_SELECTION.test(selection)) {
    throw badRequest(`Invalid route selection expression specified: ${selection}`);
  }

  return { fields, stages: new Map(), deployments: new Map(), integrations: new Map(), routes: new Map() };
}

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
    ...defined({ CredentialsArn }),
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
