import { mergedHeaders } from '../traffic/merged-headers.js';
import { headersOf } from '../traffic/traffic-door.js';
import type { GatewayAnswer } from '../traffic/gateway-call.js';
import type { AnswerHeaders } from '../traffic/backends/backend.js';
import type { World } from '../world/world.js';
import { parseHost } from './host.js';
import type { WireAnswer, WireRequest } from '../wire.js';

/** `/_postern/gateways/<host name>/<path>`: a call to that gateway, for clients that cannot send another `Host`. */
const PREFIX = '/_postern/gateways/';

/** The gateway that a request's path names, and the path that it gets; undefined for other requests. */
export function gatewayInPath(target: string): { host: string; path: string } | undefined {
  if (!target.startsWith(PREFIX)) return undefined;
  const rest = target.slice(PREFIX.length);
  const end = rest.search(/[/?]/);
  const [name, path] = end < 0 ? [rest, ''] : [rest.slice(0, end), rest.slice(end)];
  return { host: parseHost(name)?.name ?? '', path: path.startsWith('/') ? path : `/${path}` };
}

/** Answers a call to a gateway. */
export async function answerOfGateway(
  { traffic, clouds }: World,
  { host, path }: { readonly host: string; readonly path: string },
  request: WireRequest,
): Promise<WireAnswer> {
  const { method, body } = request;
  if (!traffic.hasGateway(host)) {
    const unserved = request.host === host ? clouds.map((cloud) => cloud.unserved?.(host)).find(Boolean) : undefined;
    return unserved ? wireAnswer(unserved, method) : unknown(host);
  }
  const answer = await traffic.call({
    host,
    method,
    path,
    headers: mergedHeaders(joined(request), { host }),
    body,
    sourceIp: '127.0.0.1',
  });
  return wireAnswer(answer, method);
}

/** An answer to HEAD has the `Content-Length` of the backend's answer. @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2 */
function wireAnswer(answer: GatewayAnswer, method: string): WireAnswer {
  const { status, body, stream } = answer;
  const all = headersOf(answer);
  const keepsLength = method === 'HEAD' && body.length === 0;
  const headers: Record<string, AnswerHeaders[string]> = {};
  for (const name in all) {
    const lower = name.toLowerCase();
    if (lower === 'content-length' && keepsLength) headers[lower] = all[name] ?? '';
    else if (!HOP_BY_HOP.has(lower)) headers[name] = all[name] ?? '';
  }
  return { status, headers, body, stream };
}

/** The server's own affair. */
const HOP_BY_HOP: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive']);

function unknown(host: string): WireAnswer {
  const message = `No gateway of the simulated clouds is called ${JSON.stringify(host.slice(0, 253))}.`;
  return {
    status: 404,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: 'UnknownGateway', message }),
  };
}

/**
 * The headers of a request, as gateways read them. Several fields of one name are one value, with commas and without blanks between.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html ("Header value")
 */
export function joined({
  headers,
  rawHeaders = [],
}: Pick<WireRequest, 'headers' | 'rawHeaders'>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (Array.isArray(value)) texts[name] = value.join(',');
    else if (value?.includes(', ') === true) texts[name] = severalOf(name, rawHeaders) ?? value;
    else texts[name] = value ?? '';
  }
  return texts;
}

/** The values of a header that was sent several times. */
function severalOf(name: string, rawHeaders: readonly string[]): string | undefined {
  const values: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() === name) values.push(rawHeaders[at + 1] ?? '');
  }
  return values.length > 1 ? values.join(',') : undefined;
}
