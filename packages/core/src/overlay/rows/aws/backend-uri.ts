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
