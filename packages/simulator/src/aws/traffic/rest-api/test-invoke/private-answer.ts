import type { Integration } from '@aws-sdk/client-api-gateway';
import { drawOf } from '../../../../simulation/traffic/decisions.js';
import type { Asked } from '../../../../simulation/traffic/backends/backend.js';
import { useVpcLink } from '../../../http-api/vpc-link.js';
import type { AwsCall } from '../../../operation/call.js';
import type { MethodRow, RestApiRow } from '../../../rest-api/state.js';
import { Deliveries } from '../../delivery.js';
import { traceId } from '../../request-ids.js';
import { broken, callThroughLink, INVALID_ADDRESS, TIMEOUT_MS, timedOut } from '../private-call.js';
import { addressOf } from '../../../rest-api/execution/address.js';
import { endpointRequest, type EndpointRequest } from '../../../rest-api/execution/endpoint-request.js';
import { mappedResponse, proxiedHeaders } from '../../../rest-api/execution/mapped-response.js';
import { textOf } from '../../../rest-api/execution/mapped-value.js';
import { endpointLines, shownMap, type LogLine } from './execution-log.js';
import { completedAnswer, failedAnswer, orFailed, type TestAnswer } from './test-answer.js';
import type { TestRequest } from './test-request.js';

/** Milliseconds until a link that cannot be used, or an address that is none, is found out [I]. */
export const SOON_MS = 15;

/** A test of an integration that calls an endpoint. */
export interface Test {
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
export function privateAnswer(test: Test): TestAnswer | Promise<TestAnswer> {
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
  const { aws, state: region, now, random, conditionAt } = call;
  const deliveries = new Deliveries();
  const uses = (linkId: string): void => void useVpcLink(call, linkId);
  const choose = (weights: readonly number[]): number => drawOf(weights, random)();
  const decisions = { changeAt: () => undefined };
  const newTraceId = (): string => traceId(now, random);
  const ground = { aws, region, now: () => now, choose, decisions, conditionAt, uses, traceId: newTraceId };
  return { region, deliver: (sent) => deliveries.deliver(ground, 0, sent) };
}

export function lowered(sent: EndpointRequest): EndpointRequest {
  const headers = Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...sent, headers: Object.fromEntries(headers) as Record<string, string> };
}

/** The answer of the endpoint, or the gateway's own where there was none in time. */
export function answered(
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
