import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { GatewayCall } from '../../../simulation/traffic/gateway-call.js';
import type { ConsumerRow, AuthSettings } from '../control/state.js';
import type { Refusal } from './backend-call.js';
import type { ApigView, CallableRoute } from './callable-routes.js';
import { literal } from './match.js';
import { textOf, type Policies } from './policies.js';
import { keysOf, readToken } from '../../traffic/token.js';
import { FORM, stringToSign } from '../../traffic/signed-text.js';
import { ownValue } from '../../../simulation/own-value.js';

const ALGORITHMS: Readonly<Record<string, 'sha256' | 'sha1'>> = { hmacsha256: 'sha256', hmacsha1: 'sha1' };

/**
 * Who signed a call with a key and a secret, as callers of the former product do. Neither times nor nonces are remembered, and the stage
 * that a call names means nothing.
 * @see https://github.com/alibaba/higress/blob/main/plugins/wasm-cpp/extensions/hmac_auth/README.md (errors)
 * @see https://github.com/alibaba/higress/blob/main/plugins/wasm-cpp/extensions/hmac_auth/plugin.cc
 */
function signerOf(consumers: readonly ConsumerRow[], call: GatewayCall): ConsumerRow | Refusal {
  const { 'x-ca-key': key = '', 'x-ca-signature': signature = '', 'x-ca-signature-method': method } = call.headers;
  const refused = (
    status: number,
    text: string,
    because: string,
    more: Readonly<Record<string, string>> = {},
  ): Refusal => ({ status, body: text, headers: more, outcome: 'unauthorized', because });
  const algorithm = ownValue(ALGORITHMS, (method ?? 'HmacSHA256').toLowerCase());
  const owner = consumers.find((row) => row.akSks.some(({ ak }) => ak === key));
  const secret = owner?.akSks.find(({ ak }) => ak === key)?.sk;
  if (key === '' || !owner || secret === undefined)
    return refused(401, 'Invalid Key', 'No consumer has the key of the call.');
  if (signature === '') return refused(401, 'Empty Signature', 'The call has a key and no signature.');

  const given = Buffer.from(signature, 'base64');
  const isSigned = (text: string): boolean => {
    const own = algorithm && createHmac(algorithm, secret).update(text, 'utf8').digest();
    return own !== undefined && own.length === given.length && timingSafeEqual(own, given);
  };
  const text = stringToSign(call);
  if (!isSigned(text) && !isSigned(stringToSign(call, false))) {
    const said = `Server StringToSign:\`${text.replaceAll('\n', '#').replaceAll(/[^\x20-\x7e]/g, '?')}\``;
    return refused(400, 'Invalid Signature', 'The signature is not that of the consumer.', {
      'X-Ca-Error-Message': said,
    });
  }

  const digest = call.headers['content-md5'];
  const isForm = (call.headers['content-type'] ?? '').startsWith(FORM);
  if (digest === undefined || isForm || digest === createHash('md5').update(call.body).digest('base64')) return owner;

  return refused(400, 'Invalid Content-MD5', 'Content-MD5 is not the one of the body.');
}

/** A call that its consumer may make, and what it tells the backend; or why it is refused. */
export type Identified =
  { readonly consumer: ConsumerRow | undefined; readonly headers: Readonly<Record<string, string>> } | Refusal;

/** Times of an evaluation. */
export interface IdentityClocks {
  /** Simulated milliseconds since the epoch: until when an authorization is. */
  readonly now: number;
  /** Real ones: until when a token is. */
  readonly realNow: number;
  /** An authorization ends then. */
  readonly changeAt: (ms: number) => void;
}

const ANYONE: Identified = { consumer: undefined, headers: {} };
type Found = { readonly consumer: ConsumerRow; readonly claims?: Readonly<Record<string, unknown>> };

/**
 * Who calls a route, where it asks for that: an API or an operation with `enableAuth`, or a policy of the class Authentication. Which
 * values a type has is not documented [U]: `AkSk`, `HMAC`, `Apikey` and `Jwt` are taken in any case, and of others any kind that the call
 * has.
 */
export function identify(
  view: ApigView,
  route: CallableRoute,
  policies: Policies,
  call: GatewayCall,
  clocks: IdentityClocks,
): Identified {
  const auth = authOf(route.auth, policies);
  if (!auth) return ANYONE;

  const found = finderOf(auth, call)(
    view.consumers.filter(({ enable }) => enable),
    call,
    clocks.realNow,
  );
  if (!('consumer' in found)) return found;

  const { consumer, claims = {} } = found;
  const stop = unauthorized(view, route, consumer, clocks);
  return stop ?? { consumer, headers: { 'x-mse-consumer': consumer.name, ...claimHeaders(consumer, claims) } };
}

/** The type of authentication in small letters; undefined: none is asked for. */
function authOf({ enableAuth, authType }: AuthSettings, policies: Policies): string | undefined {
  const policy = policies.get('Authentication');
  if (policy) return textOf(policy.config, 'authType').toLowerCase();

  return enableAuth && !/^no/i.test(authType) ? authType.toLowerCase() : undefined;
}

type Finder = (consumers: readonly ConsumerRow[], call: GatewayCall, realNow: number) => Found | Refusal;

function finderOf(type: string, { headers }: GatewayCall): Finder {
  if (/hmac|aksk/.test(type)) return bySignature;
  if (type.includes('key')) return byApiKey;
  if (type.includes('jwt')) return byToken;
  if (headers['x-ca-key'] !== undefined) return bySignature;

  return (consumers, call, realNow) => {
    const found = byApiKey(consumers, call);
    return 'consumer' in found ? found : byToken(consumers, call, realNow);
  };
}

const bySignature: Finder = (consumers, call) => {
  const found = signerOf(consumers, call);
  return 'id' in found ? { consumer: found } : found;
};

/** @see https://github.com/alibaba/higress/blob/main/plugins/wasm-cpp/extensions/key_auth/README.md (401 without a key, or with an unknown one) */
const byApiKey = (consumers: readonly ConsumerRow[], { headers, path }: GatewayCall): Found | Refusal => {
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  const consumer = consumers.find(({ apiKey }) => {
    const given =
      apiKey?.source === 'QueryString' ? query.get(apiKey.name) : ownValue(headers, apiKey?.name.toLowerCase() ?? '');
    const key = apiKey?.source === 'Default' ? given?.replace(/^Bearer\s+/i, '') : given;
    return apiKey?.keys.some(({ apikey }) => apikey === key) ?? false;
  });
  return consumer ? { consumer } : unknown('No consumer has the API key of the call.');
};

/** @see https://github.com/alibaba/higress/blob/main/plugins/wasm-go/extensions/jwt-auth/README.md */
const byToken: Finder = (consumers, { headers, path }, realNow) => {
  let because = 'The call has no token.';
  for (const consumer of consumers) {
    const { jwks, jwtTokenConfig = {}, jwtPayloadConfig = {} } = jwtOf(consumer);
    if (jwks === undefined) continue;

    const { position = 'HEADER', key = 'Authorization', prefix = 'Bearer' } = jwtTokenConfig;
    const query = new URLSearchParams(path.split('?')[1] ?? '');
    const given = /^query/i.test(position) ? (query.get(key) ?? undefined) : ownValue(headers, key.toLowerCase());
    if (given === undefined) continue;

    const token = given.replace(new RegExp(`^${literal(prefix.trim())}\\s+`, 'i'), '');
    const read = readToken(token, keysOf(jwks), realNow);
    if ('problem' in read) {
      ({ because } = read);
      continue;
    }

    const { claims } = read;
    const { payloadKeyName, payloadKeyValue } = jwtPayloadConfig;
    if (payloadKeyName === undefined || String(ownValue(claims, payloadKeyName)) === payloadKeyValue)
      return { consumer, claims };

    because = `The token is not one of ${consumer.name}.`;
  }
  return unknown(because);
};

interface GivenJwt {
  readonly jwks?: string;
  readonly jwtTokenConfig?: { readonly position?: string; readonly key?: string; readonly prefix?: string };
  readonly jwtPayloadConfig?: { readonly payloadKeyName?: string; readonly payloadKeyValue?: string };
  readonly claimsToHeadersConfigs?: readonly { readonly claim?: string; readonly header?: string }[];
}

const jwtOf = ({ jwt }: ConsumerRow): GivenJwt => jwt ?? {};

function claimHeaders(consumer: ConsumerRow, claims: Readonly<Record<string, unknown>>): Record<string, string> {
  const { claimsToHeadersConfigs: rules } = jwtOf(consumer);
  const pairs = (Array.isArray(rules) ? (rules as NonNullable<GivenJwt['claimsToHeadersConfigs']>) : []).flatMap(
    ({ claim = '', header = '' }) => {
      const value = ownValue(claims, claim);
      return value === undefined || header === '' ? [] : [[header.toLowerCase(), String(value)]];
    },
  );
  return Object.fromEntries(pairs) as Record<string, string>;
}

const unknown = (because: string): Refusal => ({
  status: 401,
  body: 'Request denied by Key Auth check. Invalid API key',
  outcome: 'unauthorized',
  because,
});

function unauthorized(
  { authorizations, gateway }: ApigView,
  { id, apiId }: CallableRoute,
  consumer: ConsumerRow,
  { now, changeAt }: IdentityClocks,
): Refusal | undefined {
  const rule = authorizations.find(
    (row) =>
      row.consumerId === consumer.id &&
      (row.resourceId === id || row.resourceId === apiId) &&
      row.environmentId === gateway.environmentId &&
      (row.expiresAt === undefined || row.expiresAt > now),
  );
  if (rule?.expiresAt !== undefined) changeAt(rule.expiresAt);
  if (rule) return undefined;

  const because = `Consumer ${consumer.name} may not call ${id}.`;
  return { status: 403, body: 'Unauthorized Consumer', outcome: 'unauthorized', because };
}
