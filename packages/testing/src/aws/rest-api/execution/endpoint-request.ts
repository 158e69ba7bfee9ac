import type { Integration } from '@aws-sdk/client-api-gateway';
import { unsetVariables } from '../../connects/rest-method.js';
import { misconfigured } from './failure.js';
import { mappedValues } from './mapped-value.js';
import type { MethodRequest } from './method-request.js';
import { requestTemplate } from './templates.js';

type Texts = Readonly<Record<string, string>>;

/** The request to an endpoint, before it is known whether it can be sent. */
export interface EndpointRequest {
  /** With its variables, placeholders and query string. */
  readonly uri: string;
  readonly method: string;
  readonly headers: Texts;
  readonly body: Uint8Array;
}

/** Where a URI leads. Nothing of it is normalized: the path is what the caller sent. */
export interface Endpoint {
  readonly isTls: boolean;
  /** As the `Host` header has it: `orders.internal:8080`. */
  readonly host: string;
  readonly name: string;
  readonly port: number;
  /** With its query string. */
  readonly path: string;
}

/** Reads a URI; undefined where it is none of an HTTP endpoint. */
export function endpointAt(uri: string): Endpoint | undefined {
  const [, scheme, host = '', path = '', search = ''] = /^(https?):\/\/([^/?#]+)([^?#]*)(\?[^#]*)?/.exec(uri) ?? [];
  if (scheme === undefined) return undefined;
  const [, name = host, port] = /^(.*):(\d+)$/.exec(host) ?? [];
  const isTls = scheme === 'https';
  return { isTls, host, name, port: Number(port ?? (isTls ? 443 : 80)), path: `${path === '' ? '/' : path}${search}` };
}

/** Headers of the caller that HTTP_PROXY does not pass on. @see known issues of the developer guide, and LocalStack's snapshot test_apigateway_header_remapping_http */
const DROPPED = new Set(
  (
    'connection content-encoding content-length content-md5 expect host max-forwards proxy-authenticate server te ' +
    'trailer transfer-encoding upgrade via www-authenticate'
  ).split(' '),
);
/** Those that do get through where they are mapped. Of the others of the list [I]. */
const MAPPED = new Set('content-encoding content-md5 max-forwards server trailer upgrade www-authenticate'.split(' '));
/** Those whose mapping fails. */
const REFUSED = new Set(['content-length', 'transfer-encoding', 'x-amzn-trace-id', 'x-amzn-apigateway-api-id']);

/**
 * The request that an HTTP or HTTP_PROXY integration sends. `Host` is always the host of the URI.
 * @see https://repost.aws/knowledge-center/forward-host-header-api-gateway
 * @throws {ExecutionFailure} for a header that cannot be mapped, and 415. {ServiceError} NotImplemented
 */
export function endpointRequest(apiId: string, own: Integration, request: MethodRequest): EndpointRequest {
  const uri = endpointUri(own, request);
  const isProxy = own.type === 'HTTP_PROXY';
  const template = isProxy ? undefined : requestTemplate(own, request);
  const body = template === undefined ? request.body : Buffer.from(template);
  const passed = isProxy ? passedOn(request.headers) : { Accept: 'application/json' };
  const names = new Set(Object.keys(passed).map((name) => name.toLowerCase()));
  const headers: Record<string, string> = { ...passed };
  for (const [name, values] of mappings(own, request, 'header')) put(headers, names, name, values.join(','));
  return {
    uri,
    method: own.httpMethod === undefined || own.httpMethod === 'ANY' ? request.verb : own.httpMethod,
    headers: {
      ...headers,
      ...(!isProxy && body.length > 0 && !names.has('content-type') && { 'Content-Type': 'application/json' }),
      'x-amzn-apigateway-api-id': apiId,
      ...(!names.has('user-agent') && { 'User-Agent': `AmazonAPIGateway_${apiId}` }),
      Host: endpointAt(uri)?.host ?? '',
    },
    body,
  };
}

function passedOn(headers: Texts): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !DROPPED.has(name.toLowerCase())) passed[name] = value;
  }
  return passed;
}

/** A mapped header replaces the caller's. */
function put(headers: Record<string, string>, names: Set<string>, name: string, value: string): void {
  const lower = name.toLowerCase();
  if (REFUSED.has(lower)) throw misconfigured(`Header ${name} cannot be mapped`); // the sentence is [U]
  if (DROPPED.has(lower) && !MAPPED.has(lower)) return;
  if (names.has(lower)) {
    for (const other of Object.keys(headers)) if (other.toLowerCase() === lower) delete headers[other];
  }
  names.add(lower);
  headers[name] = value;
}

function endpointUri(own: Integration, request: MethodRequest): string {
  const path = new Map(mappings(own, request, 'path').map(([name, values]) => [name, values.at(-1) ?? '']));
  const uri = (own.uri ?? '')
    .replaceAll(/\$\{stageVariables\.([^}]+)\}/g, (_, name: string) => request.stageVariables[name] ?? '')
    .replaceAll(/\{([^}]+)\}/g, (placeholder, name: string) => path.get(name.replace(/\+$/, '')) ?? placeholder);
  const added = mappings(own, request, 'querystring').flatMap(([name, values]) =>
    values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  const query = [...(own.type === 'HTTP_PROXY' && request.search !== '' ? [request.search] : []), ...added].join('&');
  return query === '' ? uri : `${uri}${uri.includes('?') ? '&' : '?'}${query}`;
}

/** Whether something of an integration's address is missing: a stage variable that is not set. */
export function lacksVariable(own: Integration, { stageVariables }: MethodRequest): string | undefined {
  return unsetVariables(own.uri, stageVariables)[0];
}

type Location = 'path' | 'querystring' | 'header';
type Mapping = readonly [name: string, source: string];

/** The parsed mappings of integrations, which are rows that do not change. */
const parsed = new WeakMap<Integration, Readonly<Record<Location, readonly Mapping[]>>>();

/** The mapped values of a location, by name; those that the call does not have are left out. */
function mappings(own: Integration, request: MethodRequest, location: Location) {
  return mappingsOf(own)[location].flatMap(([name, source]) => {
    const values = mappedValues(request, source);
    return values.length === 0 ? [] : [[name, values] as const];
  });
}

function mappingsOf(own: Integration): Readonly<Record<Location, readonly Mapping[]>> {
  const known = parsed.get(own);
  if (known) return known;
  const all: Record<Location, Mapping[]> = { path: [], querystring: [], header: [] };
  for (const [target, source] of Object.entries(own.requestParameters ?? {})) {
    const [, location, name] =
      /^integration\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/.exec(target) ?? [];
    if (location !== undefined && name !== undefined) all[location as Location].push([name, source]);
  }
  parsed.set(own, all);
  return all;
}
