import { raise } from '../../../../simulation/raise.js';
import { family, getApiOfResource, getResource } from '../request.js';
import { checkIntegration, newIntegration } from '../integration/integration.js';
import { INTEGRATION_PATCH, INTEGRATION_RESPONSE_PATCH } from '../integration/integration-patch.js';
import {
  checkIntegrationResponse,
  getIntegration,
  getIntegrationResponse,
  withIntegrationResponse,
  withoutIntegrationResponse,
} from '../integration/responses.js';
import { findMethod, setMethod, checkStatusCode } from '../method.js';
import { patched, SHORT_WORDS } from '../patch.js';
import { WORDS } from '../words.js';

export const integrationOperations = family({
  /** Sets the integration of a method. It replaces another one with all its responses [I]. */
  PutIntegration: {
    limits: {
      type: { values: ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] },
      connectionType: { values: ['INTERNET', 'VPC_LINK'] },
      contentHandling: { values: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] },
      responseTransferMode: { values: ['BUFFERED', 'STREAM'] },
    },
    run(call, { restApiId, resourceId, httpMethod, integrationHttpMethod, ...input }) {
      const { api, resource, method } = findMethod(call, { restApiId, resourceId, httpMethod });
      const integration = newIntegration(resource.id, { ...input, httpMethod: integrationHttpMethod });
      checkIntegration(call, integration, { method, endpointType: api.fields.endpointConfiguration?.types?.[0] });
      setMethod(api, resource, { ...method, methodIntegration: integration });
      return integration;
    },
  },

  /** Changes an integration in place. Only a new deployment serves the change. */
  UpdateIntegration(call, { patchOperations, ...key }) {
    const { api, resource, method } = findMethod(call, key);
    const changed = patched(getIntegration(method), patchOperations, INTEGRATION_PATCH, SHORT_WORDS);
    // Without a namespace of its own, an integration has the resource's.
    const integration = { ...changed, cacheNamespace: changed.cacheNamespace ?? resource.id };
    checkIntegration(call, integration, { method, endpointType: api.fields.endpointConfiguration?.types?.[0] });
    setMethod(api, resource, { ...method, methodIntegration: integration });
    return integration;
  },

  /** Deletes the integration of a method, with its responses. */
  DeleteIntegration(call, input) {
    const { api, resource, method } = findMethod(call, input);
    getIntegration(method);
    const { methodIntegration: _, ...rest } = method;
    setMethod(api, resource, rest);
    return {};
  },

  GetIntegration: (call, input) => getIntegration(findMethod(call, input).method),

  /** Sets a response of an integration. It replaces one of the same status code. */
  PutIntegrationResponse: {
    limits: { contentHandling: { values: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] } },
    run(call, { restApiId, resourceId, httpMethod, ...response }) {
      const code = checkStatusCode(response.statusCode);
      const { api, resource, method } = findMethod(call, { restApiId, resourceId, httpMethod });
      getIntegration(method);
      checkIntegrationResponse(method, code, response);
      setMethod(api, resource, withIntegrationResponse(method, code, response));
      return response;
    },
  },

  /** Changes a response of an integration. */
  UpdateIntegrationResponse(call, { statusCode, patchOperations, ...key }) {
    const code = checkStatusCode(statusCode);
    const { api, resource, method } = findMethod(call, key);
    const before = getIntegrationResponse(method, code);
    const response = patched(before, patchOperations, INTEGRATION_RESPONSE_PATCH, SHORT_WORDS);
    checkIntegrationResponse(method, code, response);
    setMethod(api, resource, withIntegrationResponse(method, code, response));
    return response;
  },

  /** Deletes a response of an integration. An unknown method has the sentence of an unknown integration here. */
  DeleteIntegrationResponse(call, { restApiId, resourceId, httpMethod, statusCode }) {
    const code = checkStatusCode(statusCode);
    const api = getApiOfResource(call, restApiId);
    const resource = getResource(api, resourceId);
    const method = resource.methods.get(httpMethod ?? '') ?? raise(WORDS.integrationNotFound());

    getIntegrationResponse(method, code);
    setMethod(api, resource, withoutIntegrationResponse(method, code));
    return {};
  },

  GetIntegrationResponse(call, { statusCode, ...key }) {
    const code = checkStatusCode(statusCode);
    return getIntegrationResponse(findMethod(call, key).method, code);
  },
});
