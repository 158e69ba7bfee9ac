import { z } from 'zod';
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
import { count, flag, optionalText, port, raw, strict, text, texts } from './fields.js';

const routeState = z.enum(['active', 'blackhole', 'unknown']);

/** The form of {@link RouteTable} in a snapshot file; the others likewise. */
export const routeTableSchema = strict<RouteTable>()({
  id: text,
  networkId: text,
  main: flag,
  routes: z
    .array(
      strict<RouteEntry>()({
        cidrBlock: optionalText,
        prefixListId: optionalText,
        nextHop: strict<NextHop>()({
          kind: z.enum([
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
          ]),
          id: optionalText,
          native: optionalText,
        }),
        state: routeState,
        origin: z.enum(['local', 'static', 'propagated']),
      }),
    )
    .optional(),
  raw,
});

export const networkAclSchema = strict<NetworkAcl>()({
  id: text,
  networkId: text,
  entries: z
    .array(
      strict<NetworkAclEntry>()({
        direction: z.enum(['in', 'out']),
        order: count,
        action: z.enum(['allow', 'deny']),
        protocol: text,
        fromPort: port,
        toPort: port,
        cidrBlock: text,
        id: optionalText,
      }),
    )
    .optional(),
  exempt: texts.optional(),
  raw,
});

export const prefixListSchema = strict<PrefixList>()({
  id: text,
  name: optionalText,
  cidrBlocks: texts.optional(),
  maxEntries: count.optional(),
  account: optionalText,
  raw,
});

const side = strict<PeeringSide>()({
  networkId: text,
  account: optionalText,
  region: optionalText,
  cidrBlocks: texts.optional(),
});

export const peeringSchema = strict<Peering>()({
  id: text,
  state: z.enum(['active', 'pending', 'failed', 'deleted', 'unknown']),
  nativeState: text,
  sides: z.tuple([side, side]),
  raw,
});

export const transitGatewaySchema = strict<TransitGateway>()({
  id: text,
  state: z.enum(['available', 'pending', 'deleted', 'unknown']),
  nativeState: text,
  account: optionalText,
  securityGroupReferences: flag.optional(),
  attachments: z
    .array(
      strict<TransitAttachment>()({
        id: text,
        kind: z.enum(['network', 'vpn', 'direct-connect', 'peering', 'other']),
        resourceId: optionalText,
        account: optionalText,
        subnetIds: texts,
        state: z.enum(['available', 'pending', 'failed', 'deleted', 'unknown']),
        nativeState: text,
        routeTableId: optionalText,
        securityGroupReferences: flag.optional(),
      }),
    )
    .optional(),
  routeTables: z
    .array(
      strict<TransitRouteTable>()({
        id: text,
        routes: z
          .array(
            strict<TransitRoute>()({
              cidrBlock: text,
              attachmentIds: texts,
              state: routeState,
              origin: z.enum(['static', 'propagated']),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
  raw,
});

export const virtualGatewaySchema = strict<VirtualGateway>()({
  id: text,
  state: z.enum(['available', 'pending', 'deleted', 'unknown']),
  nativeState: text,
  networkIds: texts,
  connections: z
    .array(
      strict<RemoteConnection>()({
        id: text,
        kind: z.enum(['vpn', 'direct-connect']),
        state: z.enum(['up', 'down', 'unknown']),
        nativeState: text,
        cidrBlocks: texts.optional(),
        via: optionalText,
      }),
    )
    .optional(),
  raw,
});
