/**
 * Headers that no mapping of an HTTP API changes. A star stands for any ending.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html#http-api-mapping-reserved-headers
 */
const RESERVED =
  /^(?:access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-amz-.*|x-amzn-.*|x-forwarded-(?:for|host|proto)|via)$/i;

const REQUEST =
  /^(?:(?:append|overwrite|remove):(?:header\.(?<header>[\w!#$%&'*+.^`|~-]+)|querystring\..+)|overwrite:path)$/;
const RESPONSE = /^(?:(?:append|overwrite|remove):header\.(?<header>[\w!#$%&'*+.^`|~-]+)|overwrite:statuscode)$/;

/** Where a value comes from: `$request.header.x`, `${context.requestId}`. */
const VARIABLES = /\$(?:\{([^}]*)\}|([A-Za-z][\w.-]*))/g;
const OF_REQUEST =
  /^(?:request\.(?:header|querystring|body)\..+|request\.path(?:\..+)?|context\..+|stageVariables\.\w+)$/;
const OF_RESPONSE = /^(?:response\.(?:header|body)\..+|context\..+|stageVariables\.\w+)$/;

/** What is wrong with a parameter of an integration of an HTTP API. */
export type ParameterFault = 'name' | 'reserved' | 'source';

/**
 * Why an HTTP API does not accept a parameter of requests or responses.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function parameterFault(name: string, value: string, of: 'request' | 'response'): ParameterFault | undefined {
  const found = (of === 'request' ? REQUEST : RESPONSE).exec(name);
  if (found === null) return 'name';
  if (RESERVED.test(found.groups?.['header'] ?? '')) return 'reserved';

  const sources = of === 'request' ? OF_REQUEST : OF_RESPONSE;
  const isWrong = [...value.matchAll(VARIABLES)].some(([, braced, bare]) => !sources.test(braced ?? bare ?? ''));
  return isWrong ? 'source' : undefined;
}
