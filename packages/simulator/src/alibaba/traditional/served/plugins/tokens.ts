import type { GatewayCall } from '../../../../simulation/traffic/gateway-call.js';
import type { Failure, GatewayErrorCode } from '../gateway-error.js';
import type { AddedParameter } from '../parameters.js';
import type { Ground } from '../received.js';
import type { Route } from '../router.js';
import { isKey, readToken, type Keys, type TokenProblem } from '../../../traffic/token.js';
import { bodyOf, rowsIn, textIn, type Body } from './body.js';
import { ownValue } from '../../../../simulation/own-value.js';

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
