import type { GetMethodResponseRequest, MethodResponse } from '@aws-sdk/client-api-gateway';
import { findMethod } from '../../../rest-api/method/find-method.js';
import { checkStatusCode, getMethodResponse as find } from '../../../rest-api/method/responses.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** One response of a method. */
export const getMethodResponse = restOperation<GetMethodResponseRequest, MethodResponse>({
  name: 'GetMethodResponse',
  kind: 'read',
  run(call, { statusCode, ...key }) {
    const code = checkStatusCode(statusCode);
    return find(findMethod(call, key).method, code);
  },
});
