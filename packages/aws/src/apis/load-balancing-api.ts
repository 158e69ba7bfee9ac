import type { Send } from './send.js';

/**
 * A load balancer as Elastic Load Balancing answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html
 */
export interface LoadBalancerOutput {
  readonly LoadBalancerArn?: string | undefined;
  readonly LoadBalancerName?: string | undefined;
  readonly DNSName?: string | undefined;
  readonly Type?: string | undefined;
  readonly Scheme?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly State?: { readonly Code?: string | undefined } | undefined;
  readonly AvailabilityZones?:
    readonly { readonly SubnetId?: string | undefined; readonly ZoneName?: string | undefined }[] | undefined;
  readonly SecurityGroups?: readonly string[] | undefined;
  /** `on` or `off`; network load balancers with groups only. */
  readonly EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic?: string | undefined;
}

/**
 * A listener as Elastic Load Balancing answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html
 */
export interface ListenerOutput {
  readonly ListenerArn?: string | undefined;
  readonly LoadBalancerArn?: string | undefined;
  readonly Port?: number | undefined;
  readonly Protocol?: string | undefined;
  readonly DefaultActions?: readonly ActionOutput[] | undefined;
  readonly Certificates?: readonly CertificateRef[] | undefined;
  readonly MutualAuthentication?: { readonly Mode?: string | undefined } | undefined;
}

interface CertificateRef {
  readonly CertificateArn?: string | undefined;
}

/**
 * An action of a rule as Elastic Load Balancing answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
 */
export interface ActionOutput {
  readonly Type?: string | undefined;
  readonly Order?: number | undefined;
  readonly TargetGroupArn?: string | undefined;
  readonly AuthenticateOidcConfig?: LoginOutput | undefined;
  readonly AuthenticateCognitoConfig?: LoginOutput | undefined;
  readonly RedirectConfig?: { readonly StatusCode?: string | undefined } | undefined;
  readonly FixedResponseConfig?: { readonly StatusCode?: string | undefined } | undefined;
  readonly ForwardConfig?:
    | {
        readonly TargetGroups?:
          readonly { readonly TargetGroupArn?: string | undefined; readonly Weight?: number | undefined }[] | undefined;
      }
    | undefined;
}

/** What becomes of callers who have not logged in: `authenticate` sends them to a page. */
interface LoginOutput {
  readonly OnUnauthenticatedRequest?: string | undefined;
}

/**
 * A target group as Elastic Load Balancing answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html
 */
export interface TargetGroupOutput {
  readonly TargetGroupArn?: string | undefined;
  readonly TargetGroupName?: string | undefined;
  readonly TargetType?: string | undefined;
  readonly Protocol?: string | undefined;
  readonly ProtocolVersion?: string | undefined;
  readonly Port?: number | undefined;
  readonly VpcId?: string | undefined;
  readonly HealthCheckEnabled?: boolean | undefined;
  readonly HealthCheckProtocol?: string | undefined;
  /** A number, or `traffic-port`. */
  readonly HealthCheckPort?: string | undefined;
  readonly LoadBalancerArns?: readonly string[] | undefined;
}

interface ValuesOutput {
  readonly Values?: readonly string[] | undefined;
  readonly RegexValues?: readonly string[] | undefined;
}

/** Header and query string conditions are left out: their values are not used here. */
export interface ConditionOutput extends ValuesOutput {
  readonly Field?: string | undefined;
  readonly PathPatternConfig?: ValuesOutput | undefined;
  readonly HostHeaderConfig?: ValuesOutput | undefined;
  readonly HttpRequestMethodConfig?: { readonly Values?: readonly string[] | undefined } | undefined;
  readonly SourceIpConfig?: { readonly Values?: readonly string[] | undefined } | undefined;
}

/**
 * A rule of a listener as Elastic Load Balancing answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Rule.html
 */
export interface RuleOutput {
  readonly RuleArn?: string | undefined;
  /** A number from 1 to 50,000 as text, or `default`. */
  readonly Priority?: string | undefined;
  readonly IsDefault?: boolean | undefined;
  readonly Conditions?: readonly ConditionOutput[] | undefined;
  readonly Actions?: readonly ActionOutput[] | undefined;
}

/**
 * A target with its health as Elastic Load Balancing answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealthDescription.html
 */
export interface TargetHealthOutput {
  readonly Target?:
    | {
        readonly Id?: string | undefined;
        readonly Port?: number | undefined;
        /** The zone's name, or `all`. */
        readonly AvailabilityZone?: string | undefined;
      }
    | undefined;
  readonly TargetHealth?: { readonly State?: string | undefined; readonly Reason?: string | undefined } | undefined;
}

interface AttributesOutput {
  readonly Attributes?:
    readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
}

interface MarkedPage {
  readonly NextMarker?: string | undefined;
}

/** The part of Elastic Load Balancing V2 that is used here. The SDK's `ElasticLoadBalancingV2` satisfies it. */
export interface LoadBalancingApi {
  readonly describeLoadBalancers: Send<
    { PageSize?: number; Marker?: string },
    MarkedPage & { readonly LoadBalancers?: readonly LoadBalancerOutput[] | undefined }
  >;
  readonly describeListeners: Send<
    { LoadBalancerArn?: string; ListenerArns?: string[]; PageSize?: number; Marker?: string },
    MarkedPage & { readonly Listeners?: readonly ListenerOutput[] | undefined }
  >;
  readonly describeTargetGroups: Send<
    { PageSize?: number; Marker?: string },
    MarkedPage & { readonly TargetGroups?: readonly TargetGroupOutput[] | undefined }
  >;
  readonly describeTargetGroupAttributes: Send<{ TargetGroupArn: string }, AttributesOutput>;
  readonly describeLoadBalancerAttributes: Send<{ LoadBalancerArn: string }, AttributesOutput>;
  readonly describeListenerCertificates: Send<
    { ListenerArn: string; PageSize?: number; Marker?: string },
    MarkedPage & { readonly Certificates?: readonly CertificateRef[] | undefined }
  >;
  readonly describeRules: Send<
    { ListenerArn: string; PageSize?: number; Marker?: string },
    MarkedPage & { readonly Rules?: readonly RuleOutput[] | undefined }
  >;
  /** Not paged. */
  readonly describeTargetHealth: Send<
    { TargetGroupArn: string },
    { readonly TargetHealthDescriptions?: readonly TargetHealthOutput[] | undefined }
  >;
}
