import type { InterfaceRow, VSwitchRow } from '../vpc/state.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import type { LoadBalancerRow } from '../slb/state.js';

/** States in which an instance serves calls. It serves them during a change, and while its switchover waits. */
export const SERVING: ReadonlySet<string> = new Set(['RUNNING', 'MODIFYING', 'WAIT_SWITCH']);

/** What let a connection through or stopped it. */
type Decider =
  | 'link'
  | 'authorization'
  | 'accessible-blocks'
  | 'route'
  | 'blackhole'
  | 'peering'
  | 'target'
  | 'security-group-out'
  | 'network-acl-out'
  | 'network-acl-in'
  | 'network-acl-return'
  | 'route-return'
  | 'listener'
  | 'listener-acl'
  | 'backend-servers'
  | 'security-group-in'
  | 'name'
  | 'domain'
  | 'group'
  | 'client-vpc'
  | 'ipv6'
  | 'self-call'
  | 'nat';

/** What decided, and why, in a sentence that names it. */
export interface Finding {
  readonly by: Decider;
  readonly because: string;
}

/** How it went from one of the link's addresses. */
export interface SourceConnection extends Finding {
  readonly connects: boolean;
  /** Empty where the calls have no zone of the user's as their source. */
  readonly zoneId: string;
  /** The address, or the block, that the target sees. */
  readonly from: string;
  /** The address that was called; empty where there is none. */
  readonly to: string;
  /** What the way leaned on. */
  readonly via: readonly Via[];
}

/** What lets a connection pass beside plain blocks and the VPC's own routes. `most-ports`: calls from a few source ports fail. */
export type Via =
  'reference' | 'prefix-list' | 'intra-group' | 'peering' | 'transit-router' | 'middlebox' | 'outside' | 'most-ports';

/** Whether a link reaches an address and port: from all sources of its calls. */
export interface Connection extends Finding {
  readonly connects: boolean;
  /** What the result depends on where it cannot be determined: `connects` is false then. */
  readonly undecided?: string | undefined;
  readonly sources: readonly SourceConnection[];
}

export interface Source {
  readonly zoneId: string;
  /** A private address of the VPC, or a conventional instance's block. */
  readonly from: string;
  /** Of a VPC integration instance, and of a gateway: the interface that the call leaves by. */
  readonly place: { readonly eni: InterfaceRow; readonly vSwitch: VSwitchRow } | undefined;
}

/** What an address turned out to be; `state` is that of its region. */
export type Target =
  | {
      readonly kind: 'interface';
      readonly state: AlibabaRegionState;
      readonly address: string;
      readonly eni: InterfaceRow;
      readonly vSwitch: VSwitchRow;
    }
  | {
      readonly kind: 'load-balancer';
      readonly state: AlibabaRegionState;
      readonly address: string;
      readonly balancer: LoadBalancerRow;
    }
  | {
      readonly kind: 'outside';
      readonly address: string;
      readonly nextHop: string;
      readonly answers?: readonly string[] | undefined;
      /** The source's address there, behind a NAT gateway. */
      readonly seenAs?: string | undefined;
    };
