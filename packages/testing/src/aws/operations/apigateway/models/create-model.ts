import type { CreateModelRequest, Model } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getApi } from '../../../rest-api/find.js';
import { checkModelName, checkSchema } from '../../../rest-api/model/model-rules.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { conflict } from '../../../rest-api/words.js';

/** Creates a model: a JSON schema of bodies. */
export const createModel = restOperation<Given<CreateModelRequest>, Model>({
  name: 'CreateModel',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, ...input }) {
    const api = getApi(call, restApiId);
    checkModelName(input.name);
    if (api.models.has(input.name)) throw conflict('Model name already exists for this REST API');
    checkSchema(input);
    const { description, ...rest } = input;
    // An empty description is left out.
    const row: Model = { id: call.id('', 6, 'base36'), ...rest, ...(description !== '' && { description }) };
    api.models.set(input.name, row);
    return row;
  },
});
