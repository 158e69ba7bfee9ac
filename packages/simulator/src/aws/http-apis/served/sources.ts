import type { Exchange, Source, Reply } from './exchange.js';
import { unescaped } from '../../traffic/front.js';
import { ownValue } from '../../../simulation/own-value.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000` */
function logTime(now: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().slice(0, 19).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const VARIABLES: Readonly<Record<string, (exchange: Exchange) => string | undefined>> = {
  accountId: ({ ground }) => ground.account,
  apiId: ({ view }) => view.fields.ApiId,
  domainName: ({ call }) => call.host,
  domainPrefix: ({ call }) => call.host.split('.')[0],
  extendedRequestId: ({ id }) => id,
  httpMethod: ({ call }) => call.method,
  'identity.sourceIp': ({ call }) => call.sourceIp,
  'identity.userAgent': ({ call }) => call.headers['user-agent'],
  path: ({ call }) => call.path.split('?')[0],
  protocol: () => 'HTTP/1.1',
  requestId: ({ id }) => id,
  requestTime: ({ now }) => logTime(now),
  requestTimeEpoch: ({ now }) => `${Math.floor(now / 1000)}`,
  routeKey: ({ route }) => route.key,
  stage: ({ stage }) => stage.StageName,
};

const CLAIM = /^authorizer\.(?:jwt\.)?claims\.(.+)$/;

/** Reads a variable of a call's context; variables that are not simulated have no value. */
function contextValue(name: string): Source {
  const [, claim] = CLAIM.exec(name) ?? [];
  if (claim !== undefined) return ({ claims }) => textOf(ownValue(claims, claim));

  const read = ownValue(VARIABLES, name);
  if (!read) return () => undefined;

  return (exchange) => {
    exchange.ground.decisions.differByCall(); // the time and the ID of the call are among them
    return read(exchange);
  };
}

function textOf(claim: unknown): string | undefined {
  if (claim === undefined) return undefined;

  return typeof claim === 'string' ? claim : JSON.stringify(claim);
}

/** Bytes of a body that expressions see. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
const LARGEST_BODY = 100 * 1024;

/**
 * The value at a path of a JSON body: `order.items[0].id`. Objects and lists are answered as JSON. Undefined where the body is
 * no JSON or too large, or has no such member.
 */
function jsonAt(body: string | Uint8Array, path: string): string | undefined {
  if (body.length > LARGEST_BODY) return undefined;

  let value: unknown;
  try {
    value = JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
  for (const [, name = '', index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (typeof value !== 'object' || value === null) return undefined;

    const key = index ?? name;
    value = ownValue(value as Readonly<Record<string, unknown>>, key);
  }
  if (value === undefined || value === null) return undefined;

  return typeof value === 'string' ? value : JSON.stringify(value);
}

type SourceOf = (name: string) => Source;

const NO_REPLY: Reply = { headers: {}, body: '' };

/** Sources by the beginning of their expression; what follows is a name. */
const NAMED: Readonly<Record<string, SourceOf>> = {
  'request.header.': (name) => {
    const lower = name.toLowerCase();
    return ({ call }) => ownValue(call.headers, lower);
  },
  'request.querystring.': (name) => (exchange) => queryValue(exchange.query, name),
  'request.body.': (name) => (exchange) => jsonAt(exchange.call.body, name),
  'request.path.': (name) => (exchange) => pathValue(exchange, name),
  'context.': (name) => contextValue(name),
  'stageVariables.': (name) => (exchange) => ownValue(exchange.stage.StageVariables, name),
  'response.header.': (name) => {
    const lower = name.toLowerCase();
    return (_, reply = NO_REPLY) => joined(ownValue(reply.headers, lower));
  },
  'response.body.':
    (name) =>
    (_, reply = NO_REPLY) =>
      jsonAt(reply.body, name),
};

/** The source that an expression names: `request.header.x-user`, `context.requestId`. */
export function sourceOf(expression: string): Source {
  if (expression === 'request.path') return ({ path }) => path;

  const found = Object.entries(NAMED).find(([beginning]) => expression.startsWith(beginning));
  return found ? found[1](expression.slice(found[0].length)) : () => undefined;
}

/** Several values of one name are joined by commas. */
export function queryValue(query: string, name: string): string | undefined {
  const values = query
    .split('&')
    .filter((pair) => nameOf(pair) === name)
    .map((pair) => text(pair.slice(pair.indexOf('=') + 1)));
  return values.length === 0 ? undefined : values.join(',');
}

/** The name in `name=value`. */
export function nameOf(pair: string): string {
  const mark = pair.indexOf('=');
  return text(mark < 0 ? pair : pair.slice(0, mark));
}

const text = (part: string): string => unescaped(part.replaceAll('+', ' '));

/** A path variable, as the caller sent it. */
function pathValue({ route, parts }: Exchange, name: string): string | undefined {
  const found = route.variables.find((variable) => variable.name === name);
  if (!found) return undefined;

  return found.isGreedy ? parts.slice(found.index).join('/') : parts[found.index];
}

function joined(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(',') : value;
}
