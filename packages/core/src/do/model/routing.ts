import { ignoredForPaths, none, oneOf, optional, pair, strict, type Infer } from '../forms/form.js';
import { eachOnce, set, sorted } from '../forms/lists.js';
import {
  block,
  count,
  destination,
  flag,
  optionalFlag,
  optionalText,
  port,
  protocol,
  raw,
  remark,
  text,
} from '../forms/resource-values.js';

const nextHopShape = {
  kind: oneOf(
    'local',
    'peering',
    'transit-gateway',
    'virtual-gateway',
    'vpn-gateway',
    'express-connect',
    'interface',
    'instance',
    'nat',
    'internet',
    'endpoint',
    'other',
  ),
  id: optionalText,
  /** The cloud's own name, where it has one: `RouterInterface`. */
  native: optionalText,
};

/** The next hop of a route. */
export interface NextHop extends Infer<typeof nextHopShape> {}

const routeState = oneOf('active', 'blackhole', 'unknown');

const routeEntryShape = {
  cidrBlock: none(destination),
  prefixListId: none(text),
  nextHop: strict<NextHop>()(nextHopShape),
  state: routeState,
  /**
   * The origin of the route. Of two equal destinations `local` precedes `static`, and `static` precedes
   * `propagated`.
   */
  origin: oneOf('local', 'static', 'propagated'),
};

/** One route. Either a block or a prefix list is its destination. */
export interface RouteEntry extends Infer<typeof routeEntryShape> {}

export const routeTableShape = {
  id: text,
  networkId: text,
  main: flag,
  /** Undefined: not read. */
  routes: optional(sorted(strict<RouteEntry>()(routeEntryShape), ['cidrBlock', 'prefixListId', 'origin', 'state'])),
  raw,
};

/** A route table of a network. */
export interface RouteTable extends Infer<typeof routeTableShape> {}

const networkAclEntryShape = {
  direction: oneOf('in', 'out'),
  /** The lowest number applies first; the first matching entry decides. */
  order: count,
  action: oneOf('allow', 'deny'),
  /** `tcp`, `udp`, `icmp`, `all`, or a protocol's number. */
  protocol,
  fromPort: port,
  toPort: port,
  cidrBlock: block,
  id: optionalText,
};

/** One entry. The ports are the destination's, in both directions. */
export interface NetworkAclEntry extends Infer<typeof networkAclEntryShape> {}

export const networkAclShape = {
  id: text,
  networkId: text,
  /** Undefined: not read. */
  entries: optional(sorted(strict<NetworkAclEntry>()(networkAclEntryShape), ['direction', 'order', 'id'])),
  /** Blocks that it allows regardless of its entries. */
  exempt: optional(set(text)),
  raw,
};

/**
 * A stateless filter at the edge of subnets. Traffic that no entry matches is denied. Traffic inside one
 * subnet is not filtered.
 */
export interface NetworkAcl extends Infer<typeof networkAclShape> {}

export const prefixListShape = {
  id: text,
  name: none(remark),
  /** Undefined: not read. */
  cidrBlocks: optional(set(block)),
  /** For how many rules it counts, where that is not the number of its blocks. */
  maxEntries: ignoredForPaths(optional(count)),
  account: optionalText,
  raw,
};

/** A named list of blocks that rules and routes can refer to. */
export interface PrefixList extends Infer<typeof prefixListShape> {}

const peeringSideShape = {
  networkId: text,
  account: optionalText,
  region: optionalText,
  /** The blocks that the peering carries to this side, both families; undefined where the cloud does not say. */
  cidrBlocks: optional(set(block)),
};

/** One of the two networks that a peering joins. */
export interface PeeringSide extends Infer<typeof peeringSideShape> {}

export const peeringShape = {
  id: text,
  state: oneOf('active', 'pending', 'failed', 'deleted', 'unknown'),
  nativeState: remark,
  sides: pair(strict<PeeringSide>()(peeringSideShape)),
  raw,
};

/** Two networks joined directly; it carries nothing onward. */
export interface Peering extends Infer<typeof peeringShape> {}

const transitAttachmentShape = {
  id: text,
  kind: oneOf('network', 'vpn', 'direct-connect', 'peering', 'other'),
  /** The ID of the network or other attached resource. */
  resourceId: optionalText,
  account: optionalText,
  /** Of a network: one subnet a zone; from other zones it cannot be reached. */
  subnetIds: set(text),
  state: oneOf('available', 'pending', 'failed', 'deleted', 'unknown'),
  nativeState: remark,
  /** The route table for traffic that enters through it. */
  routeTableId: optionalText,
  securityGroupReferences: optionalFlag,
};

/** What a transit gateway is attached to, and by which of its tables the packets go that come from there. */
export interface TransitAttachment extends Infer<typeof transitAttachmentShape> {}

const transitRouteShape = {
  cidrBlock: destination,
  attachmentIds: set(text),
  state: routeState,
  origin: oneOf('static', 'propagated'),
};

/** A route of a transit gateway: which attachments a block is carried to. */
export interface TransitRoute extends Infer<typeof transitRouteShape> {}

const transitRouteTableShape = {
  id: text,
  /** Undefined: not read. */
  routes: optional(sorted(strict<TransitRoute>()(transitRouteShape), ['cidrBlock', 'origin', 'state'])),
};

/** One of the route tables of a transit gateway. */
export interface TransitRouteTable extends Infer<typeof transitRouteTableShape> {}

export const transitGatewayShape = {
  id: text,
  state: oneOf('available', 'pending', 'deleted', 'unknown'),
  nativeState: remark,
  account: optionalText,
  /** Whether rules may name groups of other attached networks. */
  securityGroupReferences: optionalFlag,
  /** Undefined: not read. */
  attachments: optional(eachOnce(strict<TransitAttachment>()(transitAttachmentShape), 'id')),
  /** Undefined: not read. */
  routeTables: optional(eachOnce(strict<TransitRouteTable>()(transitRouteTableShape), 'id')),
  raw,
};

/** A router between networks (transit gateway). */
export interface TransitGateway extends Infer<typeof transitGatewayShape> {}

const remoteConnectionShape = {
  /** `vpn-…`, `dxvif-…`. */
  id: text,
  kind: oneOf('vpn', 'direct-connect'),
  state: oneOf('up', 'down', 'unknown'),
  nativeState: remark,
  /** The blocks behind it that the cloud reports: static routes, prefixes received over BGP. Undefined: not known. */
  cidrBlocks: optional(set(block)),
  /** The gateway that it ends at, where that is not the one that lists it: a Direct Connect gateway. */
  via: optionalText,
};

/** A line or tunnel to a place outside the cloud. */
export interface RemoteConnection extends Infer<typeof remoteConnectionShape> {}

export const virtualGatewayShape = {
  id: text,
  state: oneOf('available', 'pending', 'deleted', 'unknown'),
  nativeState: remark,
  /** The networks that it is attached to. */
  networkIds: set(text),
  /** Undefined: not read. */
  connections: optional(eachOnce(strict<RemoteConnection>()(remoteConnectionShape), 'id')),
  raw,
};

/** The cloud's end of connections to places outside (virtual private gateway). */
export interface VirtualGateway extends Infer<typeof virtualGatewayShape> {}

export const endpointShape = {
  id: text,
  networkId: text,
  /** The name of the service that it is for: `com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b`. */
  serviceName: text,
  /** `waiting`: its owner has to accept it. `refused`: the owner rejected it, or it failed. */
  state: oneOf('available', 'pending', 'waiting', 'refused', 'deleted', 'unknown'),
  nativeState: remark,
  /** Whether names of the service lead to it in its network. */
  privateDns: optionalFlag,
  /** Its interfaces, one in each of its subnets. */
  interfaceIds: set(text),
  raw,
};

/** An endpoint of a network, with interfaces whose calls PrivateLink carries to a service. */
export interface Endpoint extends Infer<typeof endpointShape> {}

export const endpointServiceShape = {
  id: text,
  name: remark,
  state: oneOf('available', 'pending', 'deleted', 'unknown'),
  nativeState: remark,
  /** The load balancers that endpoints reach, one of which gets all calls of an interface. */
  loadBalancerIds: set(text),
  privateDnsName: optionalText,
  /** Whether that name was verified; endpoints use it only then. */
  isNameVerified: optionalFlag,
  raw,
};

/** A service that an account offers to endpoints of its own networks, and of those of other accounts. */
export interface EndpointService extends Infer<typeof endpointServiceShape> {}
