import type { GatewayResponse, UpdateGatewayResponseRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { RESPONSE_PATCH, RESPONSE_WORDS } from '../../../rest-api/authorizer/gateway-response-patch.js';
import { checkResponseType, shownResponse } from '../../../rest-api/authorizer/gateway-responses.js';
import { getApi } from '../../../rest-api/find.js';
import { PATCH_LIMITS, patched } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Changes the response of a type. A default one becomes the API's own. */
export const updateGatewayResponse = restOperation<Given<UpdateGatewayResponseRequest>, GatewayResponse>({
  name: 'UpdateGatewayResponse',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, responseType, patchOperations }) {
    checkResponseType(responseType);
    const api = getApi(call, restApiId);
    const changed = patched(shownResponse(api, responseType), patchOperations, RESPONSE_PATCH, RESPONSE_WORDS);
    const row = { ...changed, defaultResponse: false };
    api.gatewayResponses.set(responseType, row);
    return row;
  },
});
