import type { Gateway } from '../../../do/model/gateway.js';
import type { Route } from '../../../do/model/route.js';
import type { DraftRegion } from '../../draft/draft-region.js';

const URI = /^(https?):\/\/([^/:?#]+)(?::(\d+))?(?:[/?#]|$)/i;

/** The DNS name of a load balancer, which no certificate covers. */
const OWN_NAME = /\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/i;

/**
 * The target of an integration that names a port by its URI: the listener on that port of the load balancer, which is that
 * of a V1 link unless the integration names one.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export function backendTarget(
  draft: DraftRegion,
  linkId: string,
  named: string | undefined,
  uri: string,
): string | undefined {
  const balancer = named ?? draft.get('links', linkId)?.loadBalancerIds?.[0];
  const [, scheme = '', , port] = URI.exec(uri) ?? [];
  if (balancer === undefined || scheme === '') return undefined;
  const number = port === undefined ? (scheme.toLowerCase() === 'https' ? 443 : 80) : Number(port);
  const listener = draft
    .all('listeners')
    .find(
      (one) =>
        one.loadBalancerId === balancer && one.port === number && one.protocol !== 'UDP' && one.protocol !== 'QUIC',
    );
  return listener?.id ?? `${balancer}:${number}`;
}

/** How calls speak TLS: the certificate is checked for the host of the URI. */
export function serverNameOf(uri: string): Pick<Route, 'tls'> {
  const [, scheme = '', host = ''] = URI.exec(uri) ?? [];
  if (scheme.toLowerCase() !== 'https') return {};
  return { tls: OWN_NAME.test(host) ? {} : { serverName: host } };
}

/** A listener that is named by a port, and not by its ARN: what the port leads to after the plan. */
const BY_PORT: ReadonlySet<Gateway['kind']> = new Set(['rest-api', 'websocket-api']);

/** Routes that the plan leaves as they are, and whose URI names a port: they lead to what listens there after it. */
export function followPorts(draft: DraftRegion): void {
  const before = new Map(draft.base.listeners.map((one) => [one.id, one] as const));
  const targetOf = (route: Route): string | undefined => {
    const { targetId = '' } = route;
    const listener = before.get(targetId);
    const [, named, port] = /^(.+:loadbalancer\/.+):(\d+)$/.exec(targetId) ?? [];
    const balancer = listener?.loadBalancerId ?? named;
    if (balancer === undefined || route.linkId === undefined) return route.targetId;
    return backendTarget(draft, route.linkId, balancer, `http://host:${listener?.port ?? port}`);
  };
  for (const { id, kind, routes, stages } of draft.all('gateways')) {
    if (!BY_PORT.has(kind)) continue;
    const follow = (route: Route): Route =>
      draft.isLed(id, route.integrationId ?? route.id) ? route : { ...route, targetId: targetOf(route) };
    const followed = routes.map(follow);
    if (followed.every(({ targetId }, at) => targetId === routes[at]?.targetId)) continue;
    draft.patch('gateways', id, () => ({
      routes: followed,
      stages: stages.map((one) =>
        one.served === undefined ? one : { ...one, served: { ...one.served, routes: one.served.routes.map(follow) } },
      ),
    }));
  }
}
