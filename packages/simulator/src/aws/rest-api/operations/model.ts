import type { Model } from '@aws-sdk/client-api-gateway';
import { family } from '../family.js';
import { getApi } from '../find.js';
import { listPage } from '../list.js';
import { checkModelName, checkModelUnused, checkSchema, getModelRow } from '../model/model-rules.js';
import { checkValidatorUnused, getValidator, newValidator, type ValidatorRow } from '../model/validator-rules.js';
import { PATCH_LIMITS, patched, readMember, textMember, type PatchTable } from '../patch.js';
import { badRequest, conflict, notSimulated } from '../words.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const MODEL_TABLE: PatchTable<Model> = { '/description': textMember('description'), '/schema': textMember('schema') };

/** A value that is not `true` is `false`; a missing one, too. */
const isTrue = (value: string | undefined) => value?.toLowerCase() === 'true';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const VALIDATOR_TABLE: PatchTable<ValidatorRow> = {
  '/name': readMember('name', (value = '') => {
    if (value.trim() === '') throw badRequest('Request Validator name cannot be blank');
    return value;
  }),
  '/validateRequestParameters': readMember('validateRequestParameters', isTrue),
  '/validateRequestBody': readMember('validateRequestBody', isTrue),
};

/** Models and request validators. */
export const modelOperations = family({
  /** Creates a model: a JSON schema of bodies. */
  CreateModel: {
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
  },

  /** Changes a model's schema or description. */
  UpdateModel: {
    limits: PATCH_LIMITS,
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, modelName, patchOperations }) {
      const { api, row } = getModelRow(call, restApiId, modelName);
      const changed = patched(row, patchOperations, MODEL_TABLE);
      checkSchema(changed);
      api.models.set(modelName, changed);
      return changed;
    },
  },

  /** Deletes a model that no method uses. */
  DeleteModel: {
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, modelName }) {
      const { api } = getModelRow(call, restApiId, modelName);
      checkModelUnused(api, modelName);
      api.models.delete(modelName);
      return {};
    },
  },

  /** One model. */
  GetModel(call, { restApiId, modelName, flatten }) {
    const { row } = getModelRow(call, restApiId, modelName);
    if (flatten) throw notSimulated('GetModel with flatten');
    return row;
  },

  /** The models of an API, the default ones included. */
  GetModels(call, input) {
    const api = getApi(call, input.restApiId);
    return listPage(api.models.values(), input, `GetModels ${input.restApiId}`, ({ name }) => name ?? '');
  },

  /** Creates a request validator. An unknown API is refused with 400 here. */
  CreateRequestValidator: {
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, ...input }) {
      const api = call.state.restApi.apis.get(restApiId);
      if (!api) throw badRequest('Invalid REST API identifier specified');
      const row = newValidator(call, input);
      api.requestValidators.set(row.id, row);
      return row;
    },
  },

  /** Changes a request validator. */
  UpdateRequestValidator: {
    limits: PATCH_LIMITS,
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, requestValidatorId, patchOperations }) {
      const { api, row } = getValidator(call, restApiId, requestValidatorId);
      const changed = patched(row, patchOperations, VALIDATOR_TABLE);
      api.requestValidators.set(row.id, changed);
      return changed;
    },
  },

  /** Deletes a request validator that no method uses. */
  DeleteRequestValidator: {
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, requestValidatorId }) {
      const { api, row } = getValidator(call, restApiId, requestValidatorId);
      checkValidatorUnused(api, row);
      api.requestValidators.delete(row.id);
      return {};
    },
  },

  /** One request validator. */
  GetRequestValidator: (call, { restApiId, requestValidatorId }) =>
    getValidator(call, restApiId, requestValidatorId).row,

  /** The request validators of an API. */
  GetRequestValidators(call, input) {
    const rows = getApi(call, input.restApiId).requestValidators.values();
    return listPage(rows, input, `GetRequestValidators ${input.restApiId}`, ({ id }) => id ?? '');
  },
});
