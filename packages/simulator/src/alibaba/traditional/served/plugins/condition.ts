import { raise } from '../../../../simulation/raise.js';
import type { GatewayAnswer } from '../../../../simulation/traffic/gateway-call.js';
import type { Received } from '../received.js';
import { textIn, type Body } from './body.js';
import { ownValue } from '../../../../simulation/own-value.js';

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
