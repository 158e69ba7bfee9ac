import { family, getApiOfResource, getResource, getApi, listPage } from '../collection.js';
import {
  findMethod,
  removeMethod,
  setMethod,
  METHOD_PATCH,
  METHOD_RESPONSE_PATCH,
  checkedMethod,
  checkVerb,
  checkMethodResponse,
  checkStatusCode,
  getMethodResponse,
  withMethodResponse,
  withoutMethodResponse,
  METHOD_WORDS,
} from '../method.js';
import { patched, SHORT_WORDS, rule, type PatchRule, type PatchTable } from '../patch.js';
import { raise } from '../../../../simulation/raise.js';
import { checkIntegration, newIntegration } from '../integration/integration.js';
import { INTEGRATION_PATCH, INTEGRATION_RESPONSE_PATCH } from '../integration/integration-patch.js';
import {
  checkIntegrationResponse,
  getIntegration,
  getIntegrationResponse,
  withIntegrationResponse,
  withoutIntegrationResponse,
} from '../integration/responses.js';
import { WORDS, badRequest } from '../words.js';
import { embedsMethods, showResource, addResource, moveResource, subtree } from '../resource.js';
import type { ResourceRow } from '../state.js';

const place = (name: 'parentId' | 'pathPart'): PatchRule<ResourceRow> =>
  rule(['replace'], (row, { value = '' }) => {
    if (row.parentId === undefined) throw badRequest(`Root resource cannot update its ${name}.`);

    return { ...row, [name]: value };
  });

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateResource-Patch */
const TABLE: PatchTable<ResourceRow> = { '/parentId': place('parentId'), '/pathPart': place('pathPart') };

/** Methods and their responses. Resources: the tree of paths. */
export const methodOperations = family({
  /** Creates a method of a resource. */
  PutMethod(call, { restApiId, resourceId, httpMethod, ...input }) {
    const api = getApiOfResource(call, restApiId);
    const resource = getResource(api, resourceId);
    const verb = checkVerb(httpMethod);
    if (resource.methods.has(verb)) throw METHOD_WORDS.methodExists();

    const method = checkedMethod(api, { apiKeyRequired: false, ...input, httpMethod: verb });
    setMethod(api, resource, method);
    return method;
  },

  /** Changes a method. */
  UpdateMethod(call, { patchOperations, ...key }) {
    const { api, resource, method } = findMethod(call, key);
    const changed = checkedMethod(api, patched(method, patchOperations, METHOD_PATCH, SHORT_WORDS));
    setMethod(api, resource, changed);
    return changed;
  },

  /** Deletes a method with its integration and its responses. */
  DeleteMethod(call, input) {
    const { api, resource, method } = findMethod(call, input);
    removeMethod(api, resource, method.httpMethod);
    return {};
  },

  /** One method, with its integration and its responses. */
  GetMethod: (call, input) => findMethod(call, input).method,

  /** Creates a response of a method. */
  PutMethodResponse(call, { restApiId, resourceId, httpMethod, ...response }) {
    const code = checkStatusCode(response.statusCode);
    const { api, resource, method } = findMethod(call, { restApiId, resourceId, httpMethod });
    if (Object.hasOwn(method.methodResponses ?? {}, code)) throw METHOD_WORDS.responseExists();

    checkMethodResponse(api, response);
    setMethod(api, resource, withMethodResponse(method, code, response));
    return response;
  },

  /** Changes a response of a method. */
  UpdateMethodResponse(call, { statusCode, patchOperations, ...key }) {
    const code = checkStatusCode(statusCode);
    const { api, resource, method } = findMethod(call, key);
    const response = patched(getMethodResponse(method, code), patchOperations, METHOD_RESPONSE_PATCH, SHORT_WORDS);
    checkMethodResponse(api, response);
    setMethod(api, resource, withMethodResponse(method, code, response));
    return response;
  },

  DeleteMethodResponse(call, { statusCode, ...key }) {
    const code = checkStatusCode(statusCode);
    const { api, resource, method } = findMethod(call, key);
    getMethodResponse(method, code);
    setMethod(api, resource, withoutMethodResponse(method, code));
    return {};
  },

  GetMethodResponse(call, { statusCode, ...key }) {
    const code = checkStatusCode(statusCode);
    return getMethodResponse(findMethod(call, key).method, code);
  },

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

  /** Creates a resource below another one. */
  CreateResource: {
    rate: { perSecond: 5, burst: 5 },
    run(call, { restApiId, parentId, pathPart = '' }) {
      const api = getApiOfResource(call, restApiId);
      return showResource(addResource(call, api, getResource(api, parentId), pathPart), false);
    },
  },

  /** Moves or renames a resource, with all below it. */
  UpdateResource(call, { restApiId, resourceId, patchOperations }) {
    const api = getApiOfResource(call, restApiId);
    const before = getResource(api, resourceId);
    const row = patched(before, patchOperations, TABLE);
    return showResource(row === before ? before : moveResource(api, row), false);
  },

  /** Deletes a resource and all below it. */
  DeleteResource: {
    rate: { perSecond: 5, burst: 5 },
    run(call, { restApiId, resourceId }) {
      const api = getApiOfResource(call, restApiId);
      const row = getResource(api, resourceId);
      if (row.parentId === undefined) throw badRequest('Root resource cannot be deleted.'); // [U]

      for (const { id } of subtree(api, row)) api.resources.delete(id);
      return {};
    },
  },

  GetResource: (call, { restApiId, resourceId, embed }) =>
    showResource(getResource(getApiOfResource(call, restApiId), resourceId), embedsMethods(embed)),

  /** The resources of an API, in the order of their paths. */
  GetResources: {
    rate: { perSecond: 2.5, burst: 5 },
    run(call, input) {
      const { fields, resources } = getApi(call, input.restApiId);
      const embedded = embedsMethods(input.embed);
      const rows = [...resources.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
      const { items, ...next } = listPage(rows, input, `GetResources ${fields.id}`, ({ id }) => id);
      return { items: items.map((row) => showResource(row, embedded)), ...next };
    },
  },
});
