import type {
  AccessControl,
  Certificate,
  DiscoveryService,
  GroupTarget,
  GroupWeight,
  Listener,
  ListenerAction,
  ListenerRule,
  LoadBalancer,
  RuleCondition,
  ServiceInstance,
  MinimumHealthy,
  TargetGroup,
} from '../model/load-balancer.js';
import { list, oneOf, optional, strict } from '../forms/form.js';
import {
  count,
  flag,
  optionalFlag,
  optionalText,
  optionalTexts,
  port,
  raw,
  strings,
  text,
  texts,
} from './form-values.js';

/** The schema of {@link LoadBalancer} in a snapshot file; the others likewise. */
export const loadBalancerSchema = strict<LoadBalancer>()({
  id: text,
  name: text,
  kind: oneOf('application', 'network', 'gateway', 'classic'),
  networkId: optionalText,
  scheme: optional(oneOf('internal', 'internet-facing')),
  state: optionalText,
  active: optionalFlag,
  subnetIds: texts,
  securityGroupIds: texts,
  addresses: optionalTexts,
  zones: optionalTexts,
  crossZone: optionalFlag,
  privateLinkEnforced: optionalFlag,
  idleTimeoutMs: optional(count),
  behindNetworkAcl: optionalFlag,
  account: optionalText,
  raw,
});

const actions = list(
  strict<ListenerAction>()({
    kind: oneOf('forward', 'redirect', 'fixed-response', 'authenticate', 'other'),
    targetGroupIds: optionalTexts,
    weights: optional(list(strict<GroupWeight>()({ targetGroupId: text, weight: count }))),
    statusCode: optionalText,
    letsThrough: optionalFlag,
    native: optionalText,
  }),
);

const rules = list(
  strict<ListenerRule>()({
    id: text,
    priority: count,
    conditions: list(
      strict<RuleCondition>()({
        kind: oneOf('path', 'host', 'method', 'source', 'header', 'query', 'other'),
        values: optionalTexts,
      }),
    ),
    actions,
  }),
);

export const listenerSchema = strict<Listener>()({
  id: text,
  loadBalancerId: text,
  port,
  protocol: text,
  state: optional(oneOf('running', 'stopped', 'other')),
  actions: optional(actions),
  rules: optional(rules),
  ruleActions: optional(actions),
  certificateIds: optionalTexts,
  accessControl: optional(
    strict<AccessControl>()({
      kind: oneOf('allow', 'deny'),
      ids: texts,
      cidrBlocks: optionalTexts,
    }),
  ),
  clientCertificates: optional(oneOf('none', 'passed', 'required')),
  raw,
});

const minimumHealthy = strict<MinimumHealthy>()({ count: optional(count), percent: optional(count) });

export const targetGroupSchema = strict<TargetGroup>()({
  id: text,
  name: optionalText,
  kind: oneOf('instance', 'address', 'load-balancer', 'lambda'),
  protocol: optionalText,
  protocolVersion: optionalText,
  port: optional(port),
  networkId: optionalText,
  loadBalancerIds: texts,
  crossZone: optionalFlag,
  preservesClientAddress: optionalFlag,
  minimumHealthy: optional(minimumHealthy),
  minimumHealthyInDns: optional(minimumHealthy),
  healthCheck: optional(
    strict<NonNullable<TargetGroup['healthCheck']>>()({
      enabled: flag,
      protocol: optionalText,
      port: optional(port),
    }),
  ),
  targets: optional(
    list(
      strict<GroupTarget>()({
        id: text,
        port: optional(port),
        zone: optionalText,
        health: oneOf('healthy', 'unhealthy', 'initial', 'draining', 'unused', 'unavailable', 'unknown'),
        reason: optionalText,
      }),
    ),
  ),
  raw,
});

export const certificateSchema = strict<Certificate>()({
  id: text,
  names: texts,
  notAfter: optionalText,
  valid: optionalFlag,
  nativeState: optionalText,
  issuer: optional(oneOf('public', 'private', 'imported')),
  raw,
});

export const serviceSchema = strict<DiscoveryService>()({
  id: text,
  name: optionalText,
  networkId: optionalText,
  healthCheck: oneOf('none', 'native', 'custom', 'unknown'),
  instances: optional(
    list(
      strict<ServiceInstance>()({
        id: text,
        address: optionalText,
        ipv6Address: optionalText,
        port: optional(port),
        attributes: optional(strings),
        healthy: optionalFlag,
      }),
    ),
  ),
  raw,
});
