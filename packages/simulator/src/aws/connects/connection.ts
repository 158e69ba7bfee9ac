import type { InterfaceRow, SubnetRow } from '../ec2/state.js';
import type { LoadBalancerRow } from '../load-balancing/state.js';
import type { RegionState } from '../state/aws-state.js';

/** What let a connection through or stopped it. */
export type Decider =
  | 'link'
  | 'target'
  | 'security-group-out'
  | 'network-acl-out'
  | 'route'
  | 'blackhole'
  | 'peering'
  | 'transit-gateway'
  | 'virtual-private-gateway'
  | 'network-acl-in'
  | 'security-group-in'
  | 'listener'
  | 'listener-rule'
  | 'zone'
  | 'target-health'
  | 'route-return'
  | 'network-acl-return';

/** What lets a connection pass beside plain blocks and the VPC's own routes. `most-ports`: calls from a few source ports fail. */
export type Via =
  | 'reference'
  | 'prefix-list'
  | 'peering'
  | 'transit-gateway'
  | 'virtual-private-gateway'
  | 'middlebox'
  | 'outside'
  | 'most-ports';

/**
 * What stops a connection, as Reachability Analyzer says it: one of its codes, and what decides: IDs, and ARNs of load balancing.
 * @see https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
 */
export interface Explained {
  readonly code: string;
  readonly at: readonly string[];
  readonly direction?: 'ingress' | 'egress' | undefined;
  /** What the route is for, where that is not the end of the path. */
  readonly destination?: string | undefined;
}

/** What decided, and why, in a sentence that names it. */
export interface Finding {
  readonly by: Decider;
  readonly because: string;
  readonly explained?: Explained | undefined;
}

/** What stops a connection, with its explanation. */
export function explain(by: Decider, because: string, code: string, ...at: readonly string[]): Finding {
  return { by, because, explained: { code, at } };
}

/** How it went from one of the link's addresses to one of the destination's. */
export interface SourceConnection extends Finding {
  readonly connects: boolean;
  /** `use1-az1`: where the link's interface is. */
  readonly zoneId: string;
  readonly subnetId: string;
  /** The link's address, which the destination sees. */
  readonly from: string;
  /** The address that was called; empty where the target has none. */
  readonly to: string;
  readonly port: number;
  readonly via: readonly Via[];
}

/** Whether a link reaches a destination: from every one of its interfaces to every address that the destination has. */
export interface Connection extends Finding {
  readonly connects: boolean;
  /** What the result depends on where it cannot be determined: `connects` is false then. */
  readonly undecided?: string | undefined;
  readonly sources: readonly SourceConnection[];
}

/** An end of the path: an interface, its place, and the called address of it. */
export interface Place {
  readonly region: RegionState;
  readonly eni: InterfaceRow;
  readonly subnet: SubnetRow;
  readonly address: string;
}

/**
 * Where a call ends: at an interface of the simulated world, or behind a next hop that leaves it and is
 * assumed to answer.
 */
export type End =
  | { readonly kind: 'place'; readonly place: Place; readonly balancer: LoadBalancerRow | undefined }
  | { readonly kind: 'outside'; readonly address: string; readonly nextHop: string };

/** What arrives at a listener: plain HTTP, the gateway's TLS session, or one that a load balancer before it opens. */
export type Sent = 'plain' | 'tls of the gateway' | 'tls of a load balancer';

/** What does not connect, whatever the source. */
export function stopped({ by, because }: Finding): Connection {
  return { connects: false, by, because, sources: [] };
}

/** A connection connects if it does from each source; the first that does not decides. */
export function joined(sources: readonly SourceConnection[], none: Finding): Connection {
  const decisive = sources.find((source) => !source.connects) ?? sources[0];
  if (decisive === undefined) return stopped(none);

  return { connects: decisive.connects, by: decisive.by, because: decisive.because, sources };
}
