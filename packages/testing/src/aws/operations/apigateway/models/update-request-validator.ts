import type { RequestValidator, UpdateRequestValidatorRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getValidator, type ValidatorRow } from '../../../rest-api/model/validator-rules.js';
import { PATCH_LIMITS, patched, readMember, type PatchTable } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { badRequest } from '../../../rest-api/words.js';

/** A value that is not `true` is `false`; a missing one, too. */
const isTrue = (value: string | undefined) => value?.toLowerCase() === 'true';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<ValidatorRow> = {
  '/name': readMember('name', (value = '') => {
    if (value.trim() === '') throw badRequest('Request Validator name cannot be blank');
    return value;
  }),
  '/validateRequestParameters': readMember('validateRequestParameters', isTrue),
  '/validateRequestBody': readMember('validateRequestBody', isTrue),
};

/** Changes a request validator. */
export const updateRequestValidator = restOperation<Given<UpdateRequestValidatorRequest>, RequestValidator>({
  name: 'UpdateRequestValidator',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, requestValidatorId, patchOperations }) {
    const { api, row } = getValidator(call, restApiId, requestValidatorId);
    const changed = patched(row, patchOperations, TABLE);
    api.requestValidators.set(row.id, changed);
    return changed;
  },
});
