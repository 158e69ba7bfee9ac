import { backendPath } from '@postern/core/adapter';
import type { OwnedRoute } from '@postern/core/overlay';

/**
 * The URI of an integration that names a port of the load balancer by it: `https://orders.internal:8443/orders/{id}`.
 * Undefined where its host or its port is not in the snapshot.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export function backendUri({ route, target }: OwnedRoute, path: string): string | undefined {
  const { tls, settings = {} } = route;
  const host = settings.host ?? tls?.serverName;
  if (host === undefined || target?.port === undefined) return undefined;
  const [scheme, usual] = tls === undefined ? ['http', 80] : ['https', 443];
  return `${scheme}://${host}${target.port === usual ? '' : `:${target.port}`}${backendPath(path)}`;
}
