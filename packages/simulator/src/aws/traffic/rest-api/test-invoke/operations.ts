import type { TestInvokeMethodResponse } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../../operation/call.js';
import { mockResponse } from '../../../rest-api/execution/mapped-response.js';
import { textOf } from '../../../rest-api/execution/mapped-value.js';
import { validateRequest } from '../../../rest-api/execution/validate-request.js';
import { family } from '../../../rest-api/family.js';
import { getApiOfResource, getMethod, getResource } from '../../../rest-api/find.js';
import type { MethodRow, RestApiRow } from '../../../rest-api/state.js';
import { notSimulated, WORDS } from '../../../rest-api/words.js';
import { executionLog, requestLines } from './execution-log.js';
import { privateAnswer } from './private-answer.js';
import { publicAnswer } from './public-answer.js';
import { completedAnswer, orFailed, type TestAnswer } from './test-answer.js';
import { testRequest, type TestRequest } from './test-request.js';

/** Milliseconds that a MOCK integration takes [I]. */
const MOCK_MS = 5;

/** The operation of REST APIs that makes a call: above the data path, and so not in `rest-api/operations/`. */
export const operations = family({
  /**
   * Calls a method of the working copy, without a stage and without its authorizer. Simulated are MOCK integrations and
   * those of HTTP endpoints, private and public. No simulated time passes; the latency says how much would. Where the backend is a server of the
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
    const test = { call, api, method, own, request };
    if (own.connectionType === 'VPC_LINK') return privateAnswer(test);
    if (own.type !== 'HTTP' && own.type !== 'HTTP_PROXY') {
      throw notSimulated(`A test of an integration of type ${own.type}`);
    }
    return publicAnswer(test);
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
