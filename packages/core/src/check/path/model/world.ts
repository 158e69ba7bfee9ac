import type { LoadBalancer } from '../../../do/model/load-balancer.js';
import type { NetworkInterface, Instance, Subnet } from '../../../do/model/network.js';
import type { Derived, DerivedOwner } from '../../../do/world/derived.js';
import type { RegionIndex, Found, Missing } from '../../../do/world/views.js';
import type { GroupSet } from './group-set.js';
import type { Span } from './span.js';

/** The index of another account or region, where the snapshot shows it. */
export type FarRegion = (place: {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}) => World | undefined;

/** A region for traces: subnets, groups and prefix lists parsed into numbers, each once. */
export interface World {
  /** What traces compute from the region: once, by the function that computes it. */
  readonly derived: Derived<World>;
  readonly index: RegionIndex;
  /** Whether what the cloud shows at work is of these rules and routes, and not of those before a plan. */
  readonly isToday: boolean;
  readonly far: FarRegion;
  /** Every account and region that the snapshot shows. */
  readonly others: () => readonly World[];
  readonly place: (subnetId: string) => Found<SubnetPlace>;
  /** The subnet of a network that has an address; undefined where none has. */
  readonly placeOf: (networkId: string, span: Span) => SubnetPlace | undefined;
  /** One set for all interfaces with the same groups. */
  readonly groupSet: (ids: readonly string[]) => GroupSet;
  readonly prefixes: FindPrefixes;
  /** The blocks of a network, or why they are not known. */
  readonly blocksOf: (networkId: string) => readonly Span[] | undefined;
  readonly interfacesOf: (attachedTo: string) => readonly NetworkInterface[];
  readonly interfacesOfLink: (linkId: string) => readonly NetworkInterface[];
  readonly interfaceAt: (networkId: string, address: string) => NetworkInterface | undefined;
  readonly instanceAt: (networkId: string, address: string) => Instance | undefined;
  readonly balancerAt: (networkId: string, address: string) => LoadBalancer | undefined;
}

/** A subnet, read once. */
export interface SubnetPlace {
  readonly world: World;
  readonly subnet: Subnet;
  /** Its IPv4 block, then its IPv6 ones. */
  readonly spans: readonly Span[];
  /** Its number among the subnets of its world. */
  readonly key: number;
}

/** The blocks of a prefix list, or why they are not known. */
export type FindPrefixes = (id: string) => { readonly spans: readonly Span[] } | { readonly missing: Missing };

/** The prefix lists of a world, which owns what is derived from rules and routes. */
export interface Lists extends DerivedOwner {
  readonly prefixes: FindPrefixes;
}
