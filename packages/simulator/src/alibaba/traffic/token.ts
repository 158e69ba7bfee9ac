import { createHmac, createPublicKey, timingSafeEqual, verify, type JsonWebKey } from 'node:crypto';
import { ownValue } from '../../simulation/own-value.js';

type Claims = Readonly<Record<string, unknown>>;

interface Header {
  readonly alg?: unknown;
  readonly kid?: unknown;
}

const HASHES: Readonly<Record<string, string>> = { '256': 'sha256', '384': 'sha384', '512': 'sha512' };

/** What is wrong with a token. */
export type TokenProblem = 'malformed' | 'no-key' | 'unsigned' | 'expired' | 'early';

type ReadToken = { readonly claims: Claims } | { readonly problem: TokenProblem; readonly because: string };

/** Keys in the form of JSON Web Keys. */
export type Keys = readonly (JsonWebKey & Readonly<Record<string, unknown>>)[];

/**
 * The claims of a token that one of the keys has signed; or why there are none. Times are real: callers sign with their own clocks.
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
export function readToken(token: string, keys: Keys, nowMs: number, expires = true): ReadToken {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const header = readPart<Header>(head);
  const claims = readPart<Claims>(body);
  if (!header || !claims || more.length > 0) return { problem: 'malformed', because: 'The token is not a JWT.' };

  const named = keys.filter((key) => header.kid === undefined || key['kid'] === undefined || key['kid'] === header.kid);
  if (named.length === 0) return { problem: 'no-key', because: `No key has the kid ${String(header.kid)}.` };

  const isSigned = named.some((key) => isSignedBy(key, String(header.alg), `${head}.${body}`, signature));
  if (!isSigned) return { problem: 'unsigned', because: 'No key has signed the token.' };

  const { exp, nbf } = claims;
  if (expires && typeof exp === 'number' && exp * 1000 <= nowMs)
    return { problem: 'expired', because: 'The token has expired.' };
  if (typeof nbf === 'number' && nbf * 1000 > nowMs) {
    return { problem: 'early', because: 'The token is not valid yet.' };
  }

  return { claims };
}

function readPart<T>(text: string): T | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

/** The keys of a JSON text: `{ "keys": […] }`, or a key. */
export function keysOf(jwks: string): Keys {
  try {
    const value = JSON.parse(jwks) as { readonly keys?: unknown };
    return (Array.isArray(value.keys) ? (value.keys as unknown[]) : [value]).filter(isKey);
  } catch {
    return [];
  }
}

/** Whether a value may be a key. */
export const isKey = (value: unknown): value is Keys[number] => typeof value === 'object' && value !== null;

function isSignedBy(key: JsonWebKey, algorithm: string, text: string, given: string): boolean {
  const hash = ownValue(HASHES, algorithm.slice(2));
  const signature = Buffer.from(given, 'base64url');
  if (hash === undefined) return false;

  try {
    if (algorithm.startsWith('HS')) {
      const own = createHmac(hash, Buffer.from(key.k ?? '', 'base64url'))
        .update(text)
        .digest();
      return key.kty === 'oct' && own.length === signature.length && timingSafeEqual(own, signature);
    }

    const publicKey = createPublicKey({ key, format: 'jwk' });
    const how = algorithm.startsWith('ES') ? { key: publicKey, dsaEncoding: 'ieee-p1363' as const } : publicKey;
    return (
      (algorithm.startsWith('RS') || algorithm.startsWith('ES')) && verify(hash, Buffer.from(text), how, signature)
    );
  } catch {
    return false;
  }
}
