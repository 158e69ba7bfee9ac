import type { GetMethodRequest, Method } from '@aws-sdk/client-api-gateway';
import { findMethod } from '../../../rest-api/method/find-method.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** One method, with its integration and its responses. */
export const getMethod = restOperation<GetMethodRequest, Method>({
  name: 'GetMethod',
  kind: 'read',
  run: (call, input) => findMethod(call, input).method,
});
