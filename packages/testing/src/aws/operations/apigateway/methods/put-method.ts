import type { Method, PutMethodRequest } from '@aws-sdk/client-api-gateway';
import { getApiOfResource, getResource } from '../../../rest-api/find.js';
import { setMethod } from '../../../rest-api/method/find-method.js';
import { checkedMethod, checkVerb } from '../../../rest-api/method/method-rules.js';
import { METHOD_WORDS } from '../../../rest-api/method/words.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Creates a method of a resource. */
export const putMethod = restOperation<PutMethodRequest, Method>({
  name: 'PutMethod',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, resourceId, httpMethod, ...input }) {
    const api = getApiOfResource(call, restApiId);
    const resource = getResource(api, resourceId);
    const verb = checkVerb(httpMethod);
    if (resource.methods.has(verb)) throw METHOD_WORDS.methodExists();
    const method = checkedMethod(api, { apiKeyRequired: false, ...input, httpMethod: verb });
    setMethod(api, resource, method);
    return method;
  },
});
