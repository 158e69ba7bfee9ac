import type { IntegrationResponse, UpdateIntegrationResponseRequest } from '@aws-sdk/client-api-gateway';
import { INTEGRATION_RESPONSE_PATCH } from '../../../rest-api/integration/integration-patch.js';
import {
  checkIntegrationResponse,
  getIntegrationResponse,
  withIntegrationResponse,
} from '../../../rest-api/integration/responses.js';
import { findMethod, setMethod } from '../../../rest-api/method/find-method.js';
import { checkStatusCode } from '../../../rest-api/method/responses.js';
import { PATCH_LIMITS, patched, SHORT_WORDS } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Changes a response of an integration. */
export const updateIntegrationResponse = restOperation<UpdateIntegrationResponseRequest, IntegrationResponse>({
  name: 'UpdateIntegrationResponse',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { statusCode, patchOperations, ...key }) {
    const code = checkStatusCode(statusCode);
    const { api, resource, method } = findMethod(call, key);
    const before = getIntegrationResponse(method, code);
    const response = patched(before, patchOperations, INTEGRATION_RESPONSE_PATCH, SHORT_WORDS);
    checkIntegrationResponse(method, code, response);
    setMethod(api, resource, withIntegrationResponse(method, code, response));
    return response;
  },
});
