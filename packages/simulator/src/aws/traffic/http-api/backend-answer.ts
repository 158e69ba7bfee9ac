import type { Cors } from '@aws-sdk/client-apigatewayv2';
import type { BackendResult } from '../../../simulation/traffic/backends/backend.js';
import type { GatewayAnswer, Trace } from '../../../simulation/traffic/gateway-call.js';
import { httpDate } from '../../../simulation/time/http-date.js';
import { LARGEST_PAYLOAD, lengthOf } from '../payload.js';
import { ownAnswer } from './answers.js';
import { changeHeaders, endToEnd } from './changed-headers.js';
import type { CompiledIntegration, Exchange } from './exchange.js';
import { corsHeaders } from './cors.js';

/** What came back: from a backend, or from a load balancer in front of it. */
type Returned = Extract<BackendResult, { readonly kind: 'answered' }>;

/**
 * Passes an answer on to the caller: all of it but the headers of the connection [U], changed as the integration's response
 * parameters ask. With a CORS configuration, the backend's own CORS headers are dropped.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function backendAnswer(exchange: Exchange, { responses }: CompiledIntegration, cors: Cors | undefined) {
  return (returned: Returned, trace: Trace): GatewayAnswer => {
    const now = exchange.ground.now();
    const { body, outcome = 'delivered', because } = returned;
    const length = lengthOf(body);
    if (length > LARGEST_PAYLOAD) {
      const tooLarge = `The answer has ${length} bytes; API Gateway passes on ${LARGEST_PAYLOAD}.`;
      const fate = { outcome: 'too-large', because: tooLarge, trace } as const; // the answer is [U]
      return ownAnswer({ id: exchange.id, now }, 'internal', fate);
    }
    const headers = endToEnd(returned.headers);
    headers['date'] ??= httpDate(now);
    const isToHead = exchange.call.method === 'HEAD' && length === 0; // the length is the backend's [I]
    const isBodiless = returned.status === 204 || returned.status === 304 || isToHead;
    if (!isBodiless) headers['content-length'] = `${length}`;
    const mapping = responses.get(returned.status);
    const reply = mapping && { headers: { ...headers }, body };
    if (mapping) changeHeaders(headers, mapping.headers, exchange, reply);
    if (cors) applyCors(headers, cors, exchange.call.headers['origin']);
    for (const name in headers) if (name.startsWith('apigw-')) delete headers[name];
    headers['Apigw-Requestid'] = exchange.id;
    const status = statusOf(mapping?.statusCode?.(exchange, reply)) ?? returned.status;
    return { status, headers, body, outcome, because, trace };
  };
}

function applyCors(headers: Record<string, string | readonly string[]>, cors: Cors, origin: string | undefined): void {
  for (const name in headers) if (name.startsWith('access-control-')) delete headers[name];
  if (origin !== undefined) Object.assign(headers, corsHeaders(cors, origin));
}

/** A mapping that makes no status changes nothing [I]. */
function statusOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-5]\d\d$/.test(text) ? Number(text) : undefined;
}
