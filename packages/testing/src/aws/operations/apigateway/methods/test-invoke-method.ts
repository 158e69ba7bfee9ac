import type { TestInvokeMethodRequest, TestInvokeMethodResponse } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../../call.js';
import { getApiOfResource, getMethod, getResource } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { executionLog, requestLines } from '../../../rest-api/test-invoke/execution-log.js';
import { mockAnswer } from '../../../rest-api/test-invoke/mock-answer.js';
import { privateAnswer } from '../../../rest-api/test-invoke/private-answer.js';
import type { TestAnswer } from '../../../rest-api/test-invoke/test-answer.js';
import { testRequest, type TestRequest } from '../../../rest-api/test-invoke/test-request.js';
import { notSimulated, WORDS } from '../../../rest-api/words.js';
import type { MethodRow, RestApiRow } from '../../../state/rest-api-state.js';

/**
 * Calls a method of the working copy, without a stage and without its authorizer. Simulated are MOCK integrations, and
 * private integrations that do not reach their backend.
 */
export const testInvokeMethod = restOperation<TestInvokeMethodRequest, TestInvokeMethodResponse>({
  name: 'TestInvokeMethod',
  kind: 'read',
  run(call, input) {
    const api = getApiOfResource(call, input.restApiId);
    const resource = getResource(api, input.resourceId);
    const method = resource.methods.get(input.httpMethod ?? '') ?? getMethod(resource, 'ANY');
    const request = testRequest(resource.path, input);
    const { status, body, headers, lines, latencyMs } = answerOf(call, api, method, request);
    return {
      status,
      body,
      headers: { ...headers },
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      log: executionLog(uuid(call), call.now, [...requestLines(request), ...lines]),
      latency: latencyMs,
    };
  },
});

function answerOf(call: AwsCall, api: RestApiRow, method: MethodRow, request: TestRequest): TestAnswer {
  const { methodIntegration: own, requestValidatorId } = method;
  if (!own) throw WORDS.noIntegration(); // [I]
  if (requestValidatorId !== undefined) throw notSimulated('A test of a method with a request validator');
  if (own.type === 'MOCK') return mockAnswer(api, method, own, request);
  if (own.connectionType === 'VPC_LINK') return privateAnswer(call, api, own, request);
  throw notSimulated(`A test of an integration of type ${own.type} without a VPC link`);
}

/** `2cd9f026-8ece-42b5-a448-fcbf917ba63e`. */
function uuid(call: AwsCall): string {
  const hex = (length: number) => call.id('', length, 'hex');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}
