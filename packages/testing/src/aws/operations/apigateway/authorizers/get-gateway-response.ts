import type { GatewayResponse, GetGatewayResponseRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { checkResponseType, shownResponse } from '../../../rest-api/authorizer/gateway-responses.js';
import { getApi } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** The response of a type: the API's own, or the default one. */
export const getGatewayResponse = restOperation<Given<GetGatewayResponseRequest>, GatewayResponse>({
  name: 'GetGatewayResponse',
  kind: 'read',
  run(call, { restApiId, responseType }) {
    checkResponseType(responseType);
    return shownResponse(getApi(call, restApiId), responseType);
  },
});
