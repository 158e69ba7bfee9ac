import type { Cors } from '@aws-sdk/client-apigatewayv2';
import type { PrivateCall, Delivery } from '../../traffic/delivery.js';
import { traceId, joinTarget, splitTarget, LARGEST_PAYLOAD, lengthOf } from '../../traffic/front.js';
import {
  changeHeaders,
  endToEnd,
  type CompiledIntegration,
  type Exchange,
  type Change,
  corsHeaders,
} from './exchange.js';
import { nameOf } from './sources.js';
import type { BackendResult } from '../../../simulation/traffic/backends/backend.js';
import type { GatewayAnswer, Trace, Journey } from '../../../simulation/traffic/gateway-call.js';
import { httpDate } from '../../../simulation/time/time.js';
import { ownAnswer, ended, type Fate, type OwnAnswerName } from './answers.js';
import { covers } from '../../rest-apis/control/domain/domain.js';
import type { IntegrationRow } from '../control/state.js';
import { certificatesOf } from '../../load-balancing/find.js';
import type { ListenerRow } from '../../load-balancing/state.js';
import type { RegionState } from '../../state/aws-state.js';
import type { Outcome } from '../../../simulation/traffic/outcomes.js';
import { UNREAD_BACKEND } from '../control/integration.js';

const VIA = 'HTTP/1.1 AmazonAPIGateway';

/**
 * The request that an HTTP API sends to a private backend: the caller's, with the name of the stage in its path unless a
 * mapping overwrites it, and with `forwarded`, `via` and `x-amzn-trace-id`.
 * Records up to 2021 have `by` in `forwarded` (medium.com/@lancers/amazon-api-gateway-explaining-http-proxy-in-http-api-3ea0afe6b03c), later
 * ones do not [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function backendRequest(exchange: Exchange, { row, request }: CompiledIntegration): PrivateCall {
  const { call, view } = exchange;
  const headers: Record<string, string> = endToEnd(call.headers);
  delete headers['expect'];
  headers['host'] = call.host;
  headers['forwarded'] = listed(headers['forwarded'], `for=${call.sourceIp};host=${call.host};proto=https`);
  headers['via'] = listed(headers['via'], VIA);
  headers['x-amzn-trace-id'] ??= `Root=${traceId(exchange.now, exchange.ground.random)}`;
  headers['content-length'] = `${call.body.length}`;
  if (request.headers.length > 0) changeHeaders(headers, request.headers, exchange);
  const { IntegrationMethod: method = 'ANY' } = row;
  return {
    gateway: view.fields.ApiId,
    linkId: row.ConnectionId ?? '',
    targetId: row.IntegrationUri ?? '',
    isTls: row.TlsConfig !== undefined,
    method: method === 'ANY' ? call.method : method,
    path: targetOf(exchange, request),
    host: headers['host'],
    headers,
    body: call.body,
  };
}

/** Another proxy's value stays in front [I]. */
function listed(before: string | undefined, value: string): string {
  return before === undefined ? value : `${before}, ${value}`;
}

function targetOf(exchange: Exchange, { path, query }: CompiledIntegration['request']): string {
  if (!path && query.length === 0) return exchange.call.path;

  const target = splitTarget(exchange.call.path);
  const overwritten = path?.(exchange, undefined);
  return joinTarget({
    path: overwritten === undefined ? target.path : rooted(overwritten),
    query: query.length === 0 ? target.query : changedQuery(target.query, query, exchange),
  });
}

/** A path begins with a slash, and has no characters that a request line cannot hold. */
function rooted(path: string): string {
  const plain = path.replaceAll(/[^\x21-\x7e]|[?#]/gu, (one) => encodeURIComponent(one));
  return plain.startsWith('/') ? plain : `/${plain}`;
}

function changedQuery(query: string, changes: readonly Change[], exchange: Exchange): string {
  let pairs = query === '' ? [] : query.split('&');
  for (const { action, name, value } of changes) {
    const text = action === 'remove' ? undefined : value(exchange, undefined);
    if (action !== 'remove' && text === undefined) continue;

    if (action !== 'append') pairs = pairs.filter((pair) => nameOf(pair) !== name);
    if (text !== undefined) pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
  }
  return pairs.join('&');
}

/** What came back: from a backend, or from a load balancer in front of it. */
type Returned = Extract<BackendResult, { readonly kind: 'answered' }>;

/**
 * Passes an answer on to the caller: all of it but the headers of the connection [U], changed as the integration's response
 * parameters ask. With a CORS configuration, the backend's own CORS headers are dropped.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
function backendAnswer(exchange: Exchange, { responses }: CompiledIntegration, cors: Cors | undefined) {
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

/**
 * Why the certificate of the listener at which an integration's TLS session ends does not suit it: it has to have the name to verify.
 * A target that ends TLS itself is taken to have the right certificate, and so is a listener with one that the simulation does not have.
 *
 * Which answer callers get is [U]: 500, as REST APIs answer; where no TLS session is made (`listenerRefuses`), 503.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function certificateProblem(
  region: RegionState,
  { TlsConfig }: IntegrationRow,
  listener: ListenerRow | undefined,
): string | undefined {
  const name = TlsConfig?.ServerNameToVerify;
  if (name === undefined || listener === undefined) return undefined;

  const arns = certificatesOf(listener);
  const rows = arns.flatMap((one) => region.acm.certificates.get(one) ?? []);
  const isKnown = arns.length > 0 && rows.length === arns.length;
  if (!isKnown || rows.some((row) => row.fields.SubjectAlternativeNames.some((one) => covers(one, name))))
    return undefined;

  return `No certificate of the listener on port ${listener.fields.Port} has the name ${name}.`;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const TIMEOUT_MS = 30_000;
/**
 * How long the service tries to connect where nothing answers, in milliseconds [I]: the one record there is, of a REST API.
 * @see https://github.com/aws/apprunner-roadmap/issues/193
 */
const CONNECT_MS = 10_000;

/** Calls the private integration of a route. */
export function send(exchange: Exchange, cors: Cors | undefined): Journey {
  const { ground, route, trace, id } = exchange;
  const { integration } = route;
  if (!integration) {
    const because = `Route ${route.key} has no integration.`; // the answer is [U]
    return ended(exchange, 'internal', { outcome: 'no-integration', because, trace });
  }

  const { row } = integration;
  if (row.ConnectionType !== 'VPC_LINK') return notSimulated(exchange);

  const delivery = ground.deliver(backendRequest(exchange, integration));
  const link = row.ConnectionId ?? '';
  const timeoutMs = row.TimeoutInMillis ?? TIMEOUT_MS;
  if (delivery.kind === 'stopped') {
    const { outcome, because, source, isRefused } = delivery;
    const fate = { outcome, because, trace: { ...trace, link, source } };
    const afterMs =
      outcome === 'unreachable' && source !== '' && isRefused !== true ? Math.min(CONNECT_MS, timeoutMs) : 0;
    const then = { id, now: exchange.now + afterMs };
    return { answer: ownAnswer(then, answerTo(delivery, row.IntegrationUri), fate), afterMs };
  }

  const there = traceTo(trace, link, delivery.kind === 'arrived' ? delivery.request : delivery);
  const because = certificateProblem(ground.region, row, delivery.tlsAt);
  if (because !== undefined) return ended(exchange, 'internal', { outcome: 'unreachable', because, trace: there });

  const answer = backendAnswer(exchange, integration, cors);
  const failed = (outcome: Outcome, because: string) =>
    ownAnswer({ id, now: ground.now() }, 'unavailable', { outcome, because, trace: there });
  const late = (): GatewayAnswer => failed('timeout', `There was no answer within ${timeoutMs} ms.`);
  if (delivery.kind === 'answered') {
    const { afterMs = 0 } = delivery;
    return afterMs > timeoutMs ? { answer: late(), afterMs: timeoutMs } : { answer: answer(delivery, there), afterMs };
  }

  return {
    request: delivery.request,
    timeoutMs,
    broken: delivery.broken,
    finish: (result) => {
      if (result.kind === 'timeout') return late();

      return result.kind === 'reset' ? failed('reset', result.because) : answer(result, there);
    },
  };
}

function traceTo(
  { gateway, route, stage }: Trace,
  link: string,
  { target, source }: { readonly target: string; readonly source: string },
): Trace {
  return { gateway, route, stage, link, target, source };
}

const NO_INSTANCE: ReadonlySet<Outcome> = new Set(['unreachable', 'no-healthy-target']);

/**
 * 503 where the network stops a call, 500 where a Cloud Map service has no instance to call: none was chosen then.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function answerTo({ outcome, source }: Extract<Delivery, { readonly kind: 'stopped' }>, uri = ''): OwnAnswerName {
  const isUnfound = uri.includes(':servicediscovery:') && source === '' && NO_INSTANCE.has(outcome);
  return isUnfound ? 'internal' : 'unavailable';
}

/** Status 501 tells the answer apart from those of the service. */
function notSimulated({ route, trace }: Exchange): Journey {
  const {
    IntegrationType: type,
    ConnectionType: connection = 'INTERNET',
    IntegrationUri: uri,
  } = route.integration?.row ?? {};
  const what =
    uri === UNREAD_BACKEND
      ? 'an integration without a link, whose type is not in the snapshot'
      : `type ${type} over ${connection}`;
  const because = `Only private integrations are simulated; route ${route.key} has ${what}.`;
  const fate: Fate = { outcome: 'no-integration', because, trace };
  const body = JSON.stringify({ message: because });
  const headers = { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(body)}` };
  return { answer: { status: 501, headers, body, ...fate } };
}
