import type { JWTConfiguration } from '@aws-sdk/client-apigatewayv2';
import type { AuthorizerRow } from '../control/state.js';
import { isPermitted } from '../../traffic/caller-headers.js';
import type { OwnAnswerName } from './answers.js';
import type { CompiledRoute, Visit } from './exchange.js';
import { queryValue } from './sources.js';
import { ownValue } from '../../../simulation/own-value.js';

/** The claims of a token that was accepted. */
type Claims = Readonly<Record<string, unknown>>;

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
function judgeToken(
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

/** Whether a call may go on. */
export type Permission =
  | { readonly claims: Claims | undefined }
  | {
      readonly refused: OwnAnswerName;
      readonly because: string;
      /** Of the answer. */
      readonly headers?: Readonly<Record<string, string>> | undefined;
    };

const ALLOWED: Permission = { claims: undefined };

/** Whether a route admits a call: by a token, by the planted answer of a Lambda authorizer, or by a signature. */
export function authorize(visit: Visit, { row, key }: CompiledRoute): Permission {
  const { AuthorizationType: type = 'NONE' } = row;
  if (type === 'NONE') return ALLOWED;
  if (type === 'AWS_IAM') return isPermitted(visit.call) ? ALLOWED : bySignature(visit);

  const authorizer = visit.view.authorizers.get(row.AuthorizerId ?? '');
  if (!authorizer) {
    return { refused: 'internal', because: `Route ${key} has no authorizer ${row.AuthorizerId ?? ''}.` }; // [I]
  }

  if (isPermitted(visit.call)) return ALLOWED;

  return type === 'JWT' ? byToken(visit, authorizer, row.AuthorizationScopes ?? []) : byFunction(visit, authorizer);
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html */
function byToken(
  visit: Visit,
  { IdentitySource, JwtConfiguration, Name }: AuthorizerRow,
  scopes: string[],
): Permission {
  const given = identityOf(visit, IdentitySource?.[0] ?? '')?.replace(/^Bearer /i, '');
  if (given === undefined || given === '') {
    return { refused: 'unauthorized', because: 'The call has no token.', headers: { 'www-authenticate': 'Bearer' } };
  }

  visit.ground.decisions.differByCall(); // tokens expire
  const judgment = judgeToken(given, JwtConfiguration ?? {}, scopes, visit.now);
  if ('claims' in judgment) return judgment;

  const { refused, description } = judgment;
  const error = refused === 'token' ? 'invalid_token' : 'insufficient_scope';
  const challenge = `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${description}"`;
  return {
    refused: refused === 'token' ? 'unauthorized' : 'forbidden',
    because: `Authorizer ${Name ?? ''} refuses the token: ${description}.`,
    headers: { 'www-authenticate': challenge },
  };
}

/**
 * A Lambda function is not simulated: it allows the call unless another answer is planted. A call that lacks an identity
 * source does not reach it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
function byFunction(
  visit: Visit,
  { AuthorizerId: id, IdentitySource: sources = [], Name = '' }: AuthorizerRow,
): Permission {
  const missing = sources.find((source) => (identityOf(visit, source) ?? '') === '');
  if (missing !== undefined) return { refused: 'unauthorized', because: `The call has no ${missing}.` };

  const { ground, view } = visit;
  const answer = ground.region.apiGateway.authorizerAnswers.get(`${view.fields.ApiId}/${id}`) ?? 'allow';
  if (answer === 'allow') return ALLOWED;

  return answer === 'deny'
    ? { refused: 'forbidden', because: `Authorizer ${Name} denies the call.` }
    : { refused: 'internal', because: `The function of authorizer ${Name} cannot be invoked.` };
}

/** Other sources are not part of a call: they are taken as given. */
function identityOf({ call, query, stage }: Visit, source: string): string | undefined {
  const [, place, name = ''] = /^\$(request\.header|request\.querystring|stageVariables)\.(.+)$/.exec(source) ?? [];
  if (place === 'request.header') return ownValue(call.headers, name.toLowerCase());
  if (place === 'request.querystring') return queryValue(query, name);

  return place === 'stageVariables' ? ownValue(stage.StageVariables, name) : 'given';
}

const SIGNATURE =
  /^AWS4-HMAC-SHA256 (?=.*Signature=).*Credential=[^/,=]+\/\d{8}\/[a-z0-9-]+\/execute-api\/aws4_request\b/;

/** A signature of the API's calls has to be there; it is not verified, and all callers have the permission. */
function bySignature({ call, query }: Visit): Permission {
  const { authorization = '' } = call.headers;
  if (SIGNATURE.test(authorization) || queryValue(query, 'X-Amz-Signature') !== undefined) return ALLOWED;

  return { refused: 'forbidden', because: 'The call has no signature (AWS Signature Version 4) for execute-api.' };
}
