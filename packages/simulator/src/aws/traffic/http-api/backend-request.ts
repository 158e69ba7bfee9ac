import type { PrivateCall } from '../delivery.js';
import { traceId } from '../request-ids.js';
import { joinTarget, splitTarget } from '../request-target.js';
import { changeHeaders, endToEnd } from './changed-headers.js';
import type { CompiledIntegration, Exchange, Change } from './exchange.js';
import { nameOf } from './sources.js';

const VIA = 'HTTP/1.1 AmazonAPIGateway';

/**
 * The request that an HTTP API sends to a private backend: the caller's, with the name of the stage in its path unless a
 * mapping overwrites it, and with `forwarded`, `via` and `x-amzn-trace-id`.
 * Records up to 2021 have `by` in `forwarded` (medium.com/@lancers/amazon-api-gateway-explaining-http-proxy-in-http-api-3ea0afe6b03c), later
 * ones do not [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export function backendRequest(exchange: Exchange, { row, request }: CompiledIntegration): PrivateCall {
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
