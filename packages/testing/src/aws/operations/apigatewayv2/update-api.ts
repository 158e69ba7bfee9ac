import type { UpdateApiRequest, UpdateApiResponse } from '@aws-sdk/client-apigatewayv2';
import { checkCors } from '../../api-gateway/cors.js';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getApi } from '../../api-gateway/find.js';
import { patch } from '../../api-gateway/patch.js';
import { badRequest, notSimulated } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Changes what is named of an API. Quick create's members are not simulated here. */
export const updateApi = gatewayOperation<UpdateApiRequest, UpdateApiResponse>({
  name: 'UpdateApi',
  kind: 'write',
  limits: {
    Name: { length: [1, 128] },
    Description: { length: [0, 1024] },
    Version: { length: [0, 64] },
    IpAddressType: { values: ['ipv4', 'dualstack'] },
  },
  holds: ({ ApiId }) => ApiId,
  run(call, input) {
    const { ApiId, Target, RouteKey, CredentialsArn, CorsConfiguration: cors, ...changes } = input;
    const api = getApi(call, ApiId);
    if ((Target ?? RouteKey ?? CredentialsArn) !== undefined) throw notSimulated('Changing what quick create made');
    if (cors && api.fields.ProtocolType === 'WEBSOCKET') {
      throw badRequest('CorsConfiguration is only supported for protocolType HTTP');
    }
    api.fields = { ...patch(api.fields, changes), ...(cors && { CorsConfiguration: checkCors(cors) }) };
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html
    if (cors ?? changes.DisableExecuteApiEndpoint !== undefined) autoDeploy(call, api);
    return { ...api.fields };
  },
});
