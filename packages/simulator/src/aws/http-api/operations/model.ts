import { family } from '../family.js';
import { listPage } from '../list.js';
import { patch } from '../patch.js';
import { getRow, getWebSocketApi } from '../web-socket/responses.js';
import { conflict } from '../../api-gateway/words.js';
import { checkModelName, checkSchema } from '../../rest-api/model/model-rules.js';
import type { ApiRow, ModelRow } from '../state.js';

const WHAT = 'Models';
const HOLDS = ({ ApiId }: { readonly ApiId: string }) => ApiId;

/** The rules and sentences are those of REST APIs [I]. */
function checkModel(
  api: ApiRow,
  { ModelId, Name, Schema: schema, ContentType: contentType = 'application/json' }: ModelRow,
) {
  checkModelName(Name);
  if ([...(api.models?.values() ?? [])].some((other) => other.Name === Name && other.ModelId !== ModelId)) {
    throw conflict('Model name already exists for this API');
  }
  checkSchema({ schema, contentType });
}

/** Models of WebSocket APIs. Messages are not validated with them. */
export const modelOperations = family({
  /** Creates a model. */
  CreateModel: {
    holds: HOLDS,
    run(call, { ApiId, ...input }) {
      const api = getWebSocketApi(call, ApiId, WHAT);
      const row = { ...input, ModelId: call.id('', 6, 'base36') };
      checkModel(api, row);
      (api.models ??= new Map()).set(row.ModelId, row);
      return row;
    },
  },

  /** Changes what is named of a model. */
  UpdateModel: {
    holds: HOLDS,
    run(call, { ApiId, ModelId, ...input }) {
      const api = getWebSocketApi(call, ApiId, WHAT);
      const row = patch(getRow(api.models, ModelId, 'Model'), input);
      checkModel(api, row);
      api.models?.set(ModelId, row);
      return row;
    },
  },

  /** Deletes a model. */
  DeleteModel: {
    holds: HOLDS,
    run(call, { ApiId, ModelId }) {
      const api = getWebSocketApi(call, ApiId, WHAT);
      api.models?.delete(getRow(api.models, ModelId, 'Model').ModelId);
      return {};
    },
  },

  /** One model. */
  GetModel: (call, { ApiId, ModelId }) => getRow(getWebSocketApi(call, ApiId, WHAT).models, ModelId, 'Model'),

  /** All models of an API. */
  GetModels(call, input) {
    const rows = getWebSocketApi(call, input.ApiId, WHAT).models?.values() ?? [];
    return listPage(rows, input, `GetModels ${input.ApiId}`, (row) => row.ModelId);
  },
});
