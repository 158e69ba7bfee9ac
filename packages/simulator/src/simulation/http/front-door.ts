import type { IncomingHttpHeaders } from 'node:http';
import type { Cloud } from '../world/cloud.js';
import { httpDate } from '../time/http-date.js';
import { controlAnswer, isControl } from './control.js';
import { answerOfGateway, gatewayInPath } from './data-path.js';
import { isLoopback, parseHost, type Host } from './host.js';
import type { WireAnswer, WireRequest } from '../wire.js';
import type { World } from '../world/world.js';

/** A request's head, before its body has been read. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as sent; undefined where they are not known. */
  readonly rawHeaders?: readonly string[] | undefined;
}

const HINT =
  'This is Postern, a simulation of clouds. A request is told apart by the service in its AWS signature (Authorization: ' +
  'AWS4-HMAC-SHA256 …, any key will do) or by its Alibaba Cloud action (x-acs-action, or Action and Version); this one has ' +
  'neither. Control paths begin with /_postern/.';

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
  if ((origin === undefined && !isOfPage) || calledGateway(world, head)) return undefined;
  if (origin !== undefined) return message(403, 'ForeignOrigin', 'Web pages may not call a simulated cloud.');
  return message(403, 'CrossSite', 'Web pages may not call a simulated cloud.');
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
