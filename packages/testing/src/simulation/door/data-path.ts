import type { IncomingHttpHeaders } from 'node:http';
import { mergedHeaders } from '../traffic/merged-headers.js';
import { headersOf } from '../traffic/traffic-door.js';
import type { AnswerHeaders, GatewayAnswer } from '../traffic/gateway-call.js';
import type { World } from '../world/world.js';
import { parseHost } from './host.js';
import type { WireAnswer, WireRequest } from './wire.js';

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
  { traffic }: World,
  { host, path }: { readonly host: string; readonly path: string },
  { method, headers, body }: WireRequest,
): Promise<WireAnswer> {
  if (!traffic.hasGateway(host)) return unknown(host);
  const answer = await traffic.call({
    host,
    method,
    path,
    headers: mergedHeaders(joined(headers), { host }),
    body,
    sourceIp: '127.0.0.1',
  });
  return wireAnswer(answer);
}

function wireAnswer(answer: GatewayAnswer): WireAnswer {
  const { status, body, stream } = answer;
  const all = headersOf(answer);
  const headers: Record<string, AnswerHeaders[string]> = {};
  for (const name in all) if (!HOP_BY_HOP.has(name.toLowerCase())) headers[name] = all[name] ?? '';
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

/** Several values of one header, as gateways read them. */
export function joined(headers: IncomingHttpHeaders): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    texts[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return texts;
}
