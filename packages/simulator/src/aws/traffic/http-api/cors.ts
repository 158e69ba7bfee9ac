import type { Cors } from '@aws-sdk/client-apigatewayv2';
import type { GatewayCall } from '../../../simulation/traffic/gateway-call.js';

/** Whether a browser asks if it may make a call. */
export function isPreflight({ method, headers }: GatewayCall): boolean {
  return (
    method === 'OPTIONS' && headers['origin'] !== undefined && headers['access-control-request-method'] !== undefined
  );
}

/**
 * The headers of the answer to a preflight request; none for an origin that is not allowed.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function preflightHeaders(cors: Cors, origin: string): Record<string, string> {
  const allowed = originHeaders(cors, origin);
  if (!allowed) return {};
  const { AllowMethods: methods = [], AllowHeaders: headers = [], MaxAge: age } = cors;
  return {
    ...allowed,
    ...(methods.length > 0 ? { 'access-control-allow-methods': methods.join(',') } : {}),
    ...(headers.length > 0 ? { 'access-control-allow-headers': headers.join(',') } : {}),
    ...(age === undefined ? {} : { 'access-control-max-age': `${age}` }),
  };
}

/** What is added to an integration's answer for a caller with an origin. */
export function corsHeaders(cors: Cors, origin: string): Record<string, string> {
  const allowed = originHeaders(cors, origin);
  const { ExposeHeaders: exposed = [] } = cors;
  if (!allowed) return {};
  return { ...allowed, ...(exposed.length > 0 ? { 'access-control-expose-headers': exposed.join(',') } : {}) };
}

function originHeaders({ AllowOrigins: origins = [], AllowCredentials }: Cors, origin: string) {
  const isAny = origins.includes('*');
  if (!isAny && !origins.some((one) => covers(one, origin))) return undefined;
  return {
    'access-control-allow-origin': isAny ? '*' : origin,
    ...(AllowCredentials === true ? { 'access-control-allow-credentials': 'true' } : {}),
  };
}

/** `https://*` covers all origins of that scheme. */
function covers(allowed: string, origin: string): boolean {
  if (allowed.endsWith('://*')) return origin.startsWith(allowed.slice(0, -1));
  return allowed.toLowerCase() === origin.toLowerCase();
}
