import { checkCors } from '../cors.js';
import { autoDeploy } from '../deployments.js';
import { exportedApi } from '../export-document.js';
import { family } from '../family.js';
import { getApi } from '../find.js';
import { listPage } from '../list.js';
import { patch } from '../patch.js';
import { quickCreate } from '../quick-create.js';
import { checkTags } from '../tags.js';
import { badRequest, notSimulated, WORDS } from '../../api-gateway/words.js';
import { mappedDomains } from '../../rest-api/api/references.js';
import type { ApiFields, ApiRow } from '../state.js';

/**
 * Both spellings are accepted.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
const HTTP_SELECTION = /^(\$request\.method \$request\.path|\$\{request\.method\} \$\{request\.path\})$/;

/** HTTP and WebSocket APIs. */
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
      const most = call.quota('http-apis');
      // [U] words
      if (call.state.apiGateway.apis.size >= most) throw badRequest(`There are too many APIs. Limit is ${most}.`);
      const id = call.id('', 10, 'base36');
      const suffix = call.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
      const websocket = input.ProtocolType === 'WEBSOCKET';
      const { CorsConfiguration: cors, Target, RouteKey, CredentialsArn, Tags, ...rest } = input;
      const fields: ApiFields = {
        ApiKeySelectionExpression: '$request.header.x-api-key',
        DisableExecuteApiEndpoint: false,
        IpAddressType: 'ipv4',
        RouteSelectionExpression: websocket ? undefined : '$request.method $request.path',
        ...rest,
        ApiEndpoint: `${websocket ? 'wss' : 'https'}://${id}.execute-api.${call.region}.${suffix}`,
        ApiId: id,
        CreatedDate: new Date(call.now),
        Tags: checkTags(Tags),
        ...(cors && { CorsConfiguration: checkCors(cors) }),
      };
      const selection = fields.RouteSelectionExpression ?? '';
      if (websocket ? selection === '' : !HTTP_SELECTION.test(selection)) {
        throw badRequest(`Invalid route selection expression specified: ${selection}`);
      }
      if (websocket && (cors ?? Target ?? RouteKey ?? CredentialsArn) !== undefined) {
        throw badRequest(
          'CorsConfiguration, Target, RouteKey and CredentialsArn are only supported for protocolType HTTP',
        );
      }
      if (Target === undefined && (RouteKey ?? CredentialsArn) !== undefined) {
        throw badRequest('RouteKey and CredentialsArn are only supported together with Target');
      }
      const api: ApiRow = {
        fields,
        stages: new Map(),
        deployments: new Map(),
        integrations: new Map(),
        routes: new Map(),
      };
      if (Target !== undefined) quickCreate(call, api, { Target, RouteKey, CredentialsArn });
      call.state.apiGateway.apis.set(id, api);
      return { ...fields };
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
    holds: ({ ApiId }) => ApiId,
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
  DeleteApi: {
    holds: ({ ApiId }) => ApiId,
    run(call, { ApiId }) {
      const { ApiId: apiId } = getApi(call, ApiId).fields;
      if (mappedDomains(call, { apiId }).length > 0) {
        throw badRequest(
          `Deleting API ${apiId} failed. Please remove all API mappings for the API from your custom domain names.`,
        );
      }
      call.state.apiGateway.apis.delete(apiId);
      return {};
    },
  },

  /** One API. */
  GetApi: (call, { ApiId }) => ({ ...getApi(call, ApiId).fields }),

  /** All HTTP and WebSocket APIs. */
  GetApis(call, input) {
    const rows = [...call.state.apiGateway.apis.values()].map(({ fields }) => fields);
    return listPage(rows, input, 'GetApis', (row) => row.ApiId);
  },

  /**
   * An HTTP API as an OpenAPI document: what is deployed on a stage, or the API as it is now.
   * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-exports-specification.html
   */
  ExportApi(call, { ApiId, Specification, OutputType, StageName, IncludeExtensions = true }) {
    const api = getApi(call, ApiId);
    if (api.fields.ProtocolType !== 'HTTP') throw badRequest('Only HTTP APIs can be exported'); // [U]
    if (Specification !== 'OAS30') throw badRequest(`Invalid specification specified: ${Specification}`); // [U]
    if (OutputType !== 'JSON') throw notSimulated(`An export as ${OutputType}`);
    const stage = StageName === undefined ? undefined : api.stages.get(StageName);
    if (StageName !== undefined && stage === undefined) throw WORDS.stageNotFound();
    const deployed = stage && api.deployments.get(stage.DeploymentId ?? '');
    if (stage !== undefined && deployed === undefined) throw badRequest(`Stage ${StageName} has no deployment`); // [U]
    const current = { routes: [...api.routes.values()], integrations: [...api.integrations.values()] };
    const document = exportedApi(api.fields, deployed ?? current, IncludeExtensions);
    return { body: new TextEncoder().encode(JSON.stringify(document)) };
  },

  /** Removes an API's CORS configuration. */
  DeleteCorsConfiguration: {
    holds: ({ ApiId }) => ApiId,
    run(call, { ApiId }) {
      const api = getApi(call, ApiId);
      const { CorsConfiguration: _, ...fields } = api.fields;
      api.fields = fields;
      autoDeploy(call, api);
      return {};
    },
  },
});
