import type { GetRequestValidatorRequest, RequestValidator } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getValidator } from '../../../rest-api/model/validator-rules.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** One request validator. */
export const getRequestValidator = restOperation<Given<GetRequestValidatorRequest>, RequestValidator>({
  name: 'GetRequestValidator',
  kind: 'read',
  run: (call, { restApiId, requestValidatorId }) => getValidator(call, restApiId, requestValidatorId).row,
});
