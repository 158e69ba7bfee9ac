import type { CallContext, TargetTls } from '@postern/core/internal/library';
import { backendPath, CloudError, type RouteCall } from '@postern/core/internal/adapter';
import type { RestIntegrationOutput } from '../sdk-types.js';
import type { Session } from '../client/session.js';
import { listLoadBalancers } from '../load-balancing/load-balancer.js';
import { parseBackendUri } from './integration-target.js';

/** The DNS name of a load balancer, by ARN. */
export type NameOf = (loadBalancerArn: string, ctx: CallContext) => Promise<string>;

/**
 * The DNS names of load balancers, each read once: the name of a load balancer never changes. It throws
 * `NOT_FOUND` for one that does not exist.
 */
export function balancerNames(session: Session): NameOf {
  const known = new Map<string, string>();
  return async (arn, ctx) => {
    if (!known.has(arn)) {
      for (const { LoadBalancerArn, DNSName } of await listLoadBalancers(session, ctx)) {
        if (DNSName !== undefined) known.set(LoadBalancerArn, DNSName);
      }
    }
    const name = known.get(arn);
    if (name !== undefined) return name;

    throw new CloudError('NOT_FOUND', `load balancer ${arn} does not exist in ${session.region}`, {
      operation: 'DescribeLoadBalancers',
      remedy: 'Check the load balancer of the target. If it was replaced, plan again.',
    });
  };
}

/**
 * The URI of the integration of a route: `https://orders.internal:8443/orders/{id}`. The port selects the
 * listener; the host is the `Host` of backend requests, and the name that the certificate is checked for. A
 * host that is not declared stays, unless it is the name of a load balancer or was the name of a certificate.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export async function backendUri(
  { use, settings }: Pick<RouteCall, 'use' | 'settings'>,
  path: string,
  is: RestIntegrationOutput | undefined,
  nameOf: NameOf,
  ctx: CallContext,
): Promise<string> {
  const { target, tls } = use;
  const [scheme, usual] = tls === undefined ? ['http', 80] : ['https', 443];
  const declared = settings?.host ?? tls?.serverName;
  const host =
    declared ?? (tls === undefined ? ownHost(is) : undefined) ?? (await nameOf(target.resourceId ?? '', ctx));
  const port = target.port === usual ? '' : `:${target.port}`;
  return `${scheme}://${host}${port}${backendPath(path)}`;
}

function ownHost(is: RestIntegrationOutput | undefined): string | undefined {
  const uri = parseBackendUri(is?.uri);
  return uri?.scheme === 'http' && !isBalancerName(uri.host) ? uri.host : undefined;
}

/** The DNS name of a load balancer, which no certificate covers: `orders-1a2b.elb.eu-west-1.amazonaws.com`. */
const OWN_NAME = /\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/i;

/**
 * How an integration speaks TLS to its target; undefined: plain HTTP. The certificate is checked for the host
 * of the URI.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export function tlsOf({ uri }: Pick<RestIntegrationOutput, 'uri'>): TargetTls | undefined {
  const parsed = parseBackendUri(uri);
  if (parsed?.scheme !== 'https') return undefined;

  return isBalancerName(parsed.host) ? {} : { serverName: parsed.host };
}

/** Whether a host is the DNS name of a load balancer. */
export function isBalancerName(host: string): boolean {
  return OWN_NAME.test(host);
}
