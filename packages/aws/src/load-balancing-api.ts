import type { Send } from './api-gateway-api.js';

export interface LoadBalancerOutput {
  readonly LoadBalancerArn?: string | undefined;
  readonly LoadBalancerName?: string | undefined;
  readonly Type?: string | undefined;
  readonly Scheme?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly State?: { readonly Code?: string | undefined } | undefined;
  readonly AvailabilityZones?: readonly { readonly SubnetId?: string | undefined }[] | undefined;
  readonly SecurityGroups?: readonly string[] | undefined;
}

export interface ListenerOutput {
  readonly ListenerArn?: string | undefined;
  readonly LoadBalancerArn?: string | undefined;
  readonly Port?: number | undefined;
  readonly Protocol?: string | undefined;
  readonly DefaultActions?: readonly ListenerAction[] | undefined;
}

interface ListenerAction {
  readonly Type?: string | undefined;
  readonly TargetGroupArn?: string | undefined;
  readonly ForwardConfig?:
    | {
        readonly TargetGroups?: readonly { readonly TargetGroupArn?: string | undefined }[] | undefined;
      }
    | undefined;
}

export interface TargetGroupOutput {
  readonly TargetGroupArn?: string | undefined;
  readonly TargetGroupName?: string | undefined;
  readonly TargetType?: string | undefined;
  readonly Protocol?: string | undefined;
  readonly LoadBalancerArns?: readonly string[] | undefined;
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
  readonly describeTargetGroupAttributes: Send<
    { TargetGroupArn: string },
    {
      readonly Attributes?:
        readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
    }
  >;
}
