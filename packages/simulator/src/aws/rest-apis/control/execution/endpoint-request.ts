import { notSimulated } from '../../../operation/operation.js';
import type { Integration } from '@aws-sdk/client-api-gateway';
import { ExecutionFailure, misconfigured } from './failure.js';
import { contentType, header, sourceOf, type MethodRequest, type Source } from './mapped-value.js';
import { ownValue } from '../../../../simulation/own-value.js';
import { unsetVariables } from '../../../connects/rest-method.js';

const JSON_TYPE = 'application/json';

/** A template as text. @throws {ServiceError} NotImplemented for one with directives or references */
export function plainTemplate(template: string): string {
  if (/[#$]/.test(template)) throw notSimulated('A mapping template that is not plain text');

  return template;
}

/**
 * The request template for a call's content type; undefined where the body passes as it is.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 * @throws {ExecutionFailure} UNSUPPORTED_MEDIA_TYPE. {ServiceError} NotImplemented
 */
export function requestTemplate(own: Integration, request: MethodRequest): string | undefined {
  const { requestTemplates = {}, passthroughBehavior: passthrough } = own;
  const template = ownValue(requestTemplates, contentType(request));
  if (template !== undefined) return plainTemplate(template);

  const hasTemplates = Object.keys(requestTemplates).length > 0;
  if (passthrough !== 'NEVER' && !(passthrough === 'WHEN_NO_TEMPLATES' && hasTemplates)) return undefined;

  throw new ExecutionFailure(
    `No request template for ${contentType(request)}, and its body does not pass through: ${passthrough}`,
    'UNSUPPORTED_MEDIA_TYPE',
  );
}

/** The template for what the caller accepts, else the one for JSON, else the first, with its content type. */
export function templateFor(
  templates: Readonly<Record<string, string>> = {},
  { headers }: Pick<MethodRequest, 'headers'>,
): readonly [type: string, template: string] | undefined {
  const all = Object.entries(templates);
  const accepted = all.length > 1 ? header(headers, 'accept') : undefined;
  return all.find(([type]) => type === accepted) ?? all.find(([type]) => type === JSON_TYPE) ?? all[0];
}

type Texts = Readonly<Record<string, string>>;

/** The request to an endpoint, before it is known whether it can be sent. */
export interface EndpointRequest {
  /** With its variables, placeholders and query string. */
  readonly uri: string;
  /** Where the URI leads; undefined for the URI of something else than an HTTP endpoint. */
  readonly endpoint: Endpoint | undefined;
  readonly method: string;
  readonly headers: Texts;
  readonly body: Uint8Array;
}

/** Headers of the caller that HTTP_PROXY does not pass on. @see known issues of the developer guide, and LocalStack's snapshot test_apigateway_header_remapping_http */
const DROPPED = new Set(
  'connection content-encoding content-length content-md5 expect host max-forwards proxy-authenticate server te trailer transfer-encoding upgrade via www-authenticate'.split(
    ' ',
  ),
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
  const endpoint = endpointAt(uri);
  const isProxy = own.type === 'HTTP_PROXY';
  const template = isProxy ? undefined : requestTemplate(own, request);
  const body = template === undefined ? request.body : Buffer.from(template);
  const headers: Record<string, string> = isProxy ? passedOn(request.headers) : { Accept: 'application/json' };
  for (const { name, values } of mapped(own, request, 'header')) put(headers, name, values.join(','));
  if (!isProxy && body.length > 0 && !hasHeader(headers, 'content-type')) headers['Content-Type'] = 'application/json';
  headers['x-amzn-apigateway-api-id'] = apiId;
  if (!hasHeader(headers, 'user-agent')) headers['User-Agent'] = `AmazonAPIGateway_${apiId}`;
  headers['Host'] = endpoint?.host ?? '';
  const method = own.httpMethod === undefined || own.httpMethod === 'ANY' ? request.verb : own.httpMethod;
  return { uri, endpoint, method, headers, body };
}

function hasHeader(headers: Texts, lower: string): boolean {
  for (const name in headers) if (name.toLowerCase() === lower) return true;
  return false;
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
function put(headers: Record<string, string>, name: string, value: string): void {
  const lower = name.toLowerCase();
  if (REFUSED.has(lower)) throw misconfigured(`Header ${name} cannot be mapped`); // the sentence is [U]
  if (DROPPED.has(lower) && !MAPPED.has(lower)) return;

  for (const other of Object.keys(headers)) if (other.toLowerCase() === lower) delete headers[other];
  headers[name] = value;
}

/**
 * The URI of a call. A placeholder without a value stays as it is, and its `{` is not a character of a path.
 * @see https://repost.aws/knowledge-center/api-gateway-proxy-path-character-error
 * @throws {ExecutionFailure}
 */
function endpointUri(own: Integration, request: MethodRequest): string {
  const path = new Map(mapped(own, request, 'path').map(({ name, values }) => [name, values.at(-1) ?? '']));
  let uri = '';
  for (const part of addressOf(own, request.stageVariables).uri) {
    uri += typeof part === 'string' ? part : (path.get(part.name) ?? part.placeholder);
  }
  const illegal = addressOf(own, request.stageVariables).uri.find(
    (part) => typeof part !== 'string' && !path.has(part.name),
  );
  if (illegal !== undefined) throw misconfigured(`Illegal character in path at index ${uri.indexOf('{')}: ${uri}`);

  const query = own.type === 'HTTP_PROXY' && request.search !== '' ? [request.search] : [];
  for (const { name, values } of mapped(own, request, 'querystring')) {
    for (const value of values) query.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  }
  return query.length === 0 ? uri : `${uri}${uri.includes('?') ? '&' : '?'}${query.join('&')}`;
}

type Location = 'path' | 'querystring' | 'header';

/** Where a value goes, and where it comes from. */
interface Mapping {
  readonly name: string;
  readonly source: Source;
}

/** The parsed mappings of integrations, which are rows that do not change. */
const parsed = new WeakMap<Integration, Readonly<Record<Location, readonly Mapping[]>>>();

/** The mapped values of a location, by name; those that the call does not have are left out. */
function mapped(own: Integration, request: MethodRequest, location: Location) {
  const found: { readonly name: string; readonly values: readonly string[] }[] = [];
  for (const { name, source } of mappingsOf(own)[location]) {
    const values = source(request);
    if (values.length > 0) found.push({ name, values });
  }
  return found;
}

function mappingsOf(own: Integration): Readonly<Record<Location, readonly Mapping[]>> {
  const known = parsed.get(own);
  if (known) return known;

  const all: Record<Location, Mapping[]> = { path: [], querystring: [], header: [] };
  for (const [target, source] of Object.entries(own.requestParameters ?? {})) {
    const [, location, name] =
      /^integration\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/.exec(target) ?? [];
    if (location !== undefined && name !== undefined)
      all[location as Location].push({ name, source: sourceOf(source) });
  }
  parsed.set(own, all);
  return all;
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

/** Link and URI of an integration, as they are with the variables of a stage. */
export interface Address {
  readonly linkId: string;
  /** A stage variable that the ID of the link, or the URI, names and the stage does not have. */
  readonly unset: { readonly inLink: string | undefined; readonly inUri: string | undefined };
  /** The URI: its texts, and the placeholders between them: `{proxy+}` has the name `proxy`. */
  readonly uri: readonly (string | { readonly placeholder: string; readonly name: string })[];
}

const VARIABLE = /\$\{stageVariables\.([^{}]+)\}/g;
const PLACEHOLDER = /(\{[^{}]+\})/;

/** By integration and variables of a stage: both are parts of rows that do not change. */
const addresses = new WeakMap<Integration, WeakMap<Texts, Address>>();

/** The address of an integration with the variables of a stage. */
export function addressOf(own: Integration, variables: Texts): Address {
  const known = addresses.get(own)?.get(variables);
  if (known) return known;

  const address = readAddress(own, variables);
  addresses.set(own, (addresses.get(own) ?? new WeakMap<Texts, Address>()).set(variables, address));
  return address;
}

function readAddress({ connectionId = '', uri = '' }: Integration, variables: Texts): Address {
  const rendered = (text: string): string =>
    text.replaceAll(VARIABLE, (_, name: string) => ownValue(variables, name) ?? '');
  return {
    linkId: rendered(connectionId),
    unset: { inLink: unsetVariables(connectionId, variables)[0], inUri: unsetVariables(uri, variables)[0] },
    uri: rendered(uri)
      .split(PLACEHOLDER)
      .map((part, index) => (index % 2 === 0 ? part : { placeholder: part, name: part.replace(/^\{|\+?\}$/g, '') })),
  };
}

/** Reads a URI; undefined for the URI of something else than an HTTP endpoint. */
export function endpointAt(uri: string): Endpoint | undefined {
  const [beginning, scheme, host = ''] = /^(https?):\/\/([^/?#]+)/.exec(uri) ?? [];
  if (beginning === undefined) return undefined;

  const [, name = host, port] = /^(.*):(\d+)$/.exec(host) ?? [];
  const isTls = scheme === 'https';
  return { isTls, host, name, port: Number(port ?? (isTls ? 443 : 80)), path: pathIn(uri.slice(beginning.length)) };
}

function pathIn(rest: string): string {
  const mark = rest.indexOf('#');
  const path = mark < 0 ? rest : rest.slice(0, mark);
  return path.startsWith('/') ? path : `/${path}`;
}
