import type { GatewayResponse, PutGatewayResponseRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { checkResponseType, gatewayResponse } from '../../../rest-api/authorizer/gateway-responses.js';
import { getApi } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Sets the response of a type, in place of an earlier one. It is served after the next deployment. */
export const putGatewayResponse = restOperation<Given<PutGatewayResponseRequest>, GatewayResponse>({
  name: 'PutGatewayResponse',
  kind: 'write',
  limits: { statusCode: { pattern: /^[1-5]\d\d$/ } },
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, responseType, ...input }) {
    checkResponseType(responseType);
    const api = getApi(call, restApiId);
    const row = gatewayResponse(responseType, input);
    api.gatewayResponses.set(responseType, row);
    return row;
  },
});
