import type { DeleteIntegrationRequest } from '@aws-sdk/client-api-gateway';
import { getIntegration } from '../../../rest-api/integration/responses.js';
import { findMethod, setMethod } from '../../../rest-api/method/find-method.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Deletes the integration of a method, with its responses. */
export const deleteIntegration = restOperation<DeleteIntegrationRequest, Record<string, never>>({
  name: 'DeleteIntegration',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, input) {
    const { api, resource, method } = findMethod(call, input);
    getIntegration(method);
    const { methodIntegration: _, ...rest } = method;
    setMethod(api, resource, rest);
    return {};
  },
});
