import type { CallContext } from '@postern/core';
import { InvalidInputError } from '@postern/core/adapter';
import type { Session } from '../client/session.js';
import { isBalancerName } from '../rest-api/rest-route.js';
import { parseBackendUri } from '../rest-api/integration-target.js';
import { listListeners, listLoadBalancers } from '../target/load-balancer.js';

/** A load balancer that integrations move to, with the ports that it listens on. */
export interface Balancer {
  readonly arn: string;
  readonly dnsName: string;
  /** The protocol of each port: `HTTP`, `HTTPS`, `TCP`, `TLS`. */
  readonly ports: ReadonlyMap<number, string>;
}

const ENCRYPTED = new Set(['HTTPS', 'TLS']);
const URI = /^(https?):\/\/([^/:?#]+)(?::(\d+))?(.*)$/i;

/**
 * A load balancer by name or ARN, with its listeners.
 * @throws {InvalidInputError} `NOT_FOUND`
 */
export async function readBalancer(session: Session, nameOrArn: string, ctx: CallContext): Promise<Balancer> {
  const all = await listLoadBalancers(session, ctx);
  const found = all.find((one) => one.LoadBalancerArn === nameOrArn || one.LoadBalancerName === nameOrArn);
  if (found?.LoadBalancerArn === undefined) {
    throw new InvalidInputError('NOT_FOUND', `load balancer ${nameOrArn} does not exist in ${session.region}`, {
      remedy: `Name one of ${all.flatMap(({ LoadBalancerName }) => LoadBalancerName ?? []).join(', ') || 'none'}.`,
    });
  }
  const listeners = await listListeners(session, found.LoadBalancerArn, ctx);
  return {
    arn: found.LoadBalancerArn,
    dnsName: found.DNSName ?? '',
    ports: new Map(listeners.map(({ Port = 0, Protocol = '' }) => [Port, Protocol])),
  };
}

/**
 * The URI of an integration behind another load balancer. The path stays. The port stays where the load balancer listens
 * on it; otherwise it is the one port that it listens on. The host stays, because it is the `Host` of backend requests and
 * the name that the certificate is checked for, unless it is the name of a load balancer.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 * @throws {InvalidInputError} `INVALID_INPUT` where no port, or more than one, can be meant
 */
export function movedUri(uri: string, { arn, dnsName, ports }: Balancer): string {
  const [, scheme = '', host = '', , rest = ''] = URI.exec(uri) ?? [];
  const port = parseBackendUri(uri)?.port;
  if (host === '' || port === undefined) return uri;
  const [only, ...others] = ports.keys();
  const to = ports.has(port) ? port : others.length === 0 ? only : undefined;
  if (to === undefined) {
    throw new InvalidInputError('INVALID_INPUT', `${arn} has no listener on port ${port}, which ${uri} names`, {
      remedy: `Create a listener on port ${port}. It has listeners on: ${[...ports.keys()].join(', ') || 'none'}.`,
    });
  }
  const own = to === port ? scheme.toLowerCase() : ENCRYPTED.has(ports.get(to) ?? '') ? 'https' : 'http';
  const usual = own === 'https' ? 443 : 80;
  const name = isBalancerName(host) ? dnsName : host;
  return `${own}://${name}${to === usual ? '' : `:${to}`}${rest}`;
}
