import {
  backendModelView,
  BACKEND_TYPES,
  checkBackendName,
  checkStageName,
  getModel,
  readModelData,
} from '../backend/backend-model-view.js';
import { family, pages, tagList, say, written } from '../request/parameters.js';
import { getBackend, getTask } from '../request/find.js';
import { hasTags, putTags, tagInfo } from '../request/tags.js';
import { taskItem, publishedWithBackend, startTask } from '../task.js';
import { page } from '../../../operation/page.js';
import type { BackendRow } from '../state.js';
import type { AlibabaRegionState } from '../../../state/region-state.js';
import { flag, required, text } from '../../../operation/parameters.js';

/** The backend that has a model. @throws {AlibabaError} `NotFoundBackendModel` */
function backendOf({ cloudApi }: AlibabaRegionState, modelId: string): BackendRow {
  const backend = [...cloudApi.backends.values()].find(({ models }) => models.some(({ id }) => id === modelId));
  if (!backend) throw say.notFound('BackendModel');

  return backend;
}

/** Backends and their models. */
export const backendActions = family({
  /** Creates a named backend. Its models define it on each stage. */
  CreateBackend: {
    parameters: {
      BackendName: required({ type: 'string', length: [1, 50] }),
      BackendType: required({ type: 'string', values: BACKEND_TYPES }),
      Description: { type: 'string', length: [0, 200] },
      CreateSlr: flag,
      CreateEventBridgeServiceLinkedRole: flag,
      Tag: tagList,
    },
    run({ state, now, id: newId }, { BackendName, BackendType, Description = '', Tag }) {
      checkBackendName(state, BackendName);
      const id = newId('', 32, 'hex');
      const row = { id, name: BackendName, type: BackendType, description: Description, models: [] };
      state.cloudApi.backends.set(id, { ...row, createdAt: now, modifiedAt: now });
      putTags(state, 'backend', id, Tag);
      return { BackendId: id };
    },
  },

  /** Renames or describes a backend. Its type stays what it is while it has models. */
  ModifyBackend: {
    parameters: {
      BackendId: required(text),
      BackendName: required({ type: 'string', length: [1, 50] }),
      BackendType: required({ type: 'string', values: BACKEND_TYPES }),
      Description: { type: 'string', length: [0, 200] },
    },
    run({ state, now }, { BackendId, BackendName, BackendType, Description }) {
      const row = getBackend(state, BackendId);
      checkBackendName(state, BackendName, row.id);
      if (BackendType !== row.type && row.models.length > 0) throw say.invalid('BackendType');

      const description = Description ?? row.description;
      state.cloudApi.backends.set(row.id, {
        ...row,
        name: BackendName,
        type: BackendType,
        description,
        modifiedAt: now,
      });
      return {};
    },
  },

  /** Deletes a backend that no API uses, drafts included, with its models. */
  DeleteBackend: {
    parameters: { BackendId: required(text) },
    run(call, { BackendId }) {
      const { id } = getBackend(call.state, BackendId);
      const { apis, backends, tags } = call.state.cloudApi;
      const drafted = [...apis.values()].some(({ draft }) => draft.backendEnable && draft.backendId === id);
      if (drafted || publishedWithBackend(call, id).length > 0) throw say.inUse('Backend', 'Api');

      backends.delete(id);
      tags.delete(`backend/${id}`);
      return {};
    },
  },

  /** A named backend with its models. Passwords and keys of registries are answered in clear, as the service does. */
  DescribeBackendInfo: {
    parameters: { BackendId: required(text) },
    run({ state }, { BackendId }) {
      const row = getBackend(state, BackendId);
      return {
        BackendInfo: {
          BackendId: row.id,
          BackendName: row.name,
          BackendType: row.type,
          Description: row.description,
          BackendModels: row.models.map((model) => backendModelView(state, row.type, model)),
          CreatedTime: written(row.createdAt),
          ModifiedTime: written(row.modifiedAt),
        },
      };
    },
  },

  /** Lists named backends. A name finds all that contain it. */
  DescribeBackendList: {
    parameters: { BackendName: text, BackendType: text, Tag: tagList, ...pages },
    run({ state }, input) {
      const { BackendName = '', BackendType = '', Tag } = input;
      const rows = [...state.cloudApi.backends.values()].filter(
        ({ id, name, type }) =>
          name.includes(BackendName) &&
          (BackendType === '' || type === BackendType) &&
          hasTags(state, 'backend', id, Tag),
      );
      const { items, numbers } = page(rows, input, { largest: 100 });
      const list = items.map((row) => ({
        BackendId: row.id,
        BackendName: row.name,
        BackendType: row.type,
        Description: row.description,
        CreatedTime: written(row.createdAt),
        ModifiedTime: written(row.modifiedAt),
        Tags: tagInfo(state, 'backend', row.id).TagInfo,
      }));
      return { ...numbers, BackendInfoList: list };
    },
  },

  /** Defines a named backend on a stage. */
  CreateBackendModel: {
    parameters: {
      BackendId: required(text),
      BackendType: required(text),
      BackendModelData: required(text),
      StageName: required(text),
      Description: { type: 'string', length: [0, 200] },
    },
    run({ state, now, id: newId }, { BackendId, BackendType, BackendModelData, StageName, Description = '' }) {
      const backend = getBackend(state, BackendId);
      if (BackendType !== backend.type) throw say.invalid('BackendType');

      checkStageName(StageName);
      if (backend.models.some(({ stageName }) => stageName === StageName)) throw say.duplicate('StageName');

      const data = readModelData(state, backend.type, BackendModelData);
      const id = newId('', 32, 'hex');
      const model = { id, stageName: StageName, description: Description, data, createdAt: now, modifiedAt: now };
      state.cloudApi.backends.set(backend.id, { ...backend, models: [...backend.models, model], modifiedAt: now });
      return { BackendModelId: id };
    },
  },

  /** Changes a named backend on a stage at once, and the APIs published with it in a task. */
  ModifyBackendModel: {
    parameters: {
      BackendId: required(text),
      BackendModelId: required(text),
      BackendType: required(text),
      BackendModelData: required(text),
      StageName: required(text),
      Description: { type: 'string', length: [0, 200] },
    },
    run(call, { BackendId, BackendModelId, BackendType, BackendModelData, StageName, Description }) {
      const { state, now } = call;
      const backend = getBackend(state, BackendId);
      const model = getModel(backend, BackendModelId);
      if (BackendType !== backend.type) throw say.invalid('BackendType');
      if (StageName !== model.stageName) throw say.notFound('StageModel');

      const data = readModelData(state, backend.type, BackendModelData);
      const changed = { ...model, data, description: Description ?? model.description, modifiedAt: now };
      const models = backend.models.map((row) => (row.id === model.id ? changed : row));
      state.cloudApi.backends.set(backend.id, { ...backend, models, modifiedAt: now });
      const uses = publishedWithBackend(call, backend.id, model.stageName);
      return { OperationId: startTask(call, 'update-backend', backend.id, uses) };
    },
  },

  /** Deletes the model of a named backend on a stage, unless an API is published there with it. */
  DeleteBackendModel: {
    parameters: { BackendId: text, BackendModelId: required(text), StageName: text },
    run(call, { BackendId, BackendModelId }) {
      const backend =
        BackendId === undefined ? backendOf(call.state, BackendModelId) : getBackend(call.state, BackendId);
      const { id, stageName } = getModel(backend, BackendModelId);
      if (publishedWithBackend(call, backend.id, stageName).length > 0) throw say.inUse('BackendModel', 'Api');

      const models = backend.models.filter((row) => row.id !== id);
      call.state.cloudApi.backends.set(backend.id, { ...backend, models, modifiedAt: call.now });
      return { OperationId: startTask(call, 'update-backend', backend.id, []) };
    },
  },

  /** The progress of ModifyBackendModel: one row per published API. */
  DescribeUpdateBackendTask: {
    parameters: { OperationUid: required(text) },
    run({ state }, { OperationUid }) {
      const { items, subject } = getTask(state, OperationUid, 'update-backend');
      const rows = items.map((item) => ({ ...taskItem(item), BackendId: subject, UpdateStatus: item.status }));
      return { ApiUpdateBackendResults: { ApiUpdateBackendResult: rows } };
    },
  },
});
