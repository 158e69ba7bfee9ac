import type { GatewayResponses, GetGatewayResponsesRequest } from '@aws-sdk/client-api-gateway';
import { RESPONSE_TYPES, shownResponse } from '../../../rest-api/authorizer/gateway-responses.js';
import { getApi } from '../../../rest-api/find.js';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** The responses of all types, default ones included. */
export const getGatewayResponses = restOperation<GetGatewayResponsesRequest, GatewayResponses>({
  name: 'GetGatewayResponses',
  kind: 'read',
  run(call, input) {
    const api = getApi(call, input.restApiId);
    const rows = RESPONSE_TYPES.map((type) => shownResponse(api, type));
    return listPage(rows, input, `GetGatewayResponses ${input.restApiId}`, ({ responseType }) => responseType);
  },
});
