import type { TestInvokeMethodRequest } from '@aws-sdk/client-api-gateway';
import { notSimulated } from '../words.js';

type Texts = Readonly<Record<string, string>>;

/** The call that a test makes, as the method sees it. */
export interface TestRequest {
  readonly verb: string;
  /** Without the query string. */
  readonly path: string;
  /** The values of the resource's placeholders. */
  readonly pathParameters: Texts;
  readonly query: Texts;
  readonly headers: Texts;
  readonly body: string;
  readonly stageVariables: Texts;
}

/**
 * Reads the call. Without a path it is the resource's own.
 * @throws {ServiceError} NotImplemented for several values of one header or parameter, and for client certificates
 */
export function testRequest(resourcePath: string, input: TestInvokeMethodRequest): TestRequest {
  const { httpMethod: verb = '', pathWithQueryString = '', body = '', headers = {}, stageVariables = {} } = input;
  if (input.multiValueHeaders !== undefined) throw notSimulated('A test with multiValueHeaders');
  if (input.clientCertificateId !== undefined) throw notSimulated('A test with a client certificate');
  const [given = '', search = ''] = pathWithQueryString.split('?');
  const path = given === '' ? resourcePath : given;
  const pairs = [...new URLSearchParams(search)];
  const query = Object.fromEntries(pairs);
  if (Object.keys(query).length < pairs.length) throw notSimulated('A test with several values of one parameter');
  return { verb, path, pathParameters: placeholders(resourcePath, path), query, headers, body, stageVariables };
}

/** The values of a path's placeholders; none where the path is not one of the resource [I]. */
function placeholders(template: string, path: string): Texts {
  const names = [...template.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => name);
  const pattern = template.replaceAll(/\{[^}+]+(\+?)\}|[^{]+/g, (part, greedy: string) =>
    part.startsWith('{') ? (greedy === '' ? '([^/]+)' : '(.+)') : part.replaceAll(/[^\w/]/g, '\\$&'),
  );
  const [, ...values] = new RegExp(`^${pattern}$`).exec(path) ?? [];
  return path === template
    ? {}
    : Object.fromEntries(names.flatMap((name, at) => (values[at] === undefined ? [] : [[name, values[at]]])));
}
