import { notSimulated } from '../words.js';
import { header, queryValues, textOf, type MethodRequest } from './method-request.js';

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
  if (location === 'path') return ({ pathParameters }) => listed(pathParameters[name]);
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
  if (variable !== undefined) return request.stageVariables[variable];
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
