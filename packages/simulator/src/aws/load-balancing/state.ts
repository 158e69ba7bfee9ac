import type {
  Action as WireAction,
  AvailabilityZone,
  EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum as Enforcement,
  Listener,
  LoadBalancer,
  LoadBalancerState,
  Rule,
  RuleCondition as WireCondition,
  RuleTransform as WireTransform,
  TargetGroup,
  TargetHealth,
  TrustStore,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Given, Shown } from '../state/given.js';

export type Action = Given<WireAction>;
export type RuleCondition = Given<WireCondition>;
export type RuleTransform = Given<WireTransform>;

/** Elastic Load Balancing (application, network, gateway) in one region. Every map is keyed by ARN. */
export const newState = () => ({
  loadBalancers: new Map<string, LoadBalancerRow>(),
  listeners: new Map<string, ListenerRow>(),
  /** Created rules. A listener's default rule is part of the listener itself. */
  rules: new Map<string, RuleRow>(),
  targetGroups: new Map<string, TargetGroupRow>(),
  trustStores: new Map<string, TrustStoreRow>(),
});

export type LoadBalancingState = Readonly<ReturnType<typeof newState>>;

// `fields` is what the service shows of a row. It is replaced, never changed in place, so that an answer stays what it was.

/** The authorities that a listener accepts client certificates of. Its bundle in S3 is not read. */
export interface TrustStoreRow {
  readonly fields: Shown<TrustStore, 'TrustStoreArn' | 'Name'>;
  tags: Record<string, string>;
}

/** A subnet that a load balancer is in. An address is shown only where the mapping gave it. */
export interface LoadBalancerZone {
  readonly fields: Shown<AvailabilityZone, 'SubnetId' | 'ZoneName'>;
  /** The balancer's own interfaces in that subnet. */
  readonly interfaceIds: string[];
}

/** Without `SecurityGroups`, a network load balancer can never have any. */
type LoadBalancerFields = Shown<
  Omit<LoadBalancer, 'AvailabilityZones' | 'State' | 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic'>,
  'LoadBalancerArn' | 'LoadBalancerName' | 'Type' | 'VpcId' | 'IpAddressType'
> & {
  readonly State: Shown<LoadBalancerState, 'Code'>;
  readonly EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic?: Enforcement | undefined;
};

export interface LoadBalancerRow {
  /** All but the zones. */
  fields: LoadBalancerFields;
  zones: LoadBalancerZone[];
  /** Empty until one is set; `load-balancer-attributes.ts` has the defaults. */
  attributes: Record<string, string>;
  tags: Record<string, string>;
  /** Services of other kinds that hold it, such as a VPC endpoint service; it cannot be deleted while they do. */
  heldBy: string[];
}

export interface ListenerRow {
  /** Of its certificates, the default one. A gateway load balancer's has neither port nor protocol. */
  fields: Shown<Given<Listener>, 'ListenerArn' | 'LoadBalancerArn' | 'DefaultActions'>;
  /** Further certificates, chosen by server name. */
  extraCertificateArns: string[];
  readonly defaultRule: { readonly arn: string; tags: Record<string, string> };
  attributes: Record<string, string>;
  tags: Record<string, string>;
}

export interface RuleRow {
  readonly listenerArn: string;
  fields: Shown<Given<Rule>, 'RuleArn' | 'Priority' | 'Conditions' | 'Actions'>;
  tags: Record<string, string>;
}

export interface TargetRow {
  readonly id: string;
  readonly port: number | undefined;
  /** As given when the target was registered, or the zone that its address is in. */
  readonly availabilityZone: string | undefined;
  readonly quicServerId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly registeredAt: number;
  /** Set while the target is draining. */
  deregisteredAt: number | undefined;
  /** What a world lays down; without it a target answers. */
  health: TargetHealth | undefined;
  /** A zonal shift moves calls away from its zone. Undefined: the answer says nothing of shifts. */
  shifted: boolean | undefined;
}

/** What the service shows of a target group, but for its load balancers, which follow from listeners and rules. */
export type TargetGroupFields = Shown<
  Omit<TargetGroup, 'LoadBalancerArns'>,
  | 'TargetGroupArn'
  | 'TargetGroupName'
  | 'TargetType'
  | 'HealthCheckEnabled'
  | 'HealthCheckIntervalSeconds'
  | 'HealthCheckTimeoutSeconds'
  | 'HealthyThresholdCount'
  | 'UnhealthyThresholdCount'
>;

export interface TargetGroupRow {
  fields: TargetGroupFields;
  attributes: Record<string, string>;
  tags: Record<string, string>;
  targets: TargetRow[];
  /** When it was first attached to the load balancer that now uses it, milliseconds since the epoch. */
  attachedAt: number | undefined;
}
