import { ownValue } from '../../../simulation/own-value.js';
import type { GatewayCall, Trace } from '../../../simulation/traffic/gateway-call.js';
import type { AnswerHeaders } from '../../../simulation/traffic/backends/backend.js';
import type { RouteRow, IntegrationRow, StageRow } from '../control/state.js';
import type { ApiView } from '../../traffic/throttled.js';
import type { Ground } from '../../traffic/front.js';
import type { PathVariable } from './router.js';
import type { Cors } from '@aws-sdk/client-apigatewayv2';

/** A call of an HTTP API whose stage is known. */
export interface Visit {
  readonly ground: Ground;
  readonly view: ApiView;
  readonly call: GatewayCall;
  readonly stage: StageRow;
  /** Simulated milliseconds since the epoch: when the call arrived. */
  readonly now: number;
  /** `Mc7UVioPPHcEKPA=` */
  readonly id: string;
  /** Without the name of the stage, as the caller sent it. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/** A call whose route is known. */
export interface Exchange extends Visit {
  readonly route: CompiledRoute;
  /** The parts of `path`. */
  readonly parts: readonly string[];
  /** What an authorizer found out of the caller: the claims of a token. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  readonly trace: Trace;
}

/** What a backend answered, as mappings of answers see it. */
export interface Reply {
  readonly headers: AnswerHeaders;
  readonly body: string | Uint8Array;
}

/** Reads a value of a call, or of the answer to it; undefined where it has none. */
export type Source = (exchange: Exchange, reply: Reply | undefined) => string | undefined;

/** What a mapping makes of a call: a text with values of the call in it; undefined where it is a value that the call lacks. */
export type Template = Source;

/** A change of a header or of a parameter of the query. */
export interface Change {
  readonly action: 'append' | 'overwrite' | 'remove';
  /** Of headers in lower case. */
  readonly name: string;
  readonly value: Template;
}

/** What `RequestParameters`, or `ResponseParameters` of one status, ask for. */
export interface Mapping {
  readonly path: Template | undefined;
  readonly statusCode: Template | undefined;
  readonly headers: readonly Change[];
  readonly query: readonly Change[];
}

export interface CompiledIntegration {
  readonly row: IntegrationRow;
  readonly request: Mapping;
  /** By the status that the backend answers. */
  readonly responses: ReadonlyMap<number, Mapping>;
}

/** A route of a deployment, ready to be called. */
export interface CompiledRoute {
  readonly row: RouteRow;
  /** `GET /orders/{id}` */
  readonly key: string;
  readonly variables: readonly PathVariable[];
  /** Undefined: the route has no target. */
  readonly integration: CompiledIntegration | undefined;
}

/** Headers that concern one connection only. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers with lower-case names, without those of the connection. */
export function endToEnd<T extends string | readonly string[]>(
  headers: Readonly<Record<string, T>>,
): Record<string, T> {
  const { connection } = headers;
  const more = typeof connection === 'string' ? connection.toLowerCase().split(',') : [];
  const dropped = more.length === 0 ? OF_CONNECTION : new Set([...OF_CONNECTION, ...more.map((name) => name.trim())]);
  const kept: Record<string, T> = {};
  for (const given in headers) {
    const name = given.toLowerCase();
    if (!dropped.has(name)) kept[name] = headers[given] as T;
  }
  return kept;
}

/** Changes headers as mappings ask. A value that the call lacks changes nothing [I]. */
export function changeHeaders(
  headers: Record<string, string | readonly string[]>,
  changes: readonly Change[],
  exchange: Exchange,
  reply?: Reply,
): void {
  for (const { action, name, value } of changes) {
    if (action === 'remove') {
      delete headers[name];
      continue;
    }

    const text = value(exchange, reply);
    if (text === undefined) continue;

    const before = ownValue(headers, name);
    headers[name] = action === 'append' && before !== undefined ? `${String(before)},${text}` : text;
  }
}

/** Whether a browser asks if it may make a call. */
export function isPreflight({ method, headers }: GatewayCall): boolean {
  return (
    method === 'OPTIONS' && headers['origin'] !== undefined && headers['access-control-request-method'] !== undefined
  );
}

/**
 * The headers of the answer to a preflight request; none for an origin that is not allowed.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function preflightHeaders(cors: Cors, origin: string): Record<string, string> {
  const allowed = originHeaders(cors, origin);
  if (!allowed) return {};

  const { AllowMethods: methods = [], AllowHeaders: headers = [], MaxAge: age } = cors;
  return {
    ...allowed,
    ...(methods.length > 0 ? { 'access-control-allow-methods': methods.join(',') } : {}),
    ...(headers.length > 0 ? { 'access-control-allow-headers': headers.join(',') } : {}),
    ...(age === undefined ? {} : { 'access-control-max-age': `${age}` }),
  };
}

/** What is added to an integration's answer for a caller with an origin. */
export function corsHeaders(cors: Cors, origin: string): Record<string, string> {
  const allowed = originHeaders(cors, origin);
  const { ExposeHeaders: exposed = [] } = cors;
  if (!allowed) return {};

  return { ...allowed, ...(exposed.length > 0 ? { 'access-control-expose-headers': exposed.join(',') } : {}) };
}

function originHeaders({ AllowOrigins: origins = [], AllowCredentials }: Cors, origin: string) {
  const isAny = origins.includes('*');
  if (!isAny && !origins.some((one) => covers(one, origin))) return undefined;

  return {
    'access-control-allow-origin': isAny ? '*' : origin,
    ...(AllowCredentials === true ? { 'access-control-allow-credentials': 'true' } : {}),
  };
}

/** `https://*` covers all origins of that scheme. */
function covers(allowed: string, origin: string): boolean {
  if (allowed.endsWith('://*')) return origin.startsWith(allowed.slice(0, -1));

  return allowed.toLowerCase() === origin.toLowerCase();
}
