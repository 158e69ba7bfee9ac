import type { GatewayKind } from '../../model/gateway-kind.js';

/** An answer to a caller, as far as it shows who made it. */
export interface CallerAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its start. */
  readonly body?: string | undefined;
}

/** What an answer means that the backend did not make. */
export interface MadeAnswer {
  /** `refused`: before the backend was called, because of the caller. `failed`: the route or its backend does not work. */
  readonly verdict: 'refused' | 'failed';
  /** What is at fault. */
  readonly fault: 'caller' | 'route' | 'backend';
  /** As a clause: `the gateway did not reach the backend, or not in time`. */
  readonly because: string;
}

/** What is known of the route that was called. */
export interface CalledRoute {
  /** Whether callers must be authorized. */
  readonly guarded?: boolean | undefined;
}

const refused = (because: string): MadeAnswer => ({ verdict: 'refused', fault: 'caller', because });
const noRoute = (because: string): MadeAnswer => ({ verdict: 'failed', fault: 'route', because });
const noBackend = (because: string): MadeAnswer => ({ verdict: 'failed', fault: 'backend', because });

const NOT_REACHED = 'the gateway did not reach the backend, or not in time';

/**
 * Answers of HTTP APIs have no header of their own, so status and body decide. A backend may send the same body.
 * Then a header shows it that no answer of the gateway has.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 * [M] 503: only `date`, `content-length: 33` and `apigw-requestid`. 404, 401, 403. [I] 429, 500.
 */
const HTTP_API: Readonly<Record<string, MadeAnswer>> = {
  '404 {"message":"Not Found"}': noRoute('the gateway has no such route, or no such stage'),
  '503 {"message":"Service Unavailable"}': noBackend(NOT_REACHED),
  '500 {"message":"Internal Server Error"}': noBackend('the gateway could not use its integration'),
  '401 {"message":"Unauthorized"}': refused('the authorizer of the route refused the call'),
  '403 {"message":"Forbidden"}': refused('the authorizer of the route refused the call'),
  '429 {"message":"Too Many Requests"}': refused('the gateway throttled the call'),
};

/** Headers that a server sets and no gateway adds. */
const OF_A_BACKEND = /^(?:x-powered-by|etag|vary|set-cookie|cache-control|last-modified|x-amzn-remapped-.*)$/;

function httpApi({ status, headers, body = '' }: CallerAnswer): MadeAnswer | undefined {
  if (Object.keys(headers).some((name) => OF_A_BACKEND.test(name))) return undefined;
  if (body !== '') return HTTP_API[`${status} ${body}`];
  // An answer to HEAD has no body, and the length of one.
  const same = Object.entries(HTTP_API).find(
    ([made]) => made.startsWith(`${status} `) && String(made.length - 4) === headers['content-length'],
  );
  return same?.[1];
}

/**
 * Answers of a REST API itself name the type of the error. A call that is not signed is answered as one of a
 * missing method is.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 * @see https://repost.aws/knowledge-center/api-gateway-500-error-vpc
 */
function restApi({ status, headers }: CallerAnswer, { guarded }: CalledRoute): MadeAnswer | undefined {
  const [type] = (headers['x-amzn-errortype'] ?? '').split(':');
  if (type === undefined || type === '') return undefined;
  if (type === 'MissingAuthenticationTokenException' && guarded !== true)
    return noRoute(`the gateway has no such method on this stage (${type})`);
  if (status >= 500) return noBackend(`${NOT_REACHED} (${type})`);
  return refused(`the gateway refused the call (${type})`);
}

/**
 * An answer with an error code is of the gateway, one without is of the backend. D stands for the backend. I404: there is
 * no such API. I410: the group has left the instance.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/support/api-gateway-error-code-table
 */
function apiGroup({ status, headers }: CallerAnswer): MadeAnswer | undefined {
  const code = headers['x-ca-error-code'] ?? '';
  if (code === '') return undefined;
  const shown = /^[A-Z]\d{3}[A-Z]{2}$/.test(code) ? code : 'an unknown code';
  if (/^I4(?:04|10)/.test(code)) return noRoute(`the gateway does not serve the route on this stage (${shown})`);
  if (code.startsWith('D') || status >= 500) return noBackend(`${NOT_REACHED} (${shown})`);
  return refused(`the gateway refused the call (${shown})`);
}

/**
 * The engine's own answers: 404 without a body where no route matches; 503 with the text of Envoy where no backend
 * answers. What the authentication refuses has the engine's header. [I]: status of the two others.
 * @see https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/support/faq
 */
function cloudNative({ status, headers, body = '' }: CallerAnswer): MadeAnswer | undefined {
  if (status >= 500 && /^(?:upstream connect error|no healthy upstream|upstream request timeout)/.test(body))
    return noBackend(NOT_REACHED);
  if (headers['x-ca-error-message'] !== undefined) return refused('the authentication of the gateway refused the call');
  if (status === 404 && body === '' && headers['content-type'] === undefined)
    return noRoute('the gateway has no such route, or it is not published');
  return undefined;
}

/** How answers of gateways of each kind differ from those of backends. */
const MADE: Readonly<Record<GatewayKind, (answer: CallerAnswer, route: CalledRoute) => MadeAnswer | undefined>> = {
  'http-api': httpApi,
  'rest-api': restApi,
  'websocket-api': httpApi,
  'api-group': apiGroup,
  'apig-http-api': cloudNative,
};

/**
 * An application load balancer answers by itself where no target does. Its name is not in answers of targets.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
function loadBalancer({ status, headers }: CallerAnswer): MadeAnswer | undefined {
  const server = headers['server'] ?? headers['x-amzn-remapped-server'] ?? '';
  if (!server.startsWith('awselb/') || status < 502 || status > 504) return undefined;
  return noBackend('the load balancer answered: no target did, or not in time');
}

/** What an answer means that the gateway, or a load balancer behind it, made itself. Undefined: the backend answered. */
export function madeAnswer(kind: GatewayKind, answer: CallerAnswer, route: CalledRoute = {}): MadeAnswer | undefined {
  return madeByGateway(kind, answer, route) ?? loadBalancer(answer);
}

/** What an answer means that the gateway made itself. Undefined: what its link leads to answered. */
export function madeByGateway(
  kind: GatewayKind,
  answer: CallerAnswer,
  route: CalledRoute = {},
): MadeAnswer | undefined {
  return MADE[kind]?.(answer, route);
}
