import type { GatewayAnswer } from '../../../simulation/traffic/gateway-call.js';
import type { Received } from '../received.js';
import { textIn, type Body } from './body.js';
import type { ValueOf } from './condition.js';

/** What conditions look at. */
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
    return READERS[place.toLowerCase()]?.(looked, member);
  };
}

type Reader = (looked: Looked, name: string) => string | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  header: ({ call }, name) => call.headers[name.toLowerCase()],
  query: ({ call }, name) => new URLSearchParams(call.path.split('?')[1] ?? '').get(name) ?? undefined,
  path: ({ match }, name) => match.values.get(name),
  token: ({ claims }, name) => (claims[name] === undefined ? undefined : String(claims[name])),
  statuscode: ({ answer }) => answer && String(answer.status),
  bodyjsonfield: ({ answer }, name) => fieldOf(answer?.body, name.replace(/^\$\./, '')),
  caclientip: ({ call }) => call.sourceIp,
  caappid: ({ app }) => app && String(app.id),
  castage: ({ trace }) => trace.stage,
};

function fieldOf(body: string | Uint8Array | undefined, name: string): string | undefined {
  try {
    const value = (JSON.parse(typeof body === 'string' ? body : Buffer.from(body ?? []).toString('utf8')) as Body)[
      name
    ];
    return value === undefined ? undefined : String(value);
  } catch {
    return undefined;
  }
}

/** A text with values in it: `Path not match ${userId}`. */
export const filledIn = (text: string, valueOf: ValueOf): string =>
  text.replaceAll(/\$\{(\w+)\}/g, (_all, name: string) => valueOf(name) ?? '');
