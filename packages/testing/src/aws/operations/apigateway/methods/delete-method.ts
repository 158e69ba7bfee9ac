import type { DeleteMethodRequest } from '@aws-sdk/client-api-gateway';
import { findMethod, removeMethod } from '../../../rest-api/method/find-method.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Deletes a method with its integration and its responses. */
export const deleteMethod = restOperation<DeleteMethodRequest, Record<string, never>>({
  name: 'DeleteMethod',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, input) {
    const { api, resource, method } = findMethod(call, input);
    removeMethod(api, resource, method.httpMethod);
    return {};
  },
});
