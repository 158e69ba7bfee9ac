import { checkCors, newApi } from '../new-api.js';
import { autoDeploy } from '../deployments.js';
import { family } from '../family.js';
import { getApi } from '../find.js';
import { listPage } from '../list.js';
import { patch } from '../patch.js';
import { quickCreate } from '../quick-create.js';
import { badRequest, notSimulated } from '../../api-gateway/words.js';
import { mappedDomains } from '../../rest-api/api/references.js';

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
