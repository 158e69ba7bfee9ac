import type { Integration } from '@aws-sdk/client-api-gateway';
import type { BackendResult } from '../../../simulation/traffic/backend.js';
import type { GatewayAnswer, Journey } from '../../../simulation/traffic/gateway-call.js';
import { endpointRequest, type EndpointRequest } from '../../rest-api/execution/endpoint-request.js';
import { gatewayAnswer } from '../../rest-api/execution/gateway-answer.js';
import { mappedResponse, mockResponse, type Response } from '../../rest-api/execution/mapped-response.js';
import { proxiedHeaders } from '../../rest-api/execution/proxy-response.js';
import { LARGEST_PAYLOAD, lengthOf } from '../payload.js';
import { traceId } from '../request-ids.js';
import { failing, notSimulated } from './failing.js';
import { broken, callThroughLink, TIMEOUT_MS, timedOut, type Stopped } from './private-call.js';
import { answer, type Visit } from './visit.js';

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
  const trace = traceId(ground.now(), ground.random);
  const sent = onTheWire(visit, own, endpointRequest(view.fields.id, own, request), trace);
  const { linkId, delivery } = callThroughLink(ground, view.fields.id, own, request, sent);
  const at = (place: { readonly source: string; readonly target?: string }): Visit => {
    const { source, target = '' } = place;
    return { ...visit, trace: { ...visit.trace, link: linkId, source, target } };
  };
  if (delivery.kind === 'stopped') return stop(at(delivery), delivery);
  if (delivery.kind === 'answered') {
    return { answer: finished(at(delivery), own, trace, delivery), afterMs: delivery.afterMs };
  }
  const arrived = at(delivery.request);
  return {
    request: delivery.request,
    broken: delivery.broken,
    timeoutMs: own.timeoutInMillis ?? TIMEOUT_MS,
    ...(own.responseTransferMode === 'STREAM' && { streams: { idleMs: idleMsOf(visit) } }),
    finish: (result) => finished(arrived, own, trace, result),
  };
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
function onTheWire({ call }: Visit, own: Integration, sent: EndpointRequest, trace: string): EndpointRequest {
  const headers: Record<string, string> = {};
  for (const name in sent.headers) headers[name.toLowerCase()] = sent.headers[name] ?? '';
  const before = headers['x-forwarded-for'];
  const forwarded = own.type === 'HTTP_PROXY' && {
    'x-forwarded-for': before === undefined ? call.sourceIp : `${before}, ${call.sourceIp}`,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
  const length = own.type === 'HTTP' || sent.body.length > 0 ? { 'content-length': `${sent.body.length}` } : {};
  return { ...sent, headers: { ...headers, ...forwarded, ...length, 'x-amzn-trace-id': trace } };
}

/** The gateway's answer to what the backend, or a load balancer, did. */
function finished(visit: Visit, own: Integration, trace: string, result: BackendResult): GatewayAnswer {
  const timeoutMs = own.timeoutInMillis ?? TIMEOUT_MS;
  if (result.kind === 'timeout') {
    return stop(visit, timedOut(`The backend did not answer within ${timeoutMs} ms.`, timeoutMs)).answer;
  }
  if (result.kind === 'reset') return stop(visit, broken(result.because)).answer;
  if (lengthOf(result.body) > LARGEST_PAYLOAD) return stop(visit, tooLarge(lengthOf(result.body))).answer;
  const { outcome = 'delivered', because, stream } = result;
  const end = { outcome, because, trace: visit.trace };
  return failing(visit, () => {
    const answered = answer(visit, responseOf(visit, own, trace, result), end);
    return { answer: stream ? { ...answered, stream } : answered };
  }).answer;
}

/** `X-Amzn-Trace-Id` is among the answers of HTTP only [M]. */
function responseOf({ route, request }: Visit, own: Integration, trace: string, answered: Response): Response {
  const { status, headers, body } = answered;
  if (own.type === 'HTTP_PROXY') return { status, headers: proxiedHeaders(headers), body };
  const mapped = mappedResponse(route.method, own, request, answered);
  return { ...mapped, headers: { ...mapped.headers, 'X-Amzn-Trace-Id': trace } };
}

/** The answer and the limit are [I]: the documented payload limit is for both directions. */
function tooLarge(length: number): Stopped {
  const because = `The answer of the backend has ${length} bytes, and at most ${LARGEST_PAYLOAD} are passed on.`;
  return { ...broken(because), outcome: 'too-large', type: 'API_CONFIGURATION_ERROR' };
}

function stop(visit: Visit, { type, outcome, because, afterMs }: Stopped): { answer: GatewayAnswer; afterMs: number } {
  const { copy, request, trace } = visit;
  return { answer: answer(visit, gatewayAnswer(copy, type, request), { outcome, because, trace }), afterMs };
}
