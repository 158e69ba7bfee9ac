import type { ListenerRow, LoadBalancerRow, TargetGroupRow } from '../load-balancing/state.js';
import type { Finding, Sent } from './connection.js';
import type { Here } from './leg.js';

/** Listeners that decrypt what arrives. */
const ENDS_TLS = new Set<string | undefined>(['HTTPS', 'TLS']);

/** "With a TCP listener, the load balancer passes encrypted traffic through to the targets without decrypting it." */
const PASSES_ON = new Set<string | undefined>(['TCP', 'TCP_UDP', 'TCP_QUIC']);

/**
 * What a load balancer sends to the targets of a group. Undefined behind an application load balancer: there its own requests are not
 * judged.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html
 */
export function sentTo({ fields }: ListenerRow, group: TargetGroupRow, sent: Sent | undefined): Sent | undefined {
  if (sent === undefined || PASSES_ON.has(fields.Protocol)) return sent;
  if (fields.Protocol !== 'TLS') return undefined;

  return group.fields.Protocol === 'TLS' ? 'tls of a load balancer' : 'plain';
}

/**
 * Why a listener does not accept what one call sends. An application load balancer answers plain HTTP on a port for HTTPS
 * with a page of its own. Where no TLS session is established, the connection is closed: plain bytes to a network load
 * balancer's listener for TLS, a TLS handshake with a listener for HTTP, and a caller without a certificate where mutual
 * TLS verifies it. HTTP APIs and load balancers present none. What a trust store contains is not simulated: it accepts any.
 * @see https://repost.aws/knowledge-center/api-gateway-private-integration-errors
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 */
export function listenerRefuses(
  { one, sent }: Here,
  balancer: LoadBalancerRow,
  listener: ListenerRow,
): Finding | undefined {
  if (one === undefined || sent === undefined) return undefined;

  const { Protocol: protocol, Port: port, MutualAuthentication } = listener.fields;
  const { LoadBalancerName: name } = balancer.fields;
  const refuse = (because: string): Finding => {
    one.refuses();
    return { by: 'listener', because };
  };
  if (ENDS_TLS.has(protocol)) {
    if (sent === 'plain' && protocol === 'HTTPS') {
      one.accepted({ balancer, listener, actions: [], client: '' });
      one.answers(400);
      const because = `The listener on port ${port} of ${name} expects HTTPS, and the call is plain HTTP.`;
      return { by: 'listener', because };
    }
    if (sent === 'plain')
      return refuse(`The listener on port ${port} of ${name} expects TLS, and the call is plain HTTP.`);

    const { Mode: mode, IgnoreClientCertificateExpiry: mayBeExpired } = MutualAuthentication ?? {};
    const certificate = sent === 'tls of the gateway' ? one.certificate : undefined;
    if (mode === 'verify' && certificate === undefined)
      return refuse(`The listener on port ${port} of ${name} requires a client certificate.`);
    if (mode === 'verify' && certificate === 'expired' && mayBeExpired !== true)
      return refuse(`The client certificate that the listener on port ${port} of ${name} verifies has expired.`);

    if (sent === 'tls of the gateway') one.endsTls(listener);
    return undefined;
  }
  if (sent === 'plain' || PASSES_ON.has(protocol)) return undefined;

  return refuse(`The listener on port ${port} of ${name} expects plain HTTP, and the call is TLS.`);
}
