import type { JWTConfiguration } from '@aws-sdk/client-apigatewayv2';

/** The claims of a token that was accepted. */
export type Claims = Readonly<Record<string, unknown>>;

/** What a token is worth: its claims, or why it is refused. `scope`: the token is valid, and lacks the scopes of the route. */
export type Judgment =
  { readonly claims: Claims } | { readonly refused: 'token' | 'scope'; readonly description: string };

const invalid = (description: string): Judgment => ({ refused: 'token', description });

/**
 * Judges a JSON Web Token as an authorizer of an HTTP API does, except for its signature: no keys are fetched, so that a
 * token is taken as signed by its issuer. Times are simulated times. The sentence on the audience is the service's own, the
 * others are [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function judgeToken(
  token: string,
  { Issuer, Audience = [] }: JWTConfiguration,
  scopes: readonly string[],
  now: number,
): Judgment {
  const parts = token.split('.');
  const [header, claims] = parts.slice(0, 2).map(decoded);
  if (parts.length !== 3 || !header || !claims) return invalid('the token is malformed');
  if (!/^RS(256|384|512)$/.test(String(header['alg']))) return invalid('the token has an unsupported algorithm');
  if (claims['iss'] !== Issuer) return invalid('the token does not have a valid issuer');
  if (Audience.length > 0 && !Audience.some((one) => audienceOf(claims).includes(one))) {
    return invalid('the token does not have a valid audience');
  }
  const late = timesRefused(claims, now / 1000);
  if (late !== undefined) return invalid(late);
  const granted = scopesOf(claims);
  if (scopes.length > 0 && !scopes.some((one) => granted.includes(one))) {
    return { refused: 'scope', description: 'the token does not have a required scope' };
  }
  return { claims };
}

function timesRefused({ exp, nbf, iat }: Claims, seconds: number): string | undefined {
  if (typeof exp !== 'number' || exp <= seconds) return 'the token has expired';
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= seconds)) return 'the token is not yet valid';
  if (iat !== undefined && !(typeof iat === 'number' && iat <= seconds)) return 'the token was issued in the future';
  return undefined;
}

/** `client_id` counts where there is no `aud`. */
function audienceOf({ aud, client_id: clientId }: Claims): readonly unknown[] {
  return aud === undefined ? [clientId] : listOf(aud);
}

function scopesOf({ scope, scp }: Claims): readonly unknown[] {
  return [scope, scp].flatMap((one) => (typeof one === 'string' ? one.split(' ') : listOf(one)));
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function decoded(part: string): Claims | undefined {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
