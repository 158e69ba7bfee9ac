import type { MethodResponse, UpdateMethodResponseRequest } from '@aws-sdk/client-api-gateway';
import { findMethod, setMethod } from '../../../rest-api/method/find-method.js';
import { METHOD_RESPONSE_PATCH } from '../../../rest-api/method/method-patch.js';
import {
  checkMethodResponse,
  checkStatusCode,
  getMethodResponse,
  withMethodResponse,
} from '../../../rest-api/method/responses.js';
import { PATCH_LIMITS, patched, SHORT_WORDS } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Changes a response of a method. */
export const updateMethodResponse = restOperation<UpdateMethodResponseRequest, MethodResponse>({
  name: 'UpdateMethodResponse',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { statusCode, patchOperations, ...key }) {
    const code = checkStatusCode(statusCode);
    const { api, resource, method } = findMethod(call, key);
    const response = patched(getMethodResponse(method, code), patchOperations, METHOD_RESPONSE_PATCH, SHORT_WORDS);
    checkMethodResponse(api, response);
    setMethod(api, resource, withMethodResponse(method, code, response));
    return response;
  },
});
