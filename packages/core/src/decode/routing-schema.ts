import type {
  NetworkAcl,
  NetworkAclEntry,
  NextHop,
  Peering,
  PeeringSide,
  PrefixList,
  RemoteConnection,
  RouteEntry,
  RouteTable,
  TransitAttachment,
  TransitGateway,
  TransitRoute,
  TransitRouteTable,
  VirtualGateway,
} from '../model/routing.js';
import { eachOnce } from './each-once.js';
import { list, oneOf, optional, pair, strict } from '../forms/form.js';
import {
  block,
  count,
  destination,
  flag,
  optionalBlocks,
  optionalDestination,
  optionalFlag,
  optionalText,
  optionalTexts,
  port,
  protocol,
  raw,
  text,
  texts,
} from './form-values.js';

const routeState = oneOf('active', 'blackhole', 'unknown');

/** The schema of {@link RouteTable} in a snapshot file; the others likewise. */
export const routeTableSchema = strict<RouteTable>()({
  id: text,
  networkId: text,
  main: flag,
  routes: optional(
    list(
      strict<RouteEntry>()({
        cidrBlock: optionalDestination,
        prefixListId: optionalText,
        nextHop: strict<NextHop>()({
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
          native: optionalText,
        }),
        state: routeState,
        origin: oneOf('local', 'static', 'propagated'),
      }),
    ),
  ),
  raw,
});

export const networkAclSchema = strict<NetworkAcl>()({
  id: text,
  networkId: text,
  entries: optional(
    list(
      strict<NetworkAclEntry>()({
        direction: oneOf('in', 'out'),
        order: count,
        action: oneOf('allow', 'deny'),
        protocol,
        fromPort: port,
        toPort: port,
        cidrBlock: block,
        id: optionalText,
      }),
    ),
  ),
  exempt: optionalTexts,
  raw,
});

export const prefixListSchema = strict<PrefixList>()({
  id: text,
  name: optionalText,
  cidrBlocks: optionalBlocks,
  maxEntries: optional(count),
  account: optionalText,
  raw,
});

const side = strict<PeeringSide>()({
  networkId: text,
  account: optionalText,
  region: optionalText,
  cidrBlocks: optionalBlocks,
});

export const peeringSchema = strict<Peering>()({
  id: text,
  state: oneOf('active', 'pending', 'failed', 'deleted', 'unknown'),
  nativeState: text,
  sides: pair(side),
  raw,
});

export const transitGatewaySchema = strict<TransitGateway>()({
  id: text,
  state: oneOf('available', 'pending', 'deleted', 'unknown'),
  nativeState: text,
  account: optionalText,
  securityGroupReferences: optionalFlag,
  attachments: optional(
    eachOnce(
      strict<TransitAttachment>()({
        id: text,
        kind: oneOf('network', 'vpn', 'direct-connect', 'peering', 'other'),
        resourceId: optionalText,
        account: optionalText,
        subnetIds: texts,
        state: oneOf('available', 'pending', 'failed', 'deleted', 'unknown'),
        nativeState: text,
        routeTableId: optionalText,
        securityGroupReferences: optionalFlag,
      }),
      'id',
    ),
  ),
  routeTables: optional(
    eachOnce(
      strict<TransitRouteTable>()({
        id: text,
        routes: optional(
          list(
            strict<TransitRoute>()({
              cidrBlock: destination,
              attachmentIds: texts,
              state: routeState,
              origin: oneOf('static', 'propagated'),
            }),
          ),
        ),
      }),
      'id',
    ),
  ),
  raw,
});

export const virtualGatewaySchema = strict<VirtualGateway>()({
  id: text,
  state: oneOf('available', 'pending', 'deleted', 'unknown'),
  nativeState: text,
  networkIds: texts,
  connections: optional(
    eachOnce(
      strict<RemoteConnection>()({
        id: text,
        kind: oneOf('vpn', 'direct-connect'),
        state: oneOf('up', 'down', 'unknown'),
        nativeState: text,
        cidrBlocks: optionalBlocks,
        via: optionalText,
      }),
      'id',
    ),
  ),
  raw,
});
