import type { IntegrationResponse, PutIntegrationResponseRequest } from '@aws-sdk/client-api-gateway';
import {
  checkIntegrationResponse,
  getIntegration,
  withIntegrationResponse,
} from '../../../rest-api/integration/responses.js';
import { findMethod, setMethod } from '../../../rest-api/method/find-method.js';
import { checkStatusCode } from '../../../rest-api/method/responses.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Sets a response of an integration. It replaces one of the same status code. */
export const putIntegrationResponse = restOperation<PutIntegrationResponseRequest, IntegrationResponse>({
  name: 'PutIntegrationResponse',
  kind: 'write',
  limits: { contentHandling: { values: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] } },
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, resourceId, httpMethod, ...response }) {
    const code = checkStatusCode(response.statusCode);
    const { api, resource, method } = findMethod(call, { restApiId, resourceId, httpMethod });
    getIntegration(method);
    checkIntegrationResponse(method, code, response);
    setMethod(api, resource, withIntegrationResponse(method, code, response));
    return response;
  },
});
