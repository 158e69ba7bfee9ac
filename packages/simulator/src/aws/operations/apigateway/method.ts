import type { TestInvokeMethodResponse } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../call.js';
import { mockResponse } from '../../rest-api/execution/mapped-response.js';
import { textOf } from '../../rest-api/execution/method-request.js';
import { validateRequest } from '../../rest-api/execution/validate-request.js';
import { family } from '../../rest-api/family.js';
import { getApiOfResource, getMethod, getResource } from '../../rest-api/find.js';
import { findMethod, removeMethod, setMethod } from '../../rest-api/method/find-method.js';
import { METHOD_PATCH, METHOD_RESPONSE_PATCH } from '../../rest-api/method/method-patch.js';
import { checkedMethod, checkVerb } from '../../rest-api/method/method-rules.js';
import {
  checkMethodResponse,
  checkStatusCode,
  getMethodResponse,
  withMethodResponse,
  withoutMethodResponse,
} from '../../rest-api/method/responses.js';
import { METHOD_WORDS } from '../../rest-api/method/words.js';
import { PATCH_LIMITS, patched, SHORT_WORDS } from '../../rest-api/patch.js';
import { executionLog, requestLines } from '../../rest-api/test-invoke/execution-log.js';
import { privateAnswer } from '../../rest-api/test-invoke/private-answer.js';
import { completedAnswer, orFailed, type TestAnswer } from '../../rest-api/test-invoke/test-answer.js';
import { testRequest, type TestRequest } from '../../rest-api/test-invoke/test-request.js';
import { notSimulated, WORDS } from '../../rest-api/words.js';
import type { MethodRow, RestApiRow } from '../../state/rest-api-state.js';

/** Milliseconds that a MOCK integration takes [I]. */
const MOCK_MS = 5;

/** Methods and their responses. */
export const methodOperations = family({
  /** Creates a method of a resource. */
  PutMethod: {
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, resourceId, httpMethod, ...input }) {
      const api = getApiOfResource(call, restApiId);
      const resource = getResource(api, resourceId);
      const verb = checkVerb(httpMethod);
      if (resource.methods.has(verb)) throw METHOD_WORDS.methodExists();
      const method = checkedMethod(api, { apiKeyRequired: false, ...input, httpMethod: verb });
      setMethod(api, resource, method);
      return method;
    },
  },

  /** Changes a method. */
  UpdateMethod: {
    limits: PATCH_LIMITS,
    holds: ({ restApiId }) => restApiId,
    run(call, { patchOperations, ...key }) {
      const { api, resource, method } = findMethod(call, key);
      const changed = checkedMethod(api, patched(method, patchOperations, METHOD_PATCH, SHORT_WORDS));
      setMethod(api, resource, changed);
      return changed;
    },
  },

  /** Deletes a method with its integration and its responses. */
  DeleteMethod: {
    holds: ({ restApiId }) => restApiId,
    run(call, input) {
      const { api, resource, method } = findMethod(call, input);
      removeMethod(api, resource, method.httpMethod);
      return {};
    },
  },

  /** One method, with its integration and its responses. */
  GetMethod: (call, input) => findMethod(call, input).method,

  /** Creates a response of a method. */
  PutMethodResponse: {
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, resourceId, httpMethod, ...response }) {
      const code = checkStatusCode(response.statusCode);
      const { api, resource, method } = findMethod(call, { restApiId, resourceId, httpMethod });
      if (Object.hasOwn(method.methodResponses ?? {}, code)) throw METHOD_WORDS.responseExists();
      checkMethodResponse(api, response);
      setMethod(api, resource, withMethodResponse(method, code, response));
      return response;
    },
  },

  /** Changes a response of a method. */
  UpdateMethodResponse: {
    limits: PATCH_LIMITS,
    holds: ({ restApiId }) => restApiId,
    run(call, { statusCode, patchOperations, ...key }) {
      const code = checkStatusCode(statusCode);
      const { api, resource, method } = findMethod(call, key);
      const response = patched(getMethodResponse(method, code), patchOperations, METHOD_RESPONSE_PATCH, SHORT_WORDS);
      checkMethodResponse(api, response);
      setMethod(api, resource, withMethodResponse(method, code, response));
      return response;
    },
  },

  /** Deletes a response of a method. */
  DeleteMethodResponse: {
    holds: ({ restApiId }) => restApiId,
    run(call, { statusCode, ...key }) {
      const code = checkStatusCode(statusCode);
      const { api, resource, method } = findMethod(call, key);
      getMethodResponse(method, code);
      setMethod(api, resource, withoutMethodResponse(method, code));
      return {};
    },
  },

  /** One response of a method. */
  GetMethodResponse(call, { statusCode, ...key }) {
    const code = checkStatusCode(statusCode);
    return getMethodResponse(findMethod(call, key).method, code);
  },

  /**
   * Calls a method of the working copy, without a stage and without its authorizer. Simulated are MOCK integrations and
   * private integrations. No simulated time passes; the latency says how much would. Where the backend is a server of the
   * user's own, the output is a promise.
   */
  TestInvokeMethod(call, input) {
    const api = getApiOfResource(call, input.restApiId);
    const resource = getResource(api, input.resourceId);
    const method = resource.methods.get(input.httpMethod ?? '') ?? getMethod(resource, 'ANY');
    const request = testRequest(call, api, resource, input);
    const answered = answerOf(call, api, method, request);
    const shown = (answer: TestAnswer): TestInvokeMethodResponse => responseOf(call, request, answer);
    return answered instanceof Promise ? answered.then(shown) : shown(answered);
  },
});

function answerOf(
  call: AwsCall,
  api: RestApiRow,
  method: MethodRow,
  request: TestRequest,
): TestAnswer | Promise<TestAnswer> {
  const { methodIntegration: own } = method;
  if (!own) throw WORDS.noIntegration(); // [I]
  return orFailed(api, request, { latencyMs: MOCK_MS }, () => {
    validateRequest(api, method, request);
    if (own.type === 'MOCK') return completedAnswer(mockResponse(method, own, request), [], MOCK_MS);
    if (own.connectionType !== 'VPC_LINK') {
      throw notSimulated(`A test of an integration of type ${own.type} without a VPC link`);
    }
    return privateAnswer({ call, api, method, own, request });
  });
}

function responseOf(
  call: AwsCall,
  request: TestRequest,
  { status, body, headers, lines, latencyMs }: TestAnswer,
): TestInvokeMethodResponse {
  const multiValueHeaders = Object.entries(headers).map(([name, value]) => [name, [value].flat()] as const);
  return {
    status,
    body: typeof body === 'string' ? body : textOf(body),
    headers: Object.fromEntries(multiValueHeaders.map(([name, values]) => [name, values.at(-1) ?? ''])),
    multiValueHeaders: Object.fromEntries(multiValueHeaders),
    log: executionLog(request.id, call.now, [...requestLines(request), ...lines]),
    latency: latencyMs,
  };
}
