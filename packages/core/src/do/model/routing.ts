/** The next hop of a route. */
export interface NextHop {
  readonly kind:
    | 'local'
    | 'peering'
    | 'transit-gateway'
    | 'virtual-gateway'
    | 'vpn-gateway'
    | 'express-connect'
    | 'interface'
    | 'instance'
    | 'nat'
    | 'internet'
    | 'endpoint'
    | 'other';
  readonly id?: string | undefined;
  /** The cloud's own name, where it has one: `RouterInterface`. */
  readonly native?: string | undefined;
}

/** One route. Either a block or a prefix list is its destination. */
export interface RouteEntry {
  readonly cidrBlock?: string | undefined;
  readonly prefixListId?: string | undefined;
  readonly nextHop: NextHop;
  readonly state: 'active' | 'blackhole' | 'unknown';
  /**
   * The origin of the route. Of two equal destinations `local` precedes `static`, and `static` precedes
   * `propagated`.
   */
  readonly origin: 'local' | 'static' | 'propagated';
}

/** A route table of a network. */
export interface RouteTable {
  readonly id: string;
  readonly networkId: string;
  readonly main: boolean;
  /** Undefined: not read. */
  readonly routes?: readonly RouteEntry[] | undefined;
  readonly raw: unknown;
}

/** One entry. The ports are the destination's, in both directions. */
export interface NetworkAclEntry {
  readonly direction: 'in' | 'out';
  /** The lowest number applies first; the first matching entry decides. */
  readonly order: number;
  readonly action: 'allow' | 'deny';
  /** `tcp`, `udp`, `icmp`, `all`, or a protocol's number. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrBlock: string;
  readonly id?: string | undefined;
}

/**
 * A stateless filter at the edge of subnets. Traffic that no entry matches is denied. Traffic inside one
 * subnet is not filtered.
 */
export interface NetworkAcl {
  readonly id: string;
  readonly networkId: string;
  /** Undefined: not read. */
  readonly entries?: readonly NetworkAclEntry[] | undefined;
  /** Blocks that it allows regardless of its entries. */
  readonly exempt?: readonly string[] | undefined;
  readonly raw: unknown;
}

/** A named list of blocks that rules and routes can refer to. */
export interface PrefixList {
  readonly id: string;
  readonly name?: string | undefined;
  /** Undefined: not read. */
  readonly cidrBlocks?: readonly string[] | undefined;
  /** For how many rules it counts, where that is not the number of its blocks. */
  readonly maxEntries?: number | undefined;
  readonly account?: string | undefined;
  readonly raw: unknown;
}

/** One of the two networks that a peering joins. */
export interface PeeringSide {
  readonly networkId: string;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** The blocks that the peering carries to this side, both families; undefined where the cloud does not say. */
  readonly cidrBlocks?: readonly string[] | undefined;
}

/** Two networks joined directly; it carries nothing onward. */
export interface Peering {
  readonly id: string;
  readonly state: 'active' | 'pending' | 'failed' | 'deleted' | 'unknown';
  readonly nativeState: string;
  readonly sides: readonly [PeeringSide, PeeringSide];
  readonly raw: unknown;
}

/** What a transit gateway is attached to, and by which of its tables the packets go that come from there. */
export interface TransitAttachment {
  readonly id: string;
  readonly kind: 'network' | 'vpn' | 'direct-connect' | 'peering' | 'other';
  /** The ID of the network or other attached resource. */
  readonly resourceId?: string | undefined;
  readonly account?: string | undefined;
  /** Of a network: one subnet a zone; from other zones it cannot be reached. */
  readonly subnetIds: readonly string[];
  readonly state: 'available' | 'pending' | 'failed' | 'deleted' | 'unknown';
  readonly nativeState: string;
  /** The route table for traffic that enters through it. */
  readonly routeTableId?: string | undefined;
  readonly securityGroupReferences?: boolean | undefined;
}

/** A route of a transit gateway: which attachments a block is carried to. */
export interface TransitRoute {
  readonly cidrBlock: string;
  readonly attachmentIds: readonly string[];
  readonly state: 'active' | 'blackhole' | 'unknown';
  readonly origin: 'static' | 'propagated';
}

/** One of the route tables of a transit gateway. */
export interface TransitRouteTable {
  readonly id: string;
  /** Undefined: not read. */
  readonly routes?: readonly TransitRoute[] | undefined;
}

/** A router between networks (transit gateway). */
export interface TransitGateway {
  readonly id: string;
  readonly state: 'available' | 'pending' | 'deleted' | 'unknown';
  readonly nativeState: string;
  readonly account?: string | undefined;
  /** Whether rules may name groups of other attached networks. */
  readonly securityGroupReferences?: boolean | undefined;
  /** Undefined: not read. */
  readonly attachments?: readonly TransitAttachment[] | undefined;
  /** Undefined: not read. */
  readonly routeTables?: readonly TransitRouteTable[] | undefined;
  readonly raw: unknown;
}

/** A line or tunnel to a place outside the cloud. */
export interface RemoteConnection {
  /** `vpn-…`, `dxvif-…`. */
  readonly id: string;
  readonly kind: 'vpn' | 'direct-connect';
  readonly state: 'up' | 'down' | 'unknown';
  readonly nativeState: string;
  /**
   * The blocks behind it that the cloud reports: static routes, prefixes received over BGP. Undefined: not
   * known.
   */
  readonly cidrBlocks?: readonly string[] | undefined;
  /** The gateway that it ends at, where that is not the one that lists it: a Direct Connect gateway. */
  readonly via?: string | undefined;
}

/** The cloud's end of connections to places outside (virtual private gateway). */
export interface VirtualGateway {
  readonly id: string;
  readonly state: 'available' | 'pending' | 'deleted' | 'unknown';
  readonly nativeState: string;
  /** The networks that it is attached to. */
  readonly networkIds: readonly string[];
  /** Undefined: not read. */
  readonly connections?: readonly RemoteConnection[] | undefined;
  readonly raw: unknown;
}
