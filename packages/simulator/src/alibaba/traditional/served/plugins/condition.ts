import { raise } from '../../../../simulation/raise.js';
import type { GatewayAnswer, GatewayCall } from '../../../../simulation/traffic/gateway-call.js';
import type { Received, Ground, Failure, GatewayErrorCode } from '../received.js';
import { textIn, type Body, bodyOf, rowsIn } from './body.js';
import { ownValue } from '../../../../simulation/own-value.js';
import type { AddedParameter } from '../parameters.js';
import type { Route } from '../group-view.js';
import { isKey, readToken, type Keys, type TokenProblem } from '../../../traffic/token.js';

/** Reads a value that a condition names: `$userType`. Undefined: the call has none. */
export type ValueOf = (name: string) => string | undefined;

const TOKEN = /\s*(\$\w+|'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?|<>|!=|<=|>=|[=<>()!]|(?:and|or|not)\b|[^\s]+)/giy;

/** A condition that cannot be read. */
class NotRead extends Error {}

/**
 * Whether a condition holds: `$userType = 'admin' and $level >= 3`. Numbers are compared as numbers. A value that a call does not have
 * differs from all others [I].
 * @returns undefined for what is not simulated: functions such as `Random()`
 * @see https://www.alibabacloud.com/help/doc-detail/154200.htm (parameters and conditional expressions)
 */
export function holds(condition: string, valueOf: ValueOf): boolean | undefined {
  const tokens = [...condition.trim().matchAll(TOKEN)].map(([, token = '']) => token);
  let at = 0;
  const next = (): string => tokens[at]?.toLowerCase() ?? '';
  const take = (): string => tokens[at++] ?? '';
  const any = (): boolean => {
    let result = all();
    while (next() === 'or') [result] = [(take(), all()) || result];
    return result;
  };
  const all = (): boolean => {
    let result = one();
    while (next() === 'and') [result] = [(take(), one()) && result];
    return result;
  };
  const one = (): boolean => {
    if (next() === 'not' || next() === '!') return (take(), !one());
    if (next() !== '(') return compared(value(), take(), value());

    take();
    const result = any();
    if (take() !== ')') throw new NotRead();

    return result;
  };
  const value = (): string | undefined => {
    const token = take();
    if (token.startsWith('$')) return valueOf(token.slice(1));
    if (/^['"]/.test(token)) return token.slice(1, -1);
    if (!/^-?\d/.test(token)) throw new NotRead();

    return token;
  };
  try {
    const result = any();
    return at === tokens.length ? result : undefined;
  } catch (error) {
    if (error instanceof NotRead) return undefined;

    throw error;
  }
}

const OPERATORS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function compared(a: string | undefined, operator: string, b: string | undefined): boolean {
  const holdsOf = ownValue(OPERATORS, operator) ?? raise(new NotRead());

  if (a === undefined || b === undefined) return operator === '<>' || operator === '!=';

  const isNumeric = [a, b].every((text) => text.trim() !== '' && !Number.isNaN(Number(text)));
  return holdsOf(isNumeric ? Number(a) - Number(b) : a < b ? -1 : Number(a > b));
}

export type Looked = Pick<Received, 'call' | 'match' | 'app' | 'trace'> & {
  readonly claims: Readonly<Record<string, unknown>>;
  /** Of conditions on answers. */
  readonly answer?: Pick<GatewayAnswer, 'status' | 'headers' | 'body'> | undefined;
};

/**
 * The values of a plug-in's `parameters`: `Header:x-user`, `Query:q`, `Path:id`, `Token:sub`, `StatusCode`, `BodyJsonField:$.code`; and the
 * system parameters `CaClientIp`, `CaAppId`, `CaStage`. Of bodies, fields of the first level.
 */
export function valuesOf(body: Body, looked: Looked): ValueOf {
  const { parameters } = body;
  const places = typeof parameters === 'object' && parameters !== null ? (parameters as Body) : {};
  return (name) => {
    const [place = '', member = ''] = (textIn(places, name) || name).split(':', 2);
    return ownValue(READERS, place.toLowerCase())?.(looked, member);
  };
}

type Reader = (looked: Looked, name: string) => string | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  header: ({ call }, name) => ownValue(call.headers, name.toLowerCase()),
  query: ({ call }, name) => new URLSearchParams(call.path.split('?')[1] ?? '').get(name) ?? undefined,
  path: ({ match }, name) => match.values.get(name),
  token: ({ claims }, name) => {
    const claim = ownValue(claims, name);
    return claim === undefined ? undefined : String(claim);
  },
  statuscode: ({ answer }) => answer && String(answer.status),
  bodyjsonfield: ({ answer }, name) => fieldOf(answer?.body, name.replace(/^\$\./, '')),
  caclientip: ({ call }) => call.sourceIp,
  caappid: ({ app }) => app && String(app.AppId),
  castage: ({ trace }) => trace.stage,
};

function fieldOf(body: string | Uint8Array | undefined, name: string): string | undefined {
  try {
    const text = typeof body === 'string' ? body : Buffer.from(body ?? []).toString('utf8');
    const value = ownValue(JSON.parse(text) as Body, name);
    return value === undefined ? undefined : String(value);
  } catch {
    return undefined;
  }
}

/** A text with values in it: `Path not match ${userId}`. */
export const filledIn = (text: string, valueOf: ValueOf): string =>
  text.replaceAll(/\$\{(\w+)\}/g, (_all, name: string) => valueOf(name) ?? '');

/** What a token says, and what the backend gets of it; or why the call is refused, or why neither can be decided. */
type TokenRead =
  | {
      readonly claims: Readonly<Record<string, unknown>>;
      readonly added: readonly AddedParameter[];
      readonly call: GatewayCall;
    }
  | { readonly failure: Failure }
  | { readonly undecided: string };

/**
 * What the plug-in `jwtAuth` of an API makes of a call. Codes: the plug-in's page names them; A403JE and I400JP are seen in public
 * clients, the others are [U]. Keys by an address (`jwksUri`) are not simulated. By default the backend gets the token, too [U].
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/jwt-authentication
 */
export function tokenOf({ nonces }: Pick<Ground, 'nonces'>, { published }: Route, call: GatewayCall): TokenRead {
  const body = bodyOf(published, 'jwtAuth');
  if (!body) return { claims: {}, added: [], call };

  const place = {
    name: textIn(body, 'parameter') || 'Authorization',
    isQuery: /^query$/i.test(textIn(body, 'parameterLocation')),
  };
  const token = sentToken(call, place);
  if (token === '') {
    if (textIn(body, 'bypassEmptyToken') === 'true') return { claims: {}, added: [], call };

    return refused('A400JR', 'The call has no token.');
  }

  const keys = keysIn(body);
  if (keys.length === 0 && textIn(body, 'jwksUri') !== '') {
    return { undecided: 'jwtAuth reads its keys from an address, which is not simulated.' };
  }
  if (keys.length === 0) return refused('I400JP', 'The plug-in has no keys.', 'jwk');

  const read = readToken(token, keys, nonces.now(), textIn(body, 'ignoreExpirationCheck') !== 'true');
  if ('problem' in read) return refused(CODES[read.problem], read.because, token.slice(0, 20));

  const { claims } = read;
  const replayed = textIn(body, 'preventJtiReplay') === 'true' ? replay(nonces, claims) : undefined;
  if (replayed) return replayed;

  const isKept = textIn(body, 'preserveParameter') !== 'false';
  return { claims, added: claimsAdded(body, claims), call: isKept ? call : without(call, place) };
}

interface Place {
  readonly name: string;
  readonly isQuery: boolean;
}

function sentToken({ headers, path }: GatewayCall, { name, isQuery }: Place): string {
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  const given = isQuery ? (query.get(name) ?? '') : (ownValue(headers, name.toLowerCase()) ?? '');
  return given.replace(/^Bearer\s+/i, '').trim();
}

function keysIn(body: Body): Keys {
  const { jwk, jwks } = body;
  const several = Array.isArray(jwks) ? (jwks as readonly unknown[]) : [];
  return [jwk, ...several].filter(isKey);
}

function replay(nonces: Ground['nonces'], claims: Readonly<Record<string, unknown>>): TokenRead | undefined {
  const { jti } = claims;
  if (typeof jti !== 'string') return refused('S403JI', 'The token has no claim jti.');

  return nonces.take(`jti/${jti}`) ? undefined : refused('S403JU', 'A call of the last 15 minutes had the same token.');
}

function claimsAdded(body: Body, claims: Readonly<Record<string, unknown>>): readonly AddedParameter[] {
  return rowsIn(body, 'claimParameters').flatMap((row): readonly AddedParameter[] => {
    const value = ownValue(claims, textIn(row, 'claimName'));
    const name = textIn(row, 'parameterName');
    if (value === undefined || name === '') return [];

    const location = /^query$/i.test(textIn(row, 'location')) ? 'QUERY' : 'HEAD';
    return [{ name, location, value: typeof value === 'string' ? value : JSON.stringify(value) }];
  });
}

function without(call: GatewayCall, { name, isQuery }: Place): GatewayCall {
  if (!isQuery) {
    const { [name.toLowerCase()]: _token, ...headers } = call.headers;
    return { ...call, headers };
  }

  const [path = '', text = ''] = call.path.split('?');
  const kept = text.split('&').filter((pair) => decodeURIComponent(pair.split('=', 1)[0] ?? '') !== name);
  return { ...call, path: kept.length === 0 ? path : `${path}?${kept.join('&')}` };
}

const CODES: Readonly<Record<TokenProblem, GatewayErrorCode>> = {
  malformed: 'I400JD',
  'no-key': 'A403JK',
  unsigned: 'A403JT',
  expired: 'A403JE',
  early: 'A403JT',
};

function refused(code: GatewayErrorCode, because: string, detail?: string): TokenRead {
  return { failure: { code, detail, outcome: 'unauthorized', because } };
}
