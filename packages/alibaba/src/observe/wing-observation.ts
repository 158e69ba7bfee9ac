import type { CallContext, Egress, Link, RegionSnapshot, Target, Gateway } from '@postern/core/internal/library';
import type { Allowlist, Gaps, Json, Scope } from '@postern/core/internal/adapter';
import type { InterfaceOutput } from '../network/nat.js';
import type { Session } from '../client/session.js';

export interface Observing {
  readonly session: Session;
  readonly scope: Scope;
  readonly gaps: Gaps;
  /** Its failures may be gaps. */
  readonly ctx: CallContext;
  /** Of whoever observes: for what is never a gap. */
  readonly caller: CallContext;
}

/** How a product is observed. */
export interface WingObservation {
  /** How a spec names its gateways: `apiGroup`. */
  readonly gatewayKey: string;
  /** Starts to read what lists of the region do not need. What is returned reads the rest. */
  readonly begin: (at: Observing) => () => Promise<WingRead>;
}

/** What was read of a product. */
export interface WingRead {
  readonly links: readonly Link[];
  readonly allowlists: readonly Allowlist[];
  /** Whether all links of the region were read. */
  readonly complete: boolean;
  /** Targets that need no other resource, such as services of a gateway. */
  readonly services: readonly Target[];
  /** What needs the links of all products. */
  readonly settle: (links: readonly Link[]) => Promise<WingSettled>;
  readonly egress: () => Promise<WingEgress>;
}

/** What is left to read and to derive of a product. */
export interface WingSettled {
  readonly gateways: readonly Gateway[];
  /** Targets in front of instances and load balancers, and these by their IDs, or all that the region has. */
  readonly backends: WingBackends;
  /** The closing line of an observation of everything; `found`: whether there is anything of the product. */
  readonly note: (counts: ReadonlyMap<string, number>) => { readonly text: string; readonly found: boolean };
  /** Of a snapshot with these targets. */
  readonly native: (targetIds: ReadonlySet<string>) => { readonly [name: string]: Json };
  readonly more: () => Promise<
    Pick<RegionSnapshot, 'privateDomains' | 'customDomains' | 'retirement' | 'otherGateways'>
  >;
}

/** What routes lead to. */
export interface WingBackends {
  readonly targets: readonly Target[];
  /** Instances and load balancers that the region's targets name, whether a route uses them or not. */
  readonly named: readonly string[];
  /** Addresses that gateways call without a target. */
  readonly called: readonly string[];
}

/** From where the links of a product call. */
export interface WingEgress {
  readonly isEmpty: boolean;
  readonly vpcIds: readonly string[];
  readonly of: (rows: readonly InterfaceOutput[]) => readonly Egress[];
  /** The link that an interface belongs to. */
  readonly ownerOf: (row: InterfaceOutput) => string | undefined;
}
