import { WORDS } from '../../api-gateway/words.js';

/**
 * Headers that no mapping may change, in requests and in responses. `*` matches any ending.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html#http-api-mapping-reserved-headers
 */
const RESERVED_HEADERS = [
  'access-control-*',
  'apigw-*',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-location',
  'forwarded',
  'keep-alive',
  'origin',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailers',
  'transfer-encoding',
  'upgrade',
  'x-amz-*',
  'x-amzn-*',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'via',
];

const REQUEST_SOURCES =
  /^(request\.(header|querystring|body)\..+|request\.path(\..+)?|context\..+|stageVariables\.\w+)$/;
const RESPONSE_SOURCES = /^(response\.(header|body)\..+|context\..+|stageVariables\.\w+)$/;

/** Whether the service keeps a header to itself. */
export function isReservedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return RESERVED_HEADERS.some((row) => (row.endsWith('*') ? lower.startsWith(row.slice(0, -1)) : lower === row));
}

/**
 * Refuses request parameters of an HTTP proxy integration that the service would refuse: keys such as
 * `overwrite:path` or `append:header.x`, values static or taken from the request, the context or stage variables.
 * @throws {ServiceError} BadRequestException
 */
export function checkRequestParameters(parameters: Readonly<Record<string, string>>): void {
  const errors = Object.entries(parameters).flatMap(([key, value]) => problem(key, value, 'request'));
  if (errors.length > 0) throw WORDS.mapping(...errors);
}

/**
 * The same for response parameters, by status code (200–599): `overwrite:statuscode`, or headers.
 * @throws {ServiceError} BadRequestException
 */
export function checkResponseParameters(parameters: Readonly<Record<string, Readonly<Record<string, string>>>>): void {
  const errors = Object.entries(parameters).flatMap(([status, mappings]) => [
    ...(/^[2-5]\d\d$/.test(status) ? [] : [`Invalid status code specified: ${status}`]),
    ...Object.entries(mappings).flatMap(([key, value]) => problem(key, value, 'response')),
  ]);
  if (errors.length > 0) throw WORDS.mapping(...errors);
}

/** [U] The inner sentences: only the frame and the first one of them are on record. */
function problem(key: string, value: string, side: 'request' | 'response'): string[] {
  const what = side === 'request' ? 'Request' : 'Response';
  const [, action, place = '', name = ''] = /^(append|overwrite|remove):(\w+)(?:\.(.+))?$/.exec(key) ?? [];
  const whole = side === 'request' ? 'path' : 'statuscode';
  const named = place === 'header' || (side === 'request' && place === 'querystring');
  const fits = named ? name !== '' : place === whole && name === '' && action === 'overwrite';
  if (action === undefined || !fits) return [`Invalid ${what} Actioned Parameter specified: ${key}`];
  if (place === 'header' && !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return [`Invalid header name specified: ${name}`];
  if (place === 'header' && isReservedHeader(name))
    return [`Operations on header ${name.toLowerCase()} are restricted`];
  const sources = side === 'request' ? REQUEST_SOURCES : RESPONSE_SOURCES;
  const bad = [...value.matchAll(/\$(?:\{([^}]*)\}|([a-zA-Z][\w.-]*))/g)]
    .map(([, braced, bare]) => braced ?? bare ?? '')
    .find((source) => !sources.test(source));
  return bad === undefined ? [] : [`Invalid mapping expression specified: ${value}`];
}
