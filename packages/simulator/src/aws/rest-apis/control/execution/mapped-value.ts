import { notSimulated } from '../../../operation/operation.js';
import { ownValue } from '../../../../simulation/own-value.js';

type Texts = Readonly<Record<string, string>>;

/** A call as its method sees it: of the data path, or of a test. */
export interface MethodRequest {
  readonly verb: string;
  /** Without the stage and the query string. */
  readonly path: string;
  /** The values of the resource's placeholders, as the caller escaped them. */
  readonly pathParameters: Texts;
  /** The query string as it was sent, without the question mark. */
  readonly search: string;
  readonly headers: Texts;
  readonly body: Uint8Array;
  readonly stageVariables: Texts;
  /** A variable of the context: `requestId`, `identity.sourceIp`; undefined where it has no value. */
  readonly context: (name: string) => string | undefined;
}

/** The value of a header. Names are the same in capitals. */
export function header(headers: Texts, name: string): string | undefined {
  const lower = name.toLowerCase();
  return ownValue(headers, lower) ?? Object.entries(headers).find(([key]) => key.toLowerCase() === lower)?.[1];
}

/** All values of a parameter of the query string. A semicolon splits parameters, too. */
export function queryValues({ search }: MethodRequest, name: string): readonly string[] {
  if (search === '') return [];

  return new URLSearchParams(search.replaceAll(';', '&')).getAll(name);
}

export function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

/** The content type of the request, without its parameters; `application/json` where it has none. */
export function contentType({ headers }: MethodRequest): string {
  return header(headers, 'content-type')?.split(';')[0]?.trim() || 'application/json';
}

const SOURCE = /^method\.request\.(path|querystring|header|multivaluequerystring|multivalueheader)\.(.+)$/;
const BODY = /^(?:method\.request|integration\.response)\.body(?:\.(.+))?$/;

/** Reads the values of a mapping's source; none where the call does not have it. */
export type Source = (request: MethodRequest) => readonly string[];

/**
 * The source that a mapping names. What it cannot read is found out when it is read.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 * @throws {ServiceError} NotImplemented, when it is read, for JSONPath beyond names, and variables of the context that are not
 * simulated
 */
export function sourceOf(expression: string): Source {
  const [, location, name = ''] = SOURCE.exec(expression) ?? [];
  if (location === undefined) return (request) => listed(otherValue(request, expression));
  if (location === 'path') return ({ pathParameters }) => listed(ownValue(pathParameters, name));
  if (location.endsWith('header')) return ({ headers }) => listed(header(headers, name));
  if (location === 'querystring') return (request) => queryValues(request, name).slice(-1);

  return (request) => queryValues(request, name);
}

/** The one value of a mapping's source: of several the last. */
export function mappedValue(request: MethodRequest, expression: string): string | undefined {
  return sourceOf(expression)(request).at(-1);
}

function otherValue(request: MethodRequest, source: string): string | undefined {
  const [, literal] = /^'([^']*)'$/.exec(source) ?? [];
  if (literal !== undefined) return literal;

  const [, variable] = /^stageVariables\.(.+)$/.exec(source) ?? [];
  if (variable !== undefined) return ownValue(request.stageVariables, variable);

  const [, name] = /^context\.(.+)$/.exec(source) ?? [];
  if (name !== undefined) return request.context(name);
  if (source.startsWith('method.request.body')) return bodyValue(source, textOf(request.body));

  throw notSimulated(`A value mapped from ${source}`);
}

/**
 * The value in a body that a source names: all of it, or a member of its JSON (`method.request.body.order.id`).
 * @throws {ServiceError} NotImplemented for JSONPath beyond names
 */
export function bodyValue(source: string, body: string): string | undefined {
  const [, path] = BODY.exec(source) ?? [];
  if (path === undefined) return body;
  if (!/^\w+(?:\.\w+)*$/.test(path)) throw notSimulated(`The JSONPath ${path}`);

  try {
    const value = path
      .split('.')
      .reduce<unknown>((from, name) => (from as Record<string, unknown>)[name], JSON.parse(body));
    return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
  } catch {
    return undefined; // no JSON, or no such member
  }
}

const listed = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);
