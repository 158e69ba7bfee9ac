import { family } from '../family.js';
import { getIntegration } from '../find.js';
import { listPage } from '../list.js';
import { patch, patchMap } from '../patch.js';
import { checkIntegrationResponse, getRow, getWebSocketApi } from '../web-socket/responses.js';
import type { AwsCall } from '../../operation/call.js';
import type { IntegrationResponseRow } from '../state.js';

const WHAT = 'Integration responses';
const HOLDS = ({ ApiId }: { readonly ApiId: string }) => ApiId;
const LIMITS = { ContentHandlingStrategy: { values: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] } } as const;

type Names = Record<'ApiId' | 'IntegrationId' | 'IntegrationResponseId', string>;

function find(call: AwsCall, { ApiId, IntegrationId, IntegrationResponseId }: Names) {
  const api = getWebSocketApi(call, ApiId, WHAT);
  getIntegration(api, IntegrationId);
  const own = api.integrationResponses?.get(IntegrationResponseId);
  const rows = own?.IntegrationId === IntegrationId ? api.integrationResponses : undefined;
  return { api, row: getRow(rows, IntegrationResponseId, 'IntegrationResponse') };
}

function show(row: IntegrationResponseRow) {
  const { IntegrationId: _, ...shown } = row;
  return shown;
}

/** Responses of integrations of WebSocket APIs: what callers of two-way routes get where the integration is not a proxy. */
export const integrationResponseOperations = family({
  /** Adds a response for statuses of the backend, or for all others. */
  CreateIntegrationResponse: {
    limits: LIMITS,
    holds: HOLDS,
    run(call, { ApiId, ...input }) {
      const api = getWebSocketApi(call, ApiId, WHAT);
      const { IntegrationId } = getIntegration(api, input.IntegrationId);
      const row = { ...input, IntegrationId, IntegrationResponseId: call.id('', 6, 'base36') };
      checkIntegrationResponse(api, row);
      (api.integrationResponses ??= new Map()).set(row.IntegrationResponseId, row);
      return show(row);
    },
  },

  /** Changes a response. Templates and parameters are merged; empty ones are removed. */
  UpdateIntegrationResponse: {
    limits: LIMITS,
    holds: HOLDS,
    run(call, { ApiId, IntegrationId, IntegrationResponseId, ResponseTemplates, ResponseParameters, ...input }) {
      const { api, row: before } = find(call, { ApiId, IntegrationId, IntegrationResponseId });
      const row = patch(before, {
        ...input,
        ResponseTemplates: patchMap(before.ResponseTemplates, ResponseTemplates),
        ResponseParameters: patchMap(before.ResponseParameters, ResponseParameters),
      });
      checkIntegrationResponse(api, row);
      api.integrationResponses?.set(IntegrationResponseId, row);
      return show(row);
    },
  },

  /** Deletes a response. */
  DeleteIntegrationResponse: {
    holds: HOLDS,
    run(call, input) {
      const { api, row } = find(call, input);
      api.integrationResponses?.delete(row.IntegrationResponseId);
      return {};
    },
  },

  /** One response. */
  GetIntegrationResponse: (call, input) => show(find(call, input).row),

  /** The responses of an integration. */
  GetIntegrationResponses(call, input) {
    const api = getWebSocketApi(call, input.ApiId, WHAT);
    const { IntegrationId } = getIntegration(api, input.IntegrationId);
    const all = [...(api.integrationResponses?.values() ?? [])];
    const rows = all.filter((row) => row.IntegrationId === IntegrationId).map(show);
    return listPage(rows, input, `GetIntegrationResponses ${IntegrationId}`, (row) => row.IntegrationResponseId);
  },
});
