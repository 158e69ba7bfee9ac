import { notSimulated } from '../words.js';
import type { TestRequest } from './test-request.js';

const SOURCE = /^method\.request\.(path|querystring|header)\.(.+)$/;

/**
 * The value of a mapping's source; undefined where the call does not have it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 * @throws {ServiceError} NotImplemented for the context, bodies and several values
 */
export function mappedValue(request: TestRequest, source: string): string | undefined {
  const [, literal] = /^'([^']*)'$/.exec(source) ?? [];
  if (literal !== undefined) return literal;
  const [, variable] = /^stageVariables\.(.+)$/.exec(source) ?? [];
  if (variable !== undefined) return request.stageVariables[variable];
  const [, location, name = ''] = SOURCE.exec(source) ?? [];
  if (location === 'path') return request.pathParameters[name];
  if (location === 'querystring') return request.query[name];
  if (location === 'header') return header(request.headers, name);
  throw notSimulated(`A test with a value mapped from ${source}`);
}

/** Names of headers are the same in capitals. */
export function header(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** A template as text. @throws {ServiceError} NotImplemented for one with directives or references */
export function plainTemplate(template: string): string {
  if (/[#$]/.test(template)) throw notSimulated('A test with a mapping template that is not plain text');
  return template;
}
