import type { Method, UpdateMethodRequest } from '@aws-sdk/client-api-gateway';
import { findMethod, setMethod } from '../../../rest-api/method/find-method.js';
import { METHOD_PATCH } from '../../../rest-api/method/method-patch.js';
import { checkedMethod } from '../../../rest-api/method/method-rules.js';
import { PATCH_LIMITS, patched, SHORT_WORDS } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Changes a method. */
export const updateMethod = restOperation<UpdateMethodRequest, Method>({
  name: 'UpdateMethod',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { patchOperations, ...key }) {
    const { api, resource, method } = findMethod(call, key);
    const changed = checkedMethod(api, patched(method, patchOperations, METHOD_PATCH, SHORT_WORDS));
    setMethod(api, resource, changed);
    return changed;
  },
});
