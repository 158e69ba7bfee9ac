import { z } from 'zod';
import type {
  AccessControl,
  Certificate,
  DiscoveryService,
  GroupTarget,
  Listener,
  ListenerAction,
  LoadBalancer,
  ServiceInstance,
  TargetGroup,
} from '../model/load-balancer.js';
import { flag, optionalText, port, raw, strict, text, texts } from './fields.js';

/** The form of {@link LoadBalancer} in a snapshot file; the others likewise. */
export const loadBalancerSchema = strict<LoadBalancer>()({
  id: text,
  name: text,
  kind: z.enum(['application', 'network', 'gateway', 'classic']),
  networkId: optionalText,
  scheme: z.enum(['internal', 'internet-facing']).optional(),
  state: optionalText,
  active: flag.optional(),
  subnetIds: texts,
  securityGroupIds: texts,
  addresses: texts.optional(),
  zones: texts.optional(),
  crossZone: flag.optional(),
  privateLinkEnforced: flag.optional(),
  behindNetworkAcl: flag.optional(),
  account: optionalText,
  raw,
});

const actions = z
  .array(
    strict<ListenerAction>()({
      kind: z.enum(['forward', 'redirect', 'fixed-response', 'authenticate', 'other']),
      targetGroupIds: texts.optional(),
      statusCode: optionalText,
    }),
  )
  .optional();

export const listenerSchema = strict<Listener>()({
  id: text,
  loadBalancerId: text,
  port,
  protocol: text,
  state: z.enum(['running', 'stopped']).optional(),
  actions,
  ruleActions: actions,
  certificateIds: texts.optional(),
  accessControl: strict<AccessControl>()({
    kind: z.enum(['allow', 'deny']),
    ids: texts,
    cidrBlocks: texts.optional(),
  }).optional(),
  raw,
});

export const targetGroupSchema = strict<TargetGroup>()({
  id: text,
  name: optionalText,
  kind: z.enum(['instance', 'address', 'load-balancer', 'lambda']),
  protocol: optionalText,
  port: port.optional(),
  networkId: optionalText,
  loadBalancerIds: texts,
  crossZone: flag.optional(),
  preservesClientAddress: flag.optional(),
  healthCheck: strict<NonNullable<TargetGroup['healthCheck']>>()({
    enabled: flag,
    protocol: optionalText,
    port: port.optional(),
  }).optional(),
  targets: z
    .array(
      strict<GroupTarget>()({
        id: text,
        port: port.optional(),
        zone: optionalText,
        health: z.enum(['healthy', 'unhealthy', 'initial', 'draining', 'unused', 'unavailable', 'unknown']),
        reason: optionalText,
      }),
    )
    .optional(),
  raw,
});

export const certificateSchema = strict<Certificate>()({
  id: text,
  names: texts,
  notAfter: optionalText,
  valid: flag.optional(),
  nativeState: optionalText,
  raw,
});

export const serviceSchema = strict<DiscoveryService>()({
  id: text,
  name: optionalText,
  networkId: optionalText,
  healthCheck: z.enum(['none', 'native', 'custom', 'unknown']),
  instances: z
    .array(
      strict<ServiceInstance>()({
        id: text,
        address: optionalText,
        ipv6Address: optionalText,
        port: port.optional(),
        healthy: flag.optional(),
      }),
    )
    .optional(),
  raw,
});
