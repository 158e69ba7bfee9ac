import type { DeleteIntegrationResponseRequest } from '@aws-sdk/client-api-gateway';
import { getApiOfResource, getResource } from '../../../rest-api/find.js';
import { getIntegrationResponse, withoutIntegrationResponse } from '../../../rest-api/integration/responses.js';
import { setMethod } from '../../../rest-api/method/find-method.js';
import { checkStatusCode } from '../../../rest-api/method/responses.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { WORDS } from '../../../rest-api/words.js';

/**
 * Deletes a response of an integration. An unknown method has the sentence of an unknown integration here.
 */
export const deleteIntegrationResponse = restOperation<DeleteIntegrationResponseRequest, Record<string, never>>({
  name: 'DeleteIntegrationResponse',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, resourceId, httpMethod, statusCode }) {
    const code = checkStatusCode(statusCode);
    const api = getApiOfResource(call, restApiId);
    const resource = getResource(api, resourceId);
    const method = resource.methods.get(httpMethod ?? '');
    if (!method) throw WORDS.integrationNotFound();
    getIntegrationResponse(method, code);
    setMethod(api, resource, withoutIntegrationResponse(method, code));
    return {};
  },
});
