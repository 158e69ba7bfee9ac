import type { MethodResponse, PutMethodResponseRequest } from '@aws-sdk/client-api-gateway';
import { findMethod, setMethod } from '../../../rest-api/method/find-method.js';
import { checkMethodResponse, checkStatusCode, withMethodResponse } from '../../../rest-api/method/responses.js';
import { METHOD_WORDS } from '../../../rest-api/method/words.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Creates a response of a method. */
export const putMethodResponse = restOperation<PutMethodResponseRequest, MethodResponse>({
  name: 'PutMethodResponse',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, resourceId, httpMethod, ...response }) {
    const code = checkStatusCode(response.statusCode);
    const { api, resource, method } = findMethod(call, { restApiId, resourceId, httpMethod });
    if (Object.hasOwn(method.methodResponses ?? {}, code)) throw METHOD_WORDS.responseExists();
    checkMethodResponse(api, response);
    setMethod(api, resource, withMethodResponse(method, code, response));
    return response;
  },
});
