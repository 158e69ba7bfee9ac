import type { DeleteGatewayResponseRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { checkResponseType } from '../../../rest-api/authorizer/gateway-responses.js';
import { getApi } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { notFound } from '../../../rest-api/words.js';

/** Returns a type to its default response. */
export const deleteGatewayResponse = restOperation<Given<DeleteGatewayResponseRequest>, Record<string, never>>({
  name: 'DeleteGatewayResponse',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, responseType }) {
    checkResponseType(responseType);
    const api = getApi(call, restApiId);
    if (!api.gatewayResponses.delete(responseType)) throw notFound('Gateway response type not defined on api');
    return {};
  },
});
