import type { Model } from '@aws-sdk/client-api-gateway';
import { API, collection } from '../collection.js';
import { checkModelName, checkModelUnused, checkSchema } from '../model.js';
import { textMember } from '../patch.js';
import { conflict, notFound, notSimulated } from '../words.js';

/** Models: JSON schemas of bodies. Each API has the default ones, too. */
export const modelOperations = collection({
  name: 'Model',
  of: API,
  rows: 'models',
  key: ['modelName', ({ name }) => name ?? ''],
  unknown: (name) => notFound(`Invalid model name specified: ${name}`),
  hidesOwner: true,
  create(call, api, { description, ...input }) {
    checkModelName(input.name);
    if (api.models.has(input.name)) throw conflict('Model name already exists for this REST API');
    checkSchema(input);
    // An empty description is left out.
    return { id: call.id('', 6, 'base36'), ...input, ...(description !== '' && { description }) };
  },
  patch: { '/description': textMember<Model>('description'), '/schema': textMember<Model>('schema') },
  checked(_call, _api, row) {
    checkSchema(row);
    return row;
  },
  unused: (api, { name = '' }) => checkModelUnused(api, name),
  show(row, verb, { flatten }) {
    if (verb === 'Get' && flatten) throw notSimulated('GetModel with flatten');
    return row;
  },
});
