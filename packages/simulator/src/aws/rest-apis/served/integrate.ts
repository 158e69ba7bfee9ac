import type { Integration, MethodSetting } from '@aws-sdk/client-api-gateway';
import type { GatewayAnswer, GatewayCall, Trace, Journey } from '../../../simulation/traffic/gateway-call.js';
import type { AnswerHeaders, BackendResult } from '../../../simulation/traffic/backends/backend.js';
import { mergedHeaders } from '../../../simulation/traffic/merged-headers.js';
import type { Outcome } from '../../../simulation/traffic/outcomes.js';
import {
  ExecutionFailure,
  notSimulatedResponse,
  type AnsweredType,
  type Response,
} from '../control/execution/failure.js';
import type { MethodRequest } from '../control/execution/mapped-value.js';
import type { RestApiCopy, RestStageRow } from '../control/state.js';
import type { RestView } from '../../traffic/throttled.js';
import { type Ground, traceId, LARGEST_PAYLOAD, lengthOf } from '../../traffic/front.js';
import { httpDate } from '../../../simulation/time/time.js';
import type { Route } from './router.js';
import { gatewayAnswer, mappedResponse, mockResponse, proxiedHeaders } from '../control/execution/gateway-answer.js';
import { ServiceError } from '../../operation/operation.js';
import { certificateNow } from '../control/client-certificate.js';
import { endpointRequest, type EndpointRequest } from '../control/execution/endpoint-request.js';
import { broken, callThroughLink, TIMEOUT_MS, timedOut, type Caller, type Stopped } from './private-call.js';

export interface CallIds {
  readonly requestId: string;
  /** `x-amz-apigw-id`. */
  readonly extendedId: string;
}

/** The settings of a stage for a method, and those for all methods. */
export interface CallSettings {
  readonly own: MethodSetting | undefined;
  readonly all: MethodSetting | undefined;
}

/** A call that has reached a method of a stage. */
export interface Visit extends CallIds {
  readonly ground: Ground;
  readonly view: RestView;
  readonly call: GatewayCall;
  readonly stage: RestStageRow;
  /** What the stage, or its canary, serves. */
  readonly copy: RestApiCopy;
  readonly route: Route;
  readonly request: MethodRequest;
  readonly vpcEndpointId: string | undefined;
  readonly isCanary: boolean;
  readonly settings: CallSettings;
  readonly trace: Trace;
}

/** Why a call is not passed on. */
export interface Refusal {
  readonly type: AnsweredType;
  readonly outcome: Outcome;
  readonly because: string;
  /** In place of the default message of the type. */
  readonly message?: string | undefined;
}

/** What the caller gets, with the headers that every answer of a REST API has. */
export function answer(
  { ground, requestId, extendedId }: CallIds & { readonly ground: Pick<Ground, 'now'> },
  { status, headers, body }: Response,
  end: { readonly outcome: Outcome; readonly because?: string | undefined; readonly trace: Trace },
): GatewayAnswer {
  const { outcome, because, trace } = end;
  const Date = httpDate(ground.now());
  const hasType = 'Content-Type' in headers || 'content-type' in headers;
  const all = mergedHeaders<AnswerHeaders[string]>(
    hasType ? { Date } : { Date, 'Content-Type': 'application/json' },
    headers,
    { 'x-amzn-RequestId': requestId, 'x-amz-apigw-id': extendedId },
  );
  return { status, headers: all, body, outcome, because, trace };
}

/**
 * A step of a call. Where it fails because of how the API is set up, the caller gets the gateway's answer, and where it needs
 * what is not simulated, 501. The outcome is `no-integration` for both.
 * @param trace how far the call came; by default to its method
 */
export function failing<J extends Journey>(
  visit: Visit,
  step: () => J,
  trace: Trace = visit.trace,
): J | { readonly answer: GatewayAnswer } {
  try {
    return step();
  } catch (error) {
    const { copy, request } = visit;
    if (error instanceof ServiceError && error.code === 'NotImplemented') {
      return notSimulated(visit, error.message, trace);
    }
    if (!(error instanceof ExecutionFailure)) throw error;

    const { type, reason: because, answer: message } = error;
    const outcome = type === 'API_CONFIGURATION_ERROR' ? 'no-integration' : 'unauthorized';
    return { answer: answer(visit, gatewayAnswer(copy, type, request, message), { outcome, because, trace }) };
  }
}

/** A call that needs what is not simulated. */
function notSimulated(visit: Visit, because: string, trace: Trace = visit.trace): { readonly answer: GatewayAnswer } {
  const end = { outcome: 'no-integration', because, trace } as const;
  return { answer: answer(visit, notSimulatedResponse(because), end) };
}

/** Runs the integration of the method that a call has reached. */
export function integrate(visit: Visit): Journey {
  const own = visit.route.method.methodIntegration;
  if (own?.type === 'MOCK') return { answer: mocked(visit, own) };

  const isHttp = own?.type === 'HTTP' || own?.type === 'HTTP_PROXY';
  if (isHttp && own.connectionType === 'VPC_LINK') return failing(visit, () => throughLink(visit, own));

  const because = isHttp
    ? `The integration calls ${own.uri} over the internet, which is not simulated.`
    : `An integration of type ${own?.type} is not simulated.`;
  return notSimulated(visit, because);
}

function mocked(visit: Visit, own: Integration): GatewayAnswer {
  const { route, request, trace } = visit;
  const journey = failing(visit, () => ({
    answer: answer(visit, mockResponse(route.method, own, request), { outcome: 'delivered', trace }),
  }));
  return journey.answer;
}

function throughLink(visit: Visit, own: Integration): Journey {
  const { ground, view, request } = visit;
  const traceHeader = `Root=${traceId(ground.now(), ground.random)}`;
  const sent = onTheWire(visit, own, endpointRequest(view.fields.id, own, request), traceHeader);
  const { linkId, delivery } = callThroughLink(ground, callerOf(visit), own, request, sent);
  const { gateway, route, stage } = visit.trace;
  const at = (source: string, target: string): Trace => ({ gateway, route, stage, link: linkId, target, source });
  if (delivery.kind === 'stopped') return stop(visit, at(delivery.source, ''), delivery);
  if (delivery.kind === 'answered') {
    const { source, target, afterMs } = delivery;
    return { answer: finished(visit, at(source, target), own, traceHeader, delivery), afterMs };
  }

  const there = at(delivery.request.source, delivery.request.target);
  return {
    request: delivery.request,
    broken: delivery.broken,
    timeoutMs: own.timeoutInMillis ?? TIMEOUT_MS,
    ...(own.responseTransferMode === 'STREAM' && { streams: { idleMs: idleMsOf(visit) } }),
    finish: (result) => finished(visit, there, own, traceHeader, result),
  };
}

function callerOf({ ground, view, stage }: Visit): Caller {
  const certificate = certificateNow(ground.region, stage.clientCertificateId, ground.now());
  return { apiId: view.fields.id, certificate };
}

/** How long a stream may be silent. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html */
const IDLE_MS = { edge: 30_000, other: 300_000 } as const;

function idleMsOf({ view }: Visit): number {
  return (view.fields.endpointConfiguration?.types?.[0] ?? 'EDGE') === 'EDGE' ? IDLE_MS.edge : IDLE_MS.other;
}

/**
 * The headers that the backend gets, in lower case. With HTTP_PROXY the caller's address is added [I].
 * @see https://github.com/localstack/localstack snapshot test_apigateway_header_remapping_http
 */
function onTheWire({ call }: Visit, own: Integration, sent: EndpointRequest, traceHeader: string): EndpointRequest {
  const { uri, endpoint, method, body } = sent;
  const headers: Record<string, string> = {};
  for (const name in sent.headers) headers[name.toLowerCase()] = sent.headers[name] ?? '';
  if (own.type === 'HTTP_PROXY') {
    const before = headers['x-forwarded-for'];
    headers['x-forwarded-for'] = before === undefined ? call.sourceIp : `${before}, ${call.sourceIp}`;
    headers['x-forwarded-port'] = '443';
    headers['x-forwarded-proto'] = 'https';
  }
  if (own.type === 'HTTP' || body.length > 0) headers['content-length'] = `${body.length}`;
  headers['x-amzn-trace-id'] = traceHeader;
  return { uri, endpoint, method, headers, body };
}

/** The gateway's answer to what the backend, or a load balancer, did. */
function finished(
  visit: Visit,
  trace: Trace,
  own: Integration,
  traceHeader: string,
  result: BackendResult,
): GatewayAnswer {
  const timeoutMs = own.timeoutInMillis ?? TIMEOUT_MS;
  if (result.kind === 'timeout') {
    return stop(visit, trace, timedOut(`The backend did not answer within ${timeoutMs} ms.`, timeoutMs)).answer;
  }
  if (result.kind === 'reset') return stop(visit, trace, broken(result.because)).answer;

  const length = lengthOf(result.body);
  if (length > LARGEST_PAYLOAD) return stop(visit, trace, tooLarge(length)).answer;

  const { outcome = 'delivered', because, stream } = result;
  const step = (): { answer: GatewayAnswer } => {
    const answered = answer(visit, responseOf(visit, own, traceHeader, result), { outcome, because, trace });
    return { answer: stream ? { ...answered, stream } : answered };
  };
  return failing(visit, step, trace).answer;
}

/** `X-Amzn-Trace-Id` is among the answers of HTTP only [M]. */
function responseOf(
  { route, request, call }: Visit,
  own: Integration,
  traceHeader: string,
  answered: Response,
): Response {
  const { status, headers, body } = answered;
  if (own.type === 'HTTP_PROXY') {
    const passed = proxiedHeaders(headers);
    const { 'content-length': length } = headers;
    if (call.method === 'HEAD' && length !== undefined) passed['Content-Length'] = length; // [I]
    return { status, headers: passed, body };
  }

  const mapped = mappedResponse(route.method, own, request, answered);
  return { ...mapped, headers: { ...mapped.headers, 'X-Amzn-Trace-Id': traceHeader } };
}

/** The answer and the limit are [I]: the documented payload limit is for both directions. */
function tooLarge(length: number): Stopped {
  const because = `The answer of the backend has ${length} bytes, and at most ${LARGEST_PAYLOAD} are passed on.`;
  return { ...broken(because), outcome: 'too-large', type: 'API_CONFIGURATION_ERROR' };
}

function stop(
  visit: Visit,
  trace: Trace,
  { type, outcome, because, afterMs }: Stopped,
): { answer: GatewayAnswer; afterMs: number } {
  const { copy, request } = visit;
  return { answer: answer(visit, gatewayAnswer(copy, type, request), { outcome, because, trace }), afterMs };
}
