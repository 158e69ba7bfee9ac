import type { TransitFix } from './transit-fix.js';

/** The facts of reasons at routes, and at what connects networks. A `Cause` is the reason of another hop. */
export interface RouteFacts<Cause> {
  readonly LINK_ROUTES_ELSEWHERE: { readonly to: string; readonly network: string; readonly reached: string };
  /** `isPart`: only a part of the addresses that the target may have. */
  readonly IN_OWN_BLOCK: {
    readonly address: string;
    readonly block: string;
    readonly to: string;
    readonly isPart: boolean;
  };
  readonly OUTSIDE_ACCESSIBLE_BLOCKS: {
    readonly address: string;
    readonly blocks: readonly string[];
    readonly to: string;
    readonly isPart: boolean;
    /** The block to add. */
    readonly add: string;
  };
  readonly OUTSIDE_NETWORKS: { readonly to: string; readonly network: string; readonly block: string };
  /** `isOwn`: the address is of the sender's own network. */
  readonly NO_ROUTE: {
    readonly table: string;
    readonly to: string;
    readonly block: string;
    readonly isOwn: boolean;
    readonly nextHop?: string | undefined;
    readonly network?: string | undefined;
  };
  /** `behind`: the route that applies after it is removed. */
  readonly BLACKHOLE: {
    readonly table: string;
    readonly to: string;
    readonly route: string;
    readonly behind?: string | undefined;
    readonly nextHop?: string | undefined;
    readonly cause?: AbsentNextHop | undefined;
  };
  readonly ROUTE_LEADS_AWAY: {
    readonly table: string;
    readonly to: string;
    readonly block: string;
    readonly nextHop: string;
  };
  readonly NEXT_HOP_DROPS: {
    readonly table: string;
    readonly to: string;
    readonly nextHop?: string | undefined;
    readonly route?: string | undefined;
  };
  /** `lists`: the prefix lists of the routes; none: they are one entry. */
  readonly SEVERAL_NEXT_HOPS: {
    readonly table: string;
    readonly to: string;
    readonly lists: readonly string[];
    readonly nextHops: readonly string[];
  };
  readonly ROUTE_STATE_UNKNOWN: { readonly table: string; readonly route: string };
  readonly ROUTE_TAKES_PART: {
    readonly table: string;
    readonly to: string;
    readonly parts: string;
    readonly bad?: Cause | undefined;
  };
  readonly NOT_FOLLOWED: { readonly nextHop: string };
  readonly PEERING_STATE: { readonly peering: string; readonly what: string };
  readonly PEERING_CARRIES_ELSE: { readonly peering: string; readonly network: string; readonly to: string };
  /** `loop`: the gateway that the network routes the packet back to. */
  readonly TRANSIT_LEADS_ELSEWHERE: {
    readonly attachment: string;
    readonly network: string;
    readonly to: string;
    readonly loop?: string | undefined;
  };
  readonly TRANSIT_CARRIES_NOTHING: { readonly gateway: string; readonly what: string; readonly fix: TransitFix };
  readonly GATEWAY_CARRIES_NOTHING: {
    readonly gateway: string;
    readonly what: string;
    readonly to: string;
    readonly network?: string | undefined;
  };
  readonly LINE_DOWN: { readonly line: string; readonly nativeState: string };
  readonly ANSWER_ASTRAY: {
    readonly to: string;
    readonly from: string;
    readonly reached: string;
    readonly network?: string | undefined;
  };
}

/** An existing next hop that carries no traffic: a peering to accept, or a gateway to attach. */
export type AbsentNextHop =
  | { readonly is: 'pending peering'; readonly id: string; readonly nativeState: string }
  | { readonly is: 'transit gateway' | 'virtual gateway'; readonly id: string; readonly network: string };
