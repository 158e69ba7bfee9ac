import type { Missing } from '../../../do/world/views.js';

/** Protocols that pass on what they receive, TLS included: what is behind the listener terminates it. */
export const PASSES_TLS_ON: ReadonlySet<string> = new Set(['TCP', 'TCP_UDP', 'TCP_QUIC']);

/** Protocols that terminate TLS. */
export const ENDS_TLS: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);

/** Protocols of listeners that carry no HTTP over TCP. */
const WITHOUT_TCP: ReadonlySet<string> = new Set(['UDP', 'QUIC', 'GENEVE']);

/**
 * Whether a listener or target group of a protocol carries HTTP over TCP. `unknown` for a protocol that no table has: load balancers
 * get new ones.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html (Protocol)
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/listener-overview
 */
export function carriesHttp(protocol: string): 'yes' | 'no' | 'unknown' {
  if (protocol === 'HTTP' || PASSES_TLS_ON.has(protocol) || ENDS_TLS.has(protocol)) return 'yes';
  return WITHOUT_TCP.has(protocol) ? 'no' : 'unknown';
}

/** What is missing where a protocol is in no table. */
export function protocolMissing(protocol: string, whose: string): Missing {
  return {
    what: `what ${protocol} carries, the protocol of ${whose}, which is not known to this version,`,
    remedy: `Look up ${protocol} in the documentation of the load balancer, or use a listener for HTTP, HTTPS, TCP or TLS.`,
  };
}
