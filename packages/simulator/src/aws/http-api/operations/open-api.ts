import { badRequest, WORDS } from '../../api-gateway/words.js';
import { yamlOf } from '../../rest-api/open-api/draft.js';
import { autoDeploy } from '../deployments.js';
import { family } from '../family.js';
import { getApi } from '../find.js';
import { exportedApi } from '../open-api/export.js';
import { imported, readOpenApi } from '../open-api/import.js';
import { isWebSocket } from '../web-socket.js';
import { newApi } from '../new-api.js';

/** Import and export of OpenAPI documents. */
export const openApiOperations = family({
  /** Creates an HTTP API from an OpenAPI document. It has no stage. */
  ImportApi(call, input) {
    const document = readOpenApi(input);
    const { api, warnings } = imported(call, newApi(call, { Name: 'imported', ProtocolType: 'HTTP' }), document, input);
    call.state.apiGateway.apis.set(api.fields.ApiId, api);
    return { ...api.fields, ...(warnings.length > 0 && { Warnings: [...warnings] }) };
  },

  /** Replaces routes, integrations and authorizers of an HTTP API by those of a document: all of it, or nothing. */
  ReimportApi: {
    holds: ({ ApiId }) => ApiId,
    run(call, { ApiId, ...input }) {
      const document = readOpenApi(input);
      const before = getApi(call, ApiId);
      if (isWebSocket(before)) throw badRequest('Import is only supported for protocolType HTTP'); // [U]
      const { api, warnings } = imported(call, before, document, input);
      call.state.apiGateway.apis.set(ApiId, api);
      autoDeploy(call, api);
      return { ...api.fields, ...(warnings.length > 0 && { Warnings: [...warnings] }) };
    },
  },

  /**
   * An HTTP API as an OpenAPI document: what is deployed on a stage, or the API as it is now.
   * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-exports-specification.html
   */
  ExportApi: {
    limits: { OutputType: { values: ['JSON', 'YAML'] } },
    run(call, { ApiId, Specification, OutputType, ExportVersion = '1.0', StageName, IncludeExtensions = true }) {
      const api = getApi(call, ApiId);
      if (isWebSocket(api)) throw badRequest('Only HTTP APIs can be exported'); // [U]
      if (Specification !== 'OAS30') throw badRequest(`Invalid specification specified: ${Specification}`); // [U]
      if (ExportVersion !== '1.0') throw badRequest(`Invalid export version specified: ${ExportVersion}`); // [U]
      const stage = StageName === undefined ? undefined : api.stages.get(StageName);
      if (StageName !== undefined && stage === undefined) throw WORDS.stageNotFound();
      const deployed = stage && api.deployments.get(stage.DeploymentId ?? '');
      if (stage !== undefined && deployed === undefined) throw badRequest(`Stage ${StageName} has no deployment`); // [U]
      const current = { routes: [...api.routes.values()], integrations: [...api.integrations.values()] };
      const document = exportedApi(api, deployed ?? current, IncludeExtensions);
      const body = OutputType === 'YAML' ? yamlOf(document) : JSON.stringify(document);
      return { body: new TextEncoder().encode(body) };
    },
  },
});
