import type { Integration, TestInvokeMethodResponse } from '@aws-sdk/client-api-gateway';
import type { RestApiRow, MethodRow } from '../../control/state.js';
import { ExecutionFailure, type Response, type AnsweredType } from '../../control/execution/failure.js';
import { gatewayAnswer, mappedResponse, proxiedHeaders, mockResponse } from '../../control/execution/gateway-answer.js';
import { textOf } from '../../control/execution/mapped-value.js';
import {
  shownMap,
  endpointLines,
  executionLog,
  requestLines,
  type LogLine,
  testRequest,
  type TestRequest,
} from './test-request.js';
import { drawOf } from '../../../../simulation/traffic/outcomes.js';
import type { Asked } from '../../../../simulation/traffic/backends/backend.js';
import { useVpcLink } from '../../../http-apis/control/vpc-link.js';
import { type AwsCall, notSimulated } from '../../../operation/operation.js';
import { Deliveries } from '../../../traffic/delivery.js';
import { traceId } from '../../../traffic/front.js';
import { broken, callThroughLink, INVALID_ADDRESS, TIMEOUT_MS, timedOut } from '../private-call.js';
import { addressOf, endpointRequest, type EndpointRequest } from '../../control/execution/endpoint-request.js';
import { validateRequest } from '../../control/execution/validate-request.js';
import { family, getApiOfResource, getMethod, getResource } from '../../control/collection.js';
import { WORDS } from '../../control/words.js';

/** What a test answers, with what its log says after the lines of the request. */
interface TestAnswer extends Response {
  readonly lines: readonly LogLine[];
  /** Milliseconds. */
  readonly latencyMs: number;
}

/** How a call of a method ended badly. */
export interface TestFailure {
  readonly lines?: readonly LogLine[];
  /** `Execution failed due to configuration error: …` */
  readonly reason: string;
  readonly latencyMs: number;
  /** The gateway response that the call gets. */
  readonly type?: AnsweredType | undefined;
  readonly message?: string | undefined;
}

/**
 * A failure of the integration: the call is answered with a gateway response, the test itself with 200.
 * @see https://github.com/localstack/localstack `test_apigateway_api.py`, test_failed_invoke_test_method
 */
function failedAnswer(api: RestApiRow, request: TestRequest, failure: TestFailure): TestAnswer {
  const { lines = [], reason, latencyMs, type = 'API_CONFIGURATION_ERROR', message } = failure;
  const response = gatewayAnswer(api, type, request, message);
  return {
    ...response,
    lines: [
      ...lines,
      { text: reason, afterMs: latencyMs },
      { text: `Method completed with status: ${response.status}`, afterMs: latencyMs },
    ],
    latencyMs,
  };
}

/** The answer of a method whose integration answered. */
function completedAnswer(response: Response, lines: readonly LogLine[], latencyMs: number): TestAnswer {
  const { status, headers, body } = response;
  const after = [
    `Method response body after transformations: ${typeof body === 'string' ? body : textOf(body)}`,
    `Method response headers: ${shownMap(headers)}`,
    'Successfully completed execution',
    `Method completed with status: ${status}`,
  ].map((text) => ({ text, afterMs: latencyMs }));
  return { ...response, lines: [...lines, ...after], latencyMs };
}

/** A step of a test. One that fails because of how the API is set up is answered with a gateway response. */
function orFailed<T extends TestAnswer | Promise<TestAnswer>>(
  api: RestApiRow,
  request: TestRequest,
  { lines, latencyMs }: Pick<TestFailure, 'lines' | 'latencyMs'>,
  step: () => T,
): T | TestAnswer {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof ExecutionFailure)) throw error;

    const { reason, type, answer: message } = error;
    return failedAnswer(api, request, { ...(lines && { lines }), latencyMs, reason, type, message });
  }
}

/** Milliseconds until a link that cannot be used, or an address that is none, is found out [I]. */
const SOON_MS = 15;

/** A test of an integration that calls an endpoint. */
interface Test {
  readonly call: AwsCall;
  readonly api: RestApiRow;
  readonly method: MethodRow;
  readonly own: Integration;
  readonly request: TestRequest;
}

/**
 * The answer of a private integration: that of its backend, or the gateway's own where the backend is not reached. It is a
 * promise where the backend is a server of the user's own.
 * @see https://repost.aws/knowledge-center/api-gateway-500-error-vpc
 * @throws {ServiceError} NotImplemented for templates that are not plain text
 */
function privateAnswer(test: Test): TestAnswer | Promise<TestAnswer> {
  const { call, api, own, request } = test;
  const sent = endpointRequest(api.fields.id, own, request);
  const prepared = endpointLines(sent);
  // Nothing is left of an address whose variable is not set [I].
  if (addressOf(own, request.stageVariables).unset.inUri !== undefined) {
    return failedAnswer(api, request, { lines: prepared, reason: INVALID_ADDRESS, latencyMs: SOON_MS });
  }

  const { linkId, delivery } = callThroughLink(groundOf(call), { apiId: api.fields.id }, own, request, lowered(sent));
  const lines = linkId === '' ? prepared : [...prepared, { text: `Sending request to ${sent.uri}` }];
  if (delivery.kind === 'stopped') {
    const { reason, type, afterMs } = delivery;
    return failedAnswer(api, request, { lines, reason, type, latencyMs: afterMs || SOON_MS });
  }
  if (delivery.kind === 'answered') {
    return answered(test, lines, { result: delivery, tookMs: delivery.afterMs ?? SOON_MS });
  }

  const asked = call.askBackend(delivery.request, own.timeoutInMillis ?? TIMEOUT_MS);
  return asked instanceof Promise ? asked.then((one) => answered(test, lines, one)) : answered(test, lines, asked);
}

/** A test is a call of the link: an INACTIVE one starts to wake. */
function groundOf(call: AwsCall): Parameters<typeof callThroughLink>[0] {
  const { aws, state: region, now, random, conditionAt, networkChecks } = call;
  const deliveries = new Deliveries();
  const uses = (linkId: string): void => void useVpcLink(call, linkId);
  const choose = (weights: readonly number[]): number => drawOf(weights, random)();
  const decisions = { changeAt: () => undefined };
  const newTraceId = (): string => traceId(now, random);
  const ground = {
    aws,
    region,
    now: () => now,
    choose,
    decisions,
    conditionAt,
    networkChecks,
    uses,
    traceId: newTraceId,
  };
  return { region, deliver: (sent) => deliveries.deliver(ground, 0, sent) };
}

function lowered(sent: EndpointRequest): EndpointRequest {
  const headers = Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...sent, headers: Object.fromEntries(headers) as Record<string, string> };
}

/** The answer of the endpoint, or the gateway's own where there was none in time. */
function answered(
  { api, method, own, request }: Test,
  before: readonly LogLine[],
  { result, tookMs }: Asked,
): TestAnswer {
  if (result.kind !== 'answered') {
    const { reason, type } = result.kind === 'timeout' ? timedOut('', tookMs) : broken(result.because);
    return failedAnswer(api, request, { lines: before, reason, type, latencyMs: tookMs });
  }

  const { status, headers, body } = result;
  const received = [
    `Received response. Status: ${status}, Integration latency: ${tookMs} ms`,
    `Endpoint response headers: ${shownMap(headers)}`,
    `Endpoint response body before transformations: ${typeof body === 'string' ? body : textOf(body)}`,
  ].map((text) => ({ text, afterMs: tookMs }));
  const lines = [...before, ...received];
  return orFailed(api, request, { lines, latencyMs: tookMs }, () => {
    const proxied = { status, headers: proxiedHeaders(headers), body };
    const response = own.type === 'HTTP_PROXY' ? proxied : mappedResponse(method, own, request, result);
    return completedAnswer(response, lines, tookMs);
  });
}

/** Hosts that the internet has no way to. */
const PRIVATE = /^(?:localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.|\[)/i;

/**
 * The answer of a public endpoint. The internet is not called: a backend that is registered for the host of the URI answers, else the
 * echo. It is a promise where the backend is a server of the user's own. That a private address fails in these words is [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html
 * @throws {ServiceError} NotImplemented for templates that are not plain text
 */
function publicAnswer(test: Test): TestAnswer | Promise<TestAnswer> {
  const { call, api, own, request } = test;
  const sent = endpointRequest(api.fields.id, own, request);
  const prepared = endpointLines(sent);
  const { endpoint, method, body } = sent;
  const isUnset = addressOf(own, request.stageVariables).unset.inUri !== undefined;
  if (!endpoint || isUnset || PRIVATE.test(endpoint.name)) {
    return failedAnswer(api, request, { lines: prepared, reason: INVALID_ADDRESS, latencyMs: SOON_MS });
  }

  const lines = [...prepared, { text: `Sending request to ${sent.uri}` }];
  const { headers } = lowered(sent);
  const { host: target, port, path } = endpoint;
  const place = { address: endpoint.name.toLowerCase(), port, target };
  const asked = call.askBackend(
    { ...place, method, path, headers, body, source: '', link: '', gateway: api.fields.id },
    own.timeoutInMillis ?? TIMEOUT_MS,
  );
  return asked instanceof Promise ? asked.then((one) => answered(test, lines, one)) : answered(test, lines, asked);
}

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
