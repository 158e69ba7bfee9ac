import type { IncomingHttpHeaders } from 'node:http';
import { mergedHeaders } from '../traffic/merged-headers.js';
import { headersOf } from '../traffic/traffic-door.js';
import type { GatewayAnswer } from '../traffic/gateway-call.js';
import type { AnswerHeaders } from '../traffic/backends/backend.js';
import type { World } from '../world/world.js';
import type { WireAnswer, WireRequest } from '../wire.js';
import type { Cloud } from '../world/cloud.js';
import { httpDate } from '../time/time.js';
import { controlAnswer, isControl } from './control.js';
import { MAX_PORT } from '../ports.js';

/** Names and addresses that always mean this machine. `127.0.0.1.nip.io`, `localhost.`, `0.0.0.0` and the like do not. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A `Host` header's name and port: lower case; the port is `undefined` when none is given. */
interface Host {
  readonly name: string;
  readonly port: number | undefined;
}

const FORM = /^(\[[0-9a-f:]{2,39}\]|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,12})(?::([1-9]\d{0,4}))?$/i;

/** The header read last, and its result: one client's requests all carry the same. */
let last: { readonly header: string; readonly host: Host | undefined } = { header: '', host: undefined };

/** Reads a `Host` header strictly: no user, no path, no space, no odd port. */
function parseHost(header = ''): Host | undefined {
  if (header !== last.header) last = { header, host: readHost(header) };
  return last.host;
}

/**
 * Whether this name is one of the loopback's. The port does not count: behind a container's port mapping or a local
 * proxy it differs. A page that was served from another port of this machine sends an `Origin`, which is refused.
 */
function isLoopback({ name }: Host): boolean {
  return LOOPBACK.has(name);
}

/**
 * The name of a further host that requests may be sent to, as `Host` headers are compared with it:
 * `host.docker.internal`.
 * @throws {RangeError} for a text that is not a host name, or that has a port.
 */
export function hostName(text: string): string {
  const host = readHost(text);
  if (host !== undefined && host.port === undefined) return host.name;

  throw new RangeError(`Invalid host name: ${JSON.stringify(text)}. Expected a name without a port.`);
}

function readHost(header: string): Host | undefined {
  const [, name, port] = FORM.exec(header) ?? [];
  if (name === undefined || Number(port ?? 0) > MAX_PORT) return undefined;

  return { name: name.toLowerCase(), port: port === undefined ? undefined : Number(port) };
}

/** `/_postern/gateways/<host name>/<path>`: a call to that gateway, for clients that cannot send another `Host`. */
const PREFIX = '/_postern/gateways/';

/** The gateway that a request's path names, and the path that it gets; undefined for other requests. */
function gatewayInPath(target: string): { host: string; path: string } | undefined {
  if (!target.startsWith(PREFIX)) return undefined;

  const rest = target.slice(PREFIX.length);
  const end = rest.search(/[/?]/);
  const [name, path] = end < 0 ? [rest, ''] : [rest.slice(0, end), rest.slice(end)];
  return { host: parseHost(name)?.name ?? '', path: path.startsWith('/') ? path : `/${path}` };
}

/** Answers a call to a gateway. */
async function answerOfGateway(
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

/** A request's head, before its body has been read. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as sent; undefined where they are not known. */
  readonly rawHeaders?: readonly string[] | undefined;
}

const HINT =
  'This is Postern, a simulation of clouds. A request is told apart by the service in its AWS signature (Authorization: AWS4-HMAC-SHA256 …, any key will do) or by its Alibaba Cloud action (x-acs-action, or Action and Version); this one has neither. Control paths begin with /_postern/.';

/**
 * Refuses requests that no regular client sends: another host name (DNS rebinding), or a browser page that calls a control path or a
 * cloud's API. No page is of the simulator: one of the same origin is the answer of a backend, below `/_postern/gateways/`. Calls of gateways carry `Origin` as they do in the cloud: the gateway answers preflight requests, and
 * browsers send it when they open a WebSocket. `allowed` are names besides the loopback's and the clouds' own.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-4.1
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header ("none": typed by the user)
 */
export function refusal(world: World, head: RequestHead, allowed: ReadonlySet<string>): WireAnswer | undefined {
  const { origin, host: hostHeader, 'sec-fetch-site': site } = head.headers;
  const host = parseHost(hostHeader);
  if (!host || !isOurs(host, world.clouds, allowed)) {
    return message(
      403,
      'ForeignHost',
      "Only loopback names, the clouds' own API hosts and allowed hosts are served here. Allow a host with --allow-host.",
    );
  }

  const isOfPage = site !== undefined && site !== 'none';
  if (calledGateway(world, head)) return undefined;
  if (origin !== undefined) return message(403, 'ForeignOrigin', 'Web pages may not call a simulated cloud.');
  if (isOfPage) return message(403, 'CrossSite', 'Web pages may not call a simulated cloud.');

  const mayBeImage = site === undefined && allowed.has(host.name) && isWriteByGet(head);
  return mayBeImage
    ? message(
        403,
        'CrossSite',
        'At this name, changes are sent by POST: a web page can send this GET. Use POST or 127.0.0.1.',
      )
    : undefined;
}

/**
 * Whether a page can send this change as the address of an image: browsers send `Sec-Fetch-Site` to loopback names, and to others over
 * HTTPS only, and no `Origin` with the GET of an image.
 * @see https://www.w3.org/TR/fetch-metadata/#fetch-metadata-headers ("potentially trustworthy URL")
 */
function isWriteByGet({ method, target }: RequestHead): boolean {
  const action = new URLSearchParams(target.split('?')[1]).get('Action');
  return /^(?:GET|HEAD)$/.test(method) && action !== null && !/^(?:Describe|Get|List|Query|Search)/.test(action);
}

function isOurs(host: Host, clouds: readonly Cloud[], allowed: ReadonlySet<string>): boolean {
  return (
    isLoopback(host) ||
    allowed.has(host.name) ||
    clouds.some((cloud) => cloud.ownsHost(host.name) || cloud.isEndpoint?.(host.name))
  );
}

/** Answers a request whose head was accepted. */
export function answer(world: World, head: RequestHead, body: Buffer): WireAnswer | Promise<WireAnswer> {
  const request = wireRequest(head, body);
  const gateway = gatewayOf(world, request.target, request.host);
  if (gateway) return answerOfGateway(world, gateway, request);
  if (isControl(request)) return controlAnswer(world, request);

  const cloud = world.clouds.find((candidate) => candidate.recognizes(request));
  if (cloud) {
    const dated = (answered: WireAnswer): WireAnswer => withDate(answered, world.now());
    const end = world.begin();
    let later = false;
    try {
      const answered = cloud.handle(request);
      later = answered instanceof Promise;
      return answered instanceof Promise ? answered.then(dated).finally(end) : dated(answered);
    } finally {
      if (!later) end();
    }
  }
  return message(403, 'MissingAuthenticationToken', HINT);
}

/** An answer of a cloud has its time, which is simulated. */
function withDate(answered: WireAnswer, now: number): WireAnswer {
  return { ...answered, headers: { date: httpDate(now), ...answered.headers } };
}

/** The gateway that a request calls, by its head; undefined where it calls none. */
export function calledGateway(
  world: World,
  { target, headers }: RequestHead,
): { host: string; path: string } | undefined {
  return gatewayOf(world, target, parseHost(headers.host)?.name ?? '');
}

/** Whether a request is for a control path, by its head. */
export function isControlCall(world: World, head: RequestHead): boolean {
  return isControl({ path: head.target }) && !calledGateway(world, head);
}

/** The gateway that is called: its name is the request's host, or is in the path. */
function gatewayOf(world: World, target: string, host: string): { host: string; path: string } | undefined {
  if (isLoopback({ name: host, port: undefined })) return gatewayInPath(target);

  return world.clouds.some((cloud) => cloud.ownsHost(host)) ? { host, path: target } : gatewayInPath(target);
}

function wireRequest({ method, target, headers, rawHeaders }: RequestHead, body: Buffer): WireRequest {
  const mark = target.indexOf('?');
  return {
    method,
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    host: parseHost(headers.host)?.name ?? '',
    headers,
    rawHeaders,
    body,
  };
}

/** An answer of the simulator, not of a cloud. */
export function message(status: number, code: string, text: string): WireAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, message: text }) };
}
