import type { Integration } from '@aws-sdk/client-api-gateway';
import { shownMap, type LogLine } from './execution-log.js';
import { mappedValue, plainTemplate } from './mapped-value.js';
import type { TestRequest } from './test-request.js';

type Texts = Readonly<Record<string, string>>;

/** The endpoint's address: the integration's URI with its variables, placeholders and query string. */
export function endpointUri(own: Integration, request: TestRequest): string {
  const { path, querystring } = mapped(own, request);
  const uri = (own.uri ?? '')
    .replaceAll(/\$\{stageVariables\.([^}]+)\}/g, (_, name: string) => request.stageVariables[name] ?? '')
    .replaceAll(/\{([^}]+)\}/g, (placeholder, name: string) => path[name] ?? placeholder);
  const query = new URLSearchParams({ ...(own.type === 'HTTP_PROXY' && request.query), ...querystring }).toString();
  return query === '' ? uri : `${uri}${uri.includes('?') ? '&' : '?'}${query}`;
}

/**
 * What a log says of the request to an endpoint.
 * @throws {ServiceError} NotImplemented for templates that are not plain text
 */
export function endpointLines(apiId: string, own: Integration, request: TestRequest): LogLine[] {
  const uri = endpointUri(own, request);
  const proxy = own.type === 'HTTP_PROXY';
  const template = proxy ? undefined : own.requestTemplates?.['application/json'];
  const headers = {
    ...(proxy && request.headers),
    ...mapped(own, request).header,
    'x-amzn-apigateway-api-id': apiId,
    'User-Agent': `AmazonAPIGateway_${apiId}`,
    Host: URL.canParse(uri) ? new URL(uri).host : '',
  };
  return [
    `Endpoint request URI: ${uri}`,
    `Endpoint request headers: ${shownMap(headers)}`,
    `Endpoint request body after transformations: ${template === undefined ? request.body : plainTemplate(template)}`,
  ].map((text) => ({ text }));
}

/** The mapped values by where they go. */
function mapped(
  { requestParameters = {} }: Integration,
  request: TestRequest,
): Record<'path' | 'querystring' | 'header', Texts> {
  const of = (location: string) =>
    Object.fromEntries(
      Object.entries(requestParameters).flatMap(([target, source]) => {
        const [, name] = new RegExp(`^integration\\.request\\.${location}\\.(.+)$`).exec(target) ?? [];
        const value = name === undefined ? undefined : mappedValue(request, source);
        return name === undefined || value === undefined ? [] : [[name, value]];
      }),
    );
  return { path: of('path'), querystring: of('querystring'), header: of('header') };
}
