import type { ACM } from '@aws-sdk/client-acm';
import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { DirectConnect } from '@aws-sdk/client-direct-connect';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ECS } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ServiceDiscovery } from '@aws-sdk/client-servicediscovery';
import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { STS } from '@aws-sdk/client-sts';

/** The headers of an answer, by their names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string>>;

/** The options of a call besides its input; the SDK's `HttpHandlerOptions` has more. */
export interface SendOptions {
  readonly abortSignal?: AbortSignal;
  /**
   * Called with the headers of the answer, also of a refusal: their `Date` is the cloud's time. Clients of the SDK do it as they are. A
   * client of another kind that does not call it works, and waits for calls in flight are then never shortened.
   */
  readonly onHeaders?: (headers: AnswerHeaders) => void;
  /**
   * Asked when a change is signed, before it is sent; it throws where that is too late, and then nothing may be sent. Clients of the SDK
   * ask it as they are. Behind a client of another kind a process that was stopped may send a change late.
   */
  readonly beforeSend?: () => void;
}

/** What the SDK adds to every answer. */
export interface WithMetadata {
  readonly $metadata?: { readonly httpStatusCode?: number | undefined; readonly requestId?: string | undefined };
}

/** An operation as the SDK's aggregated clients offer it. */
export type Send<Input, Output> = (input: Input, options?: SendOptions) => Promise<Output & WithMetadata>;

/** A method of the SDK without the forms that take a callback. The last of these names both input and output. */
type SendOf<Method> = Method extends (
  input: infer Input,
  options: never,
  done: (error: never, output?: infer Output) => void,
) => void
  ? Send<Input, Omit<Output, '$metadata'>>
  : never;

/** Some methods of one of the SDK's aggregated clients: a client of one's own needs no others. */
type Api<Client, Method extends keyof Client> = { readonly [M in Method]: SendOf<Client[M]> };

/** The part of AWS Certificate Manager that is used here. The SDK's `ACM` satisfies it. */
export type AcmApi = Api<ACM, 'listCertificates'>;

/** The part of API Gateway V2 (HTTP and WebSocket APIs, VPC links V2) that is used here. The SDK's `ApiGatewayV2` satisfies it. */
export type ApiGatewayApi = Api<
  ApiGatewayV2,
  | 'createDeployment'
  | 'createIntegration'
  | 'createRoute'
  | 'createVpcLink'
  | 'deleteIntegration'
  | 'deleteRoute'
  | 'deleteRouteSettings'
  | 'deleteVpcLink'
  | 'exportApi'
  | 'getApi'
  | 'getApiMappings'
  | 'getApis'
  | 'getAuthorizer'
  | 'getDeployment'
  | 'getDeployments'
  | 'getDomainNames'
  | 'getIntegration'
  | 'getIntegrations'
  | 'getRoute'
  | 'getRoutes'
  | 'getStages'
  | 'getVpcLink'
  | 'getVpcLinks'
  | 'tagResource'
  | 'untagResource'
  | 'updateDeployment'
  | 'updateIntegration'
  | 'updateRoute'
  | 'updateStage'
  | 'updateVpcLink'
>;

/** The part of EC2 Auto Scaling that is used here. The SDK's `AutoScaling` satisfies it. */
export type AutoScalingApi = Api<AutoScaling, 'describeAutoScalingGroups' | 'describeScalingActivities'>;

/** The part of AWS Cloud Map that is used here. The SDK's `ServiceDiscovery` satisfies it. */
export type CloudMapApi = Api<
  ServiceDiscovery,
  'getInstancesHealthStatus' | 'getService' | 'listInstances' | 'listServices'
>;

/** The part of AWS Direct Connect that is used here. The SDK's `DirectConnect` satisfies it. */
export type DirectConnectApi = Api<
  DirectConnect,
  'describeDirectConnectGatewayAssociations' | 'describeVirtualInterfaces'
>;

/** The part of EC2 that is used here. The SDK's `EC2` satisfies it; loading that costs a third of a second. */
export type Ec2Api = Api<
  EC2,
  | 'authorizeSecurityGroupEgress'
  | 'authorizeSecurityGroupIngress'
  | 'createSecurityGroup'
  | 'createTags'
  | 'deleteSecurityGroup'
  | 'deleteTags'
  | 'describeAvailabilityZones'
  | 'describeFlowLogs'
  | 'describeLaunchTemplateVersions'
  | 'describeManagedPrefixLists'
  | 'describeNetworkAcls'
  | 'describeNetworkInterfaces'
  | 'describeRouteTables'
  | 'describeSecurityGroups'
  | 'describeSubnets'
  | 'describeTransitGatewayAttachments'
  | 'describeTransitGatewayRouteTables'
  | 'describeTransitGatewayVpcAttachments'
  | 'describeTransitGateways'
  | 'describeVpcEncryptionControls'
  | 'describeVpcEndpointServiceConfigurations'
  | 'describeVpcEndpoints'
  | 'describeVpcPeeringConnections'
  | 'describeVpcs'
  | 'describeVpnConnections'
  | 'describeVpnGateways'
  | 'getManagedPrefixListEntries'
  | 'revokeSecurityGroupEgress'
  | 'revokeSecurityGroupIngress'
  | 'searchTransitGatewayRoutes'
>;

/** The part of ECS that is used here. The SDK's `ECS` satisfies it. */
export type EcsApi = Api<ECS, 'describeServices' | 'describeTasks' | 'listClusters' | 'listServices' | 'listTasks'>;

/** The part of Elastic Load Balancing V2 that is used here. The SDK's `ElasticLoadBalancingV2` satisfies it. */
export type LoadBalancingApi = Api<
  ElasticLoadBalancingV2,
  | 'describeListenerCertificates'
  | 'describeListeners'
  | 'describeLoadBalancerAttributes'
  | 'describeLoadBalancers'
  | 'describeRules'
  | 'describeTargetGroupAttributes'
  | 'describeTargetGroups'
  | 'describeTargetHealth'
  | 'modifyListener'
  | 'modifyRule'
>;

/** The part of API Gateway V1 (REST APIs, VPC links V1) that is used here. The SDK's `APIGateway` satisfies it. */
export type RestApiApi = Api<
  APIGateway,
  | 'createDeployment'
  | 'createResource'
  | 'createStage'
  | 'createVpcLink'
  | 'deleteDeployment'
  | 'deleteMethod'
  | 'deleteResource'
  | 'deleteStage'
  | 'deleteVpcLink'
  | 'getAuthorizer'
  | 'getBasePathMappings'
  | 'getClientCertificates'
  | 'getDeployments'
  | 'flushStageCache'
  | 'getExport'
  | 'getMethod'
  | 'getResources'
  | 'getRestApi'
  | 'getRestApis'
  | 'getStage'
  | 'getStages'
  | 'getUsagePlans'
  | 'getVpcLink'
  | 'getVpcLinks'
  | 'putIntegration'
  | 'putMethod'
  | 'tagResource'
  | 'testInvokeMethod'
  | 'untagResource'
  | 'updateIntegration'
  | 'updateMethod'
  | 'updateStage'
  | 'updateVpcLink'
>;

/** The part of CloudWatch Logs that is used here. The SDK's `CloudWatchLogs` satisfies it. */
export type LogsApi = Api<CloudWatchLogs, 'filterLogEvents'>;

/** The part of Service Quotas that is used here. The SDK's `ServiceQuotas` satisfies it. */
export type ServiceQuotasApi = Api<
  ServiceQuotas,
  | 'getServiceQuota'
  | 'listRequestedServiceQuotaChangeHistoryByQuota'
  | 'listServiceQuotas'
  | 'requestServiceQuotaIncrease'
>;

/** The part of STS that is used here. The SDK's `STS` satisfies it. */
export type StsApi = Api<STS, 'assumeRole' | 'getCallerIdentity'>;

/** Credentials in the SDK's form. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** The client's own way to its credentials; the SDK's clients have it, a client of one's own need not. */
export interface WithCredentials {
  readonly config?: {
    readonly credentials?: (() => Promise<Pick<AwsCredentials, 'accessKeyId'> & Partial<AwsCredentials>>) | undefined;
  };
}
