import type { DeleteRequestValidatorRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { checkValidatorUnused, getValidator } from '../../../rest-api/model/validator-rules.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Deletes a request validator that no method uses. */
export const deleteRequestValidator = restOperation<Given<DeleteRequestValidatorRequest>, Record<string, never>>({
  name: 'DeleteRequestValidator',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, requestValidatorId }) {
    const { api, row } = getValidator(call, restApiId, requestValidatorId);
    checkValidatorUnused(api, row);
    api.requestValidators.delete(row.id);
    return {};
  },
});
