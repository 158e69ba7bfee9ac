import { InvalidInputError, type RouteCall } from '@postern/core/internal/adapter';
import { tlsErrors } from '../cloud/targets/targets.js';
import { isBalancerName } from './integration-target.js';

/** Refuses a route whose target and `tls` do not go together. @throws {InvalidInputError} `INVALID_INPUT` */
export function checkTls({ use }: Pick<RouteCall, 'use'>): void {
  const [error] = tlsErrors(use.target, use);
  if (error !== undefined) throw error;
}

/** Refuses a timeout that the API does not support. @throws {InvalidInputError} `INVALID_INPUT` */
export function checkTimeout(
  { key, settings }: Pick<RouteCall, 'key' | 'settings'>,
  { smallest, largest }: { readonly smallest: number; readonly largest: number },
): void {
  const { timeoutMs } = settings ?? {};
  if (timeoutMs === undefined || (timeoutMs >= smallest && timeoutMs <= largest)) return;

  throw invalid(
    `the timeout of route ${key} is ${timeoutMs} ms`,
    `Write a timeout from ${smallest} ms to ${largest / 1_000} s.`,
  );
}

/** The parameters of a route, one by one: `{ part: 'header', name: 'x-tenant', source: 'query.tenant' }`. */
export function declaredParameters({ settings }: Pick<RouteCall, 'settings'>) {
  const { parameters = {} } = settings ?? {};
  return (['path', 'query', 'header'] as const).flatMap((part) =>
    Object.entries(parameters[part] ?? {}).map(([name, source]) => ({ part, name, source })),
  );
}

/**
 * Refuses the parameters that no integration over a link has: variables of the path, which the gateway sets
 * itself, and the header `Host`, which is the setting `host`. @throws {InvalidInputError} `INVALID_INPUT`
 */
export function checkParameters(request: Pick<RouteCall, 'key' | 'settings'>): void {
  for (const { part, name } of declaredParameters(request)) {
    if (part === 'path') {
      throw invalid(
        `route ${request.key} declares the parameter ${name} of the path of the backend request`,
        'Remove parameters.path: the backend request has no variables in its path.',
      );
    }
    if (part === 'header' && name.toLowerCase() === 'host') {
      throw invalid(
        `route ${request.key} declares the header Host as a parameter`,
        'Write the setting host: <name> instead.',
      );
    }
  }
}

/**
 * Refuses two names where the host of a URI is both: the `Host` of calls, and the name that the certificate is
 * checked for. The DNS name of a load balancer is the host without a name, which no certificate has.
 * @throws {InvalidInputError} `INVALID_INPUT`
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export function checkHost({ key, use: { tls }, settings }: RouteCall, title: string): void {
  const { host } = settings ?? {};
  if (tls?.serverName !== undefined && isBalancerName(tls.serverName)) {
    throw invalid(
      `tls.serverName of the target of route ${key} is ${tls.serverName}, the DNS name of a load balancer`,
      'Write tls: { serverName: <a name on the certificate> } on the target, or tls: {} for no name.',
    );
  }
  if (tls === undefined || host === undefined || tls.serverName === host) return;
  if (tls.serverName === undefined && isBalancerName(host)) return;

  throw invalid(
    `route ${key} declares the host ${host}, and tls.serverName of its target is ${tls.serverName ?? 'not set'}`,
    `Write tls: { serverName: ${host} } on the target, or remove host: ${title} checks the certificate for the host.`,
  );
}

/** Bad input, found before a call is made. */
export function invalid(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
