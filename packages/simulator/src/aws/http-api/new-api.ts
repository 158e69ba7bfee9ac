import type { Cors, CreateApiRequest } from '@aws-sdk/client-apigatewayv2';
import { badRequest } from '../api-gateway/words.js';
import type { AwsCall } from '../operation/call.js';
import type { ApiFields, ApiRow } from './state.js';
import { checkTags } from './tags.js';

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
