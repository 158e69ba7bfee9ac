import type { CreateApiRequest, CreateApiResponse } from '@aws-sdk/client-apigatewayv2';
import { checkCors } from '../../api-gateway/cors.js';
import { quickCreate } from '../../api-gateway/quick-create.js';
import { checkTags } from '../../api-gateway/tags.js';
import { badRequest } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';
import type { ApiFields, ApiRow } from '../../state/api-gateway-state.js';

/**
 * Both spellings are accepted.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
const HTTP_SELECTION = /^(\$request\.method \$request\.path|\$\{request\.method\} \$\{request\.path\})$/;

/** Creates an HTTP or WebSocket API; with `Target`, an HTTP API that is ready to be called. */
export const createApi = gatewayOperation<CreateApiRequest, CreateApiResponse>({
  name: 'CreateApi',
  kind: 'write',
  limits: {
    Name: { length: [1, 128] },
    Description: { length: [0, 1024] },
    Version: { length: [1, 64] },
    ProtocolType: { values: ['WEBSOCKET', 'HTTP'] },
    IpAddressType: { values: ['ipv4', 'dualstack'] },
  },
  run(call, input) {
    const most = call.quota('http-apis');
    // [U] words
    if (call.state.apiGateway.apis.size >= most) throw badRequest(`There are too many APIs. Limit is ${most}.`);
    const id = call.id('', 10, 'base36');
    const suffix = call.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    const websocket = input.ProtocolType === 'WEBSOCKET';
    const { CorsConfiguration: cors, Target, RouteKey, CredentialsArn, Tags, ...rest } = input;
    const fields: ApiFields = {
      ApiKeySelectionExpression: '$request.header.x-api-key',
      DisableExecuteApiEndpoint: false,
      IpAddressType: 'ipv4',
      RouteSelectionExpression: websocket ? undefined : '$request.method $request.path',
      ...rest,
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
    if (websocket && (cors ?? Target ?? RouteKey ?? CredentialsArn) !== undefined) {
      throw badRequest(
        'CorsConfiguration, Target, RouteKey and CredentialsArn are only supported for protocolType HTTP',
      );
    }
    if (Target === undefined && (RouteKey ?? CredentialsArn) !== undefined) {
      throw badRequest('RouteKey and CredentialsArn are only supported together with Target');
    }
    const api: ApiRow = {
      fields,
      stages: new Map(),
      deployments: new Map(),
      integrations: new Map(),
      routes: new Map(),
    };
    if (Target !== undefined) quickCreate(call, api, { Target, RouteKey, CredentialsArn });
    call.state.apiGateway.apis.set(id, api);
    return { ...fields };
  },
});
