import type {
  Action as WireAction,
  IpAddressType,
  LoadBalancerSchemeEnum,
  LoadBalancerStateEnum,
  LoadBalancerTypeEnum,
  MutualAuthenticationAttributes,
  ProtocolEnum,
  RuleCondition as WireCondition,
  RuleTransform as WireTransform,
  TargetGroupIpAddressTypeEnum,
  TargetHealthReasonEnum,
  TargetHealthStateEnum,
  TargetTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Given } from '../state/given.js';

export type Action = Given<WireAction>;
export type RuleCondition = Given<WireCondition>;
export type RuleTransform = Given<WireTransform>;

/** Elastic Load Balancing (application, network, gateway) in one region. Every map is keyed by ARN. */
export interface LoadBalancingState {
  readonly loadBalancers: Map<string, LoadBalancerRow>;
  readonly listeners: Map<string, ListenerRow>;
  /** Created rules. A listener's default rule is part of the listener itself. */
  readonly rules: Map<string, RuleRow>;
  readonly targetGroups: Map<string, TargetGroupRow>;
  readonly trustStores: Map<string, TrustStoreRow>;
}

/** The authorities that a listener accepts client certificates of. Its bundle in S3 is not read. */
export interface TrustStoreRow {
  readonly arn: string;
  readonly name: string;
  tags: Record<string, string>;
}

/** A subnet that a load balancer is in, and what it holds there. */
export interface LoadBalancerZone {
  readonly subnetId: string;
  readonly zoneName: string;
  readonly zoneId: string;
  /** The balancer's own interfaces in that subnet. */
  readonly interfaceIds: string[];
  /** Given by the mapping: a fixed private address, an Elastic IP's allocation, an IPv6 address. */
  readonly privateIpv4Address: string | undefined;
  readonly allocationId: string | undefined;
  readonly ipv6Address: string | undefined;
}

export interface LoadBalancerRow {
  readonly arn: string;
  readonly name: string;
  /** The last part of the ARN, 16 hex digits. */
  readonly id: string;
  readonly type: LoadBalancerTypeEnum;
  readonly scheme: LoadBalancerSchemeEnum | undefined;
  readonly vpcId: string;
  readonly dnsName: string | undefined;
  readonly canonicalHostedZoneId: string | undefined;
  readonly createdTime: Date;
  state: LoadBalancerStateEnum;
  stateReason: string | undefined;
  zones: LoadBalancerZone[];
  securityGroups: string[];
  /** A network load balancer made without groups can never have any. */
  readonly hasSecurityGroups: boolean;
  ipAddressType: IpAddressType;
  enforcePrivateLinkInbound: 'on' | 'off' | undefined;
  prefixForIpv6SourceNat: 'on' | 'off' | undefined;
  /** Empty until one is set; `load-balancer-attributes.ts` has the defaults. */
  attributes: Record<string, string>;
  tags: Record<string, string>;
  /**
   * Services of other kinds that hold it, such as a VPC endpoint service; it cannot be deleted while they
   * do.
   */
  heldBy: string[];
}

export interface ListenerRow {
  readonly arn: string;
  readonly loadBalancerArn: string;
  /** Absent for gateway load balancers. */
  port: number | undefined;
  protocol: ProtocolEnum | undefined;
  sslPolicy: string | undefined;
  /** The default certificate's ARN. */
  certificateArn: string | undefined;
  /** Further certificates, chosen by server name. */
  extraCertificateArns: string[];
  alpnPolicy: string[] | undefined;
  mutualAuthentication: MutualAuthenticationAttributes | undefined;
  defaultActions: Action[];
  readonly defaultRule: { readonly arn: string; tags: Record<string, string> };
  attributes: Record<string, string>;
  tags: Record<string, string>;
}

export interface RuleRow {
  readonly arn: string;
  readonly listenerArn: string;
  priority: number;
  conditions: RuleCondition[];
  actions: Action[];
  transforms: RuleTransform[];
  tags: Record<string, string>;
}

/** Health that a world lays down; without it a target answers. */
interface TargetHealthOverride {
  readonly state: TargetHealthStateEnum;
  readonly reason: TargetHealthReasonEnum | undefined;
  readonly description: string | undefined;
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
  health: TargetHealthOverride | undefined;
  /** A zonal shift moves calls away from its zone. Undefined: the answer says nothing of shifts. */
  shifted: boolean | undefined;
}

export interface TargetGroupRow {
  readonly arn: string;
  readonly name: string;
  readonly targetType: TargetTypeEnum;
  readonly protocol: ProtocolEnum | undefined;
  readonly protocolVersion: string | undefined;
  readonly port: number | undefined;
  readonly vpcId: string | undefined;
  readonly ipAddressType: TargetGroupIpAddressTypeEnum | undefined;
  readonly targetControlPort: number | undefined;
  healthCheck: HealthCheckRow;
  attributes: Record<string, string>;
  tags: Record<string, string>;
  targets: TargetRow[];
  /** When it was first attached to the load balancer that now uses it, milliseconds since the epoch. */
  attachedAt: number | undefined;
}

export interface HealthCheckRow {
  readonly enabled: boolean;
  readonly protocol: ProtocolEnum | undefined;
  /** `traffic-port` or a number. */
  readonly port: string | undefined;
  readonly path: string | undefined;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly httpCode: string | undefined;
  readonly grpcCode: string | undefined;
}
