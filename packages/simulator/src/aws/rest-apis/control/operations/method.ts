import { family, getApiOfResource, getResource } from '../request.js';
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
import { patched, SHORT_WORDS } from '../patch.js';

/** Methods and their responses. */
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
});
