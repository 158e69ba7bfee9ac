import type { CreateRequestValidatorRequest, RequestValidator } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { newValidator } from '../../../rest-api/model/validator-rules.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { badRequest } from '../../../rest-api/words.js';

/** Creates a request validator. An unknown API is refused with 400 here. */
export const createRequestValidator = restOperation<Given<CreateRequestValidatorRequest>, RequestValidator>({
  name: 'CreateRequestValidator',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, ...input }) {
    const api = call.state.restApi.apis.get(restApiId);
    if (!api) throw badRequest('Invalid REST API identifier specified');
    const row = newValidator(call, input);
    api.requestValidators.set(row.id, row);
    return row;
  },
});
