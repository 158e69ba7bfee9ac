import { createHmac, timingSafeEqual } from 'node:crypto';
import type { GatewayCall } from '../../../../simulation/traffic/gateway-call.js';
import { authorizationKey } from '../../control/app/authorizations.js';
import type { AppRow } from '../../control/app/state.js';
import type { CloudApiState } from '../../control/state.js';
import type { Failure, GatewayErrorCode, Ground } from '../received.js';
import type { Route } from '../group-view.js';
import { SIGNED_FOR_MS } from './nonces.js';
import { stringToSign } from '../../../traffic/signed-text.js';
import { ownValue } from '../../../../simulation/own-value.js';

/** Who calls, why the call is refused, or why neither can be decided. */
export type Identified =
  { readonly app: AppRow | undefined } | { readonly failure: Failure } | { readonly undecided: string };

/** What applications are looked up in. */
type Clocks = Pick<Ground, 'now' | 'decisions' | 'nonces'>;

const ALGORITHMS: Readonly<Record<string, 'sha256' | 'sha1'>> = { hmacsha256: 'sha256', hmacsha1: 'sha1' };

/**
 * The application that calls an API of an `APP` type: by key and signature, or by its code. Times of signatures are real time, those of
 * authorizations are simulated.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/use-digest-authentication-to-call-an-api
 * @see https://help.aliyun.com/en/api-gateway/traditional-api-gateway/user-guide/call-an-api-operation-by-using-an-appcode
 */
export function identify(clocks: Clocks, cloudApi: CloudApiState, route: Route, call: GatewayCall): Identified {
  const { authType } = route.service;
  if (!authType.startsWith('APP')) return { app: undefined };

  const { 'x-ca-key': key } = call.headers;
  const code = codeOf(route, call);
  if (key === undefined && code === undefined) {
    return refused('A400MA', `The API asks for an application: it has AuthType ${authType}.`);
  }
  if (key !== undefined && call.headers['x-ca-signature'] === undefined) {
    return refused('I400MH', 'The call has a key and no signature.', 'X-Ca-Signature');
  }

  const app = [...cloudApi.apps.values()].find((one) => (key === undefined ? one.code === code : one.key === key));
  if (!app) return unknown(cloudApi, key === undefined ? 'A400AC' : 'A400IK');

  const stop =
    (key === undefined ? undefined : unsigned(clocks, app, route, call)) ?? unauthorized(clocks, cloudApi, app, route);
  return stop ?? { app };
}

/** The code is a header, or, where the API says so, a parameter. */
function codeOf({ service: { appCodeAuthType } }: Route, { headers, path }: GatewayCall): string | undefined {
  if (appCodeAuthType === 'DISABLE') return undefined;

  const [, code] = /^APPCODE\s+(\S+)$/i.exec(headers['authorization'] ?? '') ?? [];
  if (code !== undefined || appCodeAuthType !== 'HEADER_QUERY') return code;

  const mark = path.indexOf('?');
  const query = mark < 0 ? [] : [...new URLSearchParams(path.slice(mark + 1))];
  return query.find(([name, value]) => name.toLowerCase() === 'appcode' && value !== '')?.[1];
}

/** A snapshot shows no applications: in its twin the caller may be one of those. */
function unknown({ hasUnknownApps }: CloudApiState, code: 'A400AC' | 'A400IK'): Identified {
  if (hasUnknownApps) return { undecided: 'the snapshot does not have the applications and what they may call' };

  return refused(code, 'No application has the key or code of the call.');
}

function unsigned(
  { nonces, decisions }: Clocks,
  app: AppRow,
  { service, published: { api } }: Route,
  call: GatewayCall,
): Identified | undefined {
  const { headers } = call;
  const method = headers['x-ca-signature-method'] ?? 'HmacSHA256';
  const algorithm = ownValue(ALGORITHMS, method.toLowerCase());
  const { allowedSignatures } = service;
  if (!algorithm || (allowedSignatures.length > 0 && !allowedSignatures.includes(method.toLowerCase()))) {
    return refused('I400HD', `The API does not take ${method}.`, '`X-Ca-Signature-Method` is not supported');
  }

  const { 'x-ca-timestamp': timestamp, 'x-ca-nonce': nonce } = headers;
  // A call with a time or a nonce does not end twice in the same way.
  if (timestamp !== undefined || nonce !== undefined) decisions.differByCall();
  if (timestamp !== undefined && !/^\d{1,15}$/.test(timestamp)) {
    return refused('I400HD', 'The time of the call is not a number of milliseconds.', '`X-Ca-Timestamp` is not valid');
  }
  if (timestamp !== undefined && Math.abs(nonces.now() - Number(timestamp)) > SIGNED_FOR_MS) {
    return refused('S403TE', 'The time of the call is more than 15 minutes off.');
  }

  const given = Buffer.from(headers['x-ca-signature'] ?? '', 'base64');
  const isSigned = (text: string): boolean => {
    const own = createHmac(algorithm, app.secret).update(text, 'utf8').digest();
    return own.length === given.length && timingSafeEqual(own, given);
  };
  const text = stringToSign(call);
  if (!isSigned(text) && !isSigned(stringToSign(call, false))) {
    return refused('A403IS', 'The signature is not that of the application.', text.replaceAll('\n', '#'));
  }
  if (nonce === undefined) {
    return service.needsNonce ? refused('I400NC', 'The API asks for a nonce: ForceNonceCheck.') : undefined;
  }
  if (nonces.take(`${app.key}/${api.id}/${nonce}`)) return undefined;

  return refused('S403NU', 'A call of the last 15 minutes had the same nonce.');
}

function unauthorized(
  { now, decisions }: Clocks,
  { authorizations }: CloudApiState,
  { AppId: id, Disabled: disabled }: AppRow,
  { published: { api, version } }: Route,
): Identified | undefined {
  const row = authorizations.get(authorizationKey(api.id, version.stageName, id));
  if (!row || disabled) {
    const why = disabled ? 'is disabled' : `may not call ${api.id} on ${version.stageName}`;
    return refused('I403AA', `Application ${id} ${why}.`);
  }
  if (row.validUntil === undefined) return undefined;
  if (now() < row.validUntil) return void decisions.changeAt(row.validUntil);

  return refused('A403EP', `The authorization of application ${id} has ended.`);
}

function refused(code: GatewayErrorCode, because: string, detail?: string): { readonly failure: Failure } {
  return { failure: { code, detail, outcome: 'unauthorized', because } };
}
