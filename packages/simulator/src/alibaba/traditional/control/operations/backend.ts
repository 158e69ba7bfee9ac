import { defined } from '../../../../simulation/defined.js';
import {
  backendModelView,
  BACKEND_TYPES,
  checkBackendName,
  checkStageName,
  getModel,
  modelTime,
  newModel,
  readModelData,
} from '../backend/backend-model-view.js';
import { family, tagList, say, newTimes, written } from '../request/parameters.js';
import { getBackend, getTask } from '../request/find.js';
import { hasTags, putTags, tagInfo } from '../request/tags.js';
import { taskItem, publishedWithBackend, startTask } from '../task.js';
import { admitsShown } from '../../../vpc/request/lists.js';
import { shown } from '../../../operation/operation.js';
import type { BackendRow } from '../state.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { page, PAGE, flag, required, text, action } from '../../../operation/family.js';

/** The backend that has a model. @throws {AlibabaError} `NotFoundBackendModel` */
function backendOf({ cloudApi }: AlibabaRegionState, modelId: string): BackendRow {
  const backend = [...cloudApi.backends.values()].find(({ models }) =>
    models.some(({ BackendModelId }) => BackendModelId === modelId),
  );
  if (!backend) throw say.notFound('BackendModel');

  return backend;
}

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
      const BackendId = newId('', 32, 'hex');
      const row = { BackendId, BackendName, BackendType, Description, ...newTimes(now), models: [] };
      state.cloudApi.backends.set(BackendId, row);
      putTags(state, 'backend', BackendId, Tag);
      return { BackendId };
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
      checkBackendName(state, BackendName, BackendId);
      if (BackendType !== row.BackendType && row.models.length > 0) throw say.invalid('BackendType');

      const changed = { ...row, BackendName, BackendType, ...defined({ Description }), ModifiedTime: written(now) };
      state.cloudApi.backends.set(BackendId, changed);
      return {};
    },
  },

  /** Deletes a backend that no API uses, drafts included, with its models. */
  DeleteBackend: action({ BackendId: required(text) }, (call, { BackendId }) => {
    getBackend(call.state, BackendId);
    const { apis, backends, tags } = call.state.cloudApi;
    const drafted = [...apis.values()].some(({ draft }) => draft.backendEnable && draft.backendId === BackendId);
    if (drafted || publishedWithBackend(call, BackendId).length > 0) throw say.inUse('Backend', 'Api');

    backends.delete(BackendId);
    tags.delete(`backend/${BackendId}`);
    return {};
  }),

  /** A named backend with its models. Passwords and keys of registries are answered in clear, as the service does. */
  DescribeBackendInfo: action({ BackendId: required(text) }, ({ state }, { BackendId }) => {
    const row = getBackend(state, BackendId);
    const { CreatedTime, ModifiedTime, ...rest } = shown(row);
    const BackendModels = row.models.map((model) => backendModelView(state, row.BackendType, model));
    return { BackendInfo: { ...rest, BackendModels, CreatedTime, ModifiedTime } };
  }),

  /** Lists named backends. A name finds all that contain it. */
  DescribeBackendList: {
    parameters: { BackendName: text, BackendType: text, Tag: tagList, ...PAGE },
    run({ state }, input) {
      const { BackendName = '', Tag } = input;
      const rows = [...state.cloudApi.backends.values()].filter(
        (row) =>
          row.BackendName.includes(BackendName) &&
          admitsShown(input, row, 'BackendType') &&
          hasTags(state, 'backend', row.BackendId, Tag),
      );
      const { items, numbers } = page(rows, input, { largest: 100 });
      const list = items.map((row) => ({ ...shown(row), Tags: tagInfo(state, 'backend', row.BackendId).TagInfo }));
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
      if (BackendType !== backend.BackendType) throw say.invalid('BackendType');

      checkStageName(StageName);
      if (backend.models.some((model) => model.StageName === StageName)) throw say.duplicate('StageName');

      const data = readModelData(state, BackendType, BackendModelData);
      const BackendModelId = newId('', 32, 'hex');
      const models = [...backend.models, newModel(now, BackendModelId, StageName, Description, data)];
      state.cloudApi.backends.set(BackendId, { ...backend, models, ModifiedTime: written(now) });
      return { BackendModelId };
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
      if (BackendType !== backend.BackendType) throw say.invalid('BackendType');
      if (StageName !== model.StageName) throw say.notFound('StageModel');

      const data = readModelData(state, BackendType, BackendModelData);
      const changed = { ...model, data, ...defined({ Description }), GmtModified: modelTime(now) };
      const models = backend.models.map((row) => (row === model ? changed : row));
      state.cloudApi.backends.set(BackendId, { ...backend, models, ModifiedTime: written(now) });
      const uses = publishedWithBackend(call, BackendId, StageName);
      return { OperationId: startTask(call, 'update-backend', BackendId, uses) };
    },
  },

  /** Deletes the model of a named backend on a stage, unless an API is published there with it. */
  DeleteBackendModel: {
    parameters: { BackendId: text, BackendModelId: required(text), StageName: text },
    run(call, { BackendId, BackendModelId }) {
      const backend =
        BackendId === undefined ? backendOf(call.state, BackendModelId) : getBackend(call.state, BackendId);
      const model = getModel(backend, BackendModelId);
      const { BackendId: id } = backend;
      if (publishedWithBackend(call, id, model.StageName).length > 0) throw say.inUse('BackendModel', 'Api');

      const models = backend.models.filter((row) => row !== model);
      call.state.cloudApi.backends.set(id, { ...backend, models, ModifiedTime: written(call.now) });
      return { OperationId: startTask(call, 'update-backend', id, []) };
    },
  },

  /** The progress of ModifyBackendModel: one row per published API. */
  DescribeUpdateBackendTask: action({ OperationUid: required(text) }, ({ state }, { OperationUid }) => {
    const { items, subject } = getTask(state, OperationUid, 'update-backend');
    const rows = items.map((item) => ({ ...taskItem(item), BackendId: subject, UpdateStatus: item.status }));
    return { ApiUpdateBackendResults: { ApiUpdateBackendResult: rows } };
  }),
});
