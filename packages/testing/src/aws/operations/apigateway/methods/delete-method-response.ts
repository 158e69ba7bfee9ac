import type { DeleteMethodResponseRequest } from '@aws-sdk/client-api-gateway';
import { findMethod, setMethod } from '../../../rest-api/method/find-method.js';
import { checkStatusCode, getMethodResponse, withoutMethodResponse } from '../../../rest-api/method/responses.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Deletes a response of a method. */
export const deleteMethodResponse = restOperation<DeleteMethodResponseRequest, Record<string, never>>({
  name: 'DeleteMethodResponse',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { statusCode, ...key }) {
    const code = checkStatusCode(statusCode);
    const { api, resource, method } = findMethod(call, key);
    getMethodResponse(method, code);
    setMethod(api, resource, withoutMethodResponse(method, code));
    return {};
  },
});
