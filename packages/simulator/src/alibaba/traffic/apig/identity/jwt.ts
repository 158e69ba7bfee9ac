import { createHmac, createPublicKey, timingSafeEqual, verify, type JsonWebKey } from 'node:crypto';

type Claims = Readonly<Record<string, unknown>>;

interface Header {
  readonly alg?: unknown;
  readonly kid?: unknown;
}

const HASHES: Readonly<Record<string, string>> = { '256': 'sha256', '384': 'sha384', '512': 'sha512' };

/**
 * The claims of a token that one of the keys has signed; or why there are none. Times are real: callers sign with their own clocks.
 * @param jwks a JSON text: `{ "keys": […] }`, or a key
 */
export function claimsOf(token: string, jwks: string, nowMs: number): Claims | string {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const header = readPart<Header>(head);
  const claims = readPart<Claims>(body);
  if (!header || !claims || more.length > 0) return 'The token is not a JWT.';
  const keys = keysOf(jwks).filter(
    (key) => header.kid === undefined || key['kid'] === undefined || key['kid'] === header.kid,
  );
  const isSigned = keys.some((key) => isSignedBy(key, String(header.alg), `${head}.${body}`, signature));
  if (!isSigned) return 'No key of the consumer has signed the token.';
  const { exp, nbf } = claims;
  if (typeof exp === 'number' && exp * 1000 <= nowMs) return 'The token has expired.';
  if (typeof nbf === 'number' && nbf * 1000 > nowMs) return 'The token is not valid yet.';
  return claims;
}

function readPart<T>(text: string): T | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

function keysOf(jwks: string): readonly (JsonWebKey & Readonly<Record<string, unknown>>)[] {
  try {
    const value = JSON.parse(jwks) as { readonly keys?: unknown };
    const keys = Array.isArray(value.keys) ? (value.keys as unknown[]) : [value];
    return keys.filter((key): key is JsonWebKey & Record<string, unknown> => typeof key === 'object' && key !== null);
  } catch {
    return [];
  }
}

function isSignedBy(key: JsonWebKey, algorithm: string, text: string, given: string): boolean {
  const hash = HASHES[algorithm.slice(2)];
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
