import { notSimulated } from '../../../operation/operation.js';
import { checkCors, newApi, quickCreate, autoDeploy } from '../new-api.js';
import { family, getApi, listPage, patch, checkTags, findTagged } from '../request.js';
import { badRequest, WORDS } from '../../../api-gateway/words.js';
import { mappedDomains } from '../../../rest-apis/control/api/references.js';
import { yamlOf } from '../../../rest-apis/control/open-api/draft.js';
import { exportedApi } from '../open-api/export.js';
import { imported, readOpenApi } from '../open-api/import.js';
import { isWebSocket } from '../web-socket.js';

/** APIs, their OpenAPI documents, and tags of APIs, stages and VPC links. */
export const apiOperations = family({
  /** Creates an HTTP or WebSocket API; with `Target`, an HTTP API that is ready to be called. */
  CreateApi: {
    limits: {
      Name: { length: [1, 128] },
      Description: { length: [0, 1024] },
      Version: { length: [1, 64] },
      ProtocolType: { values: ['WEBSOCKET', 'HTTP'] },
      IpAddressType: { values: ['ipv4', 'dualstack'] },
    },
    run(call, input) {
      const { Target, RouteKey, CredentialsArn, ...rest } = input;
      if (
        rest.ProtocolType === 'WEBSOCKET' &&
        (rest.CorsConfiguration ?? Target ?? RouteKey ?? CredentialsArn) !== undefined
      ) {
        throw badRequest(
          'CorsConfiguration, Target, RouteKey and CredentialsArn are only supported for protocolType HTTP',
        );
      }
      if (Target === undefined && (RouteKey ?? CredentialsArn) !== undefined) {
        throw badRequest('RouteKey and CredentialsArn are only supported together with Target');
      }

      const api = newApi(call, rest);
      if (Target !== undefined) quickCreate(call, api, { Target, RouteKey, CredentialsArn });
      call.state.apiGateway.apis.set(api.fields.ApiId, api);
      return { ...api.fields };
    },
  },

  /** Changes what is named of an API. Quick create's members are not simulated here. */
  UpdateApi: {
    limits: {
      Name: { length: [1, 128] },
      Description: { length: [0, 1024] },
      Version: { length: [0, 64] },
      IpAddressType: { values: ['ipv4', 'dualstack'] },
    },
    run(call, input) {
      const { ApiId, Target, RouteKey, CredentialsArn, CorsConfiguration: cors, ...changes } = input;
      const api = getApi(call, ApiId);
      if ((Target ?? RouteKey ?? CredentialsArn) !== undefined) throw notSimulated('Changing what quick create made');
      if (cors && api.fields.ProtocolType === 'WEBSOCKET') {
        throw badRequest('CorsConfiguration is only supported for protocolType HTTP');
      }

      api.fields = { ...patch(api.fields, changes), ...(cors && { CorsConfiguration: checkCors(cors) }) };
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html
      if (cors ?? changes.DisableExecuteApiEndpoint !== undefined) autoDeploy(call, api);
      return { ...api.fields };
    },
  },

  /**
   * Deletes an API with its stages, routes, integrations and deployments. Refused while an API mapping names it.
   * @see https://github.com/gruntwork-io/cloud-nuke/issues/370
   */
  DeleteApi(call, { ApiId }) {
    const { ApiId: apiId } = getApi(call, ApiId).fields;
    if (mappedDomains(call, { apiId }).length > 0) {
      throw badRequest(
        `Deleting API ${apiId} failed. Please remove all API mappings for the API from your custom domain names.`,
      );
    }

    call.state.apiGateway.apis.delete(apiId);
    return {};
  },

  GetApi: (call, { ApiId }) => ({ ...getApi(call, ApiId).fields }),

  /** All HTTP and WebSocket APIs. */
  GetApis(call, input) {
    const rows = [...call.state.apiGateway.apis.values()].map(({ fields }) => fields);
    return listPage(rows, input, 'GetApis', (row) => row.ApiId);
  },

  /** Removes an API's CORS configuration. */
  DeleteCorsConfiguration(call, { ApiId }) {
    const api = getApi(call, ApiId);
    const { CorsConfiguration: _, ...fields } = api.fields;
    api.fields = fields;
    autoDeploy(call, api);
    return {};
  },

  /** Creates an HTTP API from an OpenAPI document. It has no stage. */
  ImportApi(call, input) {
    const document = readOpenApi(input);
    const { api, warnings } = imported(call, newApi(call, { Name: 'imported', ProtocolType: 'HTTP' }), document, input);
    call.state.apiGateway.apis.set(api.fields.ApiId, api);
    return { ...api.fields, ...(warnings.length > 0 && { Warnings: [...warnings] }) };
  },

  /** Replaces routes, integrations and authorizers of an HTTP API by those of a document: all of it, or nothing. */
  ReimportApi(call, { ApiId, ...input }) {
    const document = readOpenApi(input);
    const before = getApi(call, ApiId);
    if (isWebSocket(before)) throw badRequest('Import is only supported for protocolType HTTP'); // [U]

    const { api, warnings } = imported(call, before, document, input);
    call.state.apiGateway.apis.set(ApiId, api);
    autoDeploy(call, api);
    return { ...api.fields, ...(warnings.length > 0 && { Warnings: [...warnings] }) };
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

  /** Sets tags of a link, an API or a stage; tags that are not named stay. */
  TagResource(call, { ResourceArn, Tags }) {
    const resource = findTagged(call, ResourceArn);
    checkTags(Tags);
    resource.replace(checkTags({ ...resource.tags, ...Tags }));
    return {};
  },

  /** Removes tags from a link, an API or a stage. */
  UntagResource(call, { ResourceArn, TagKeys }) {
    const resource = findTagged(call, ResourceArn);
    const gone = new Set(TagKeys);
    resource.replace(Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !gone.has(key))));
    return {};
  },

  /** The tags of a link, an API or a stage. */
  GetTags: (call, { ResourceArn }) => ({ Tags: { ...findTagged(call, ResourceArn).tags } }),
});
