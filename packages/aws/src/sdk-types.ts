import type { UpdateRouteRequest } from '@aws-sdk/client-apigatewayv2';
import type { AnswerOf } from './client/session.js';
import type { Listed } from './client/list-all.js';

/**
 * The SDK's types under names that tell the services apart, and that core does not use for the portable forms. Where
 * lists and single reads differ, the answer of a single read: in it, each member may be missing.
 */
export type { KeyAlgorithm } from '@aws-sdk/client-acm';
export type {
  CreateIntegrationRequest as CreateIntegrationInput,
  CreateStageResponse as StageOutput,
  GetIntegrationResult as IntegrationShape,
} from '@aws-sdk/client-apigatewayv2';
export type {
  Integration as RestIntegrationOutput,
  Method as RestMethodOutput,
  PatchOperation,
  PutIntegrationRequest as PutIntegrationInput,
  PutMethodRequest as PutMethodInput,
  Stage as RestStageOutput,
  TestInvokeMethodResponse as TestInvokeOutput,
} from '@aws-sdk/client-api-gateway';
export type {
  Activity as ScalingActivityOutput,
  LaunchTemplateSpecification as TemplateRef,
} from '@aws-sdk/client-auto-scaling';
export type {
  Filter,
  FlowLog as FlowLogOutput,
  IpPermission,
  NetworkAclEntry as NetworkAclEntryOutput,
  Route as RouteEntryOutput,
  SubnetIpv6CidrBlockAssociation as Ipv6Association,
  TransitGatewayRoute as TransitRouteOutput,
  VpcPeeringConnectionVpcInfo as PeeringSideOutput,
  VpnConnection as VpnConnectionOutput,
  VpnGateway as VpnGatewayOutput,
} from '@aws-sdk/client-ec2';
export type {
  LoadBalancer as RegisteredGroupOutput,
  Service as EcsServiceOutput,
  Task as TaskOutput,
} from '@aws-sdk/client-ecs';
export type {
  Action as ActionOutput,
  RuleCondition as ConditionOutput,
  TargetHealthDescription as TargetHealthOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
export type {
  RequestedServiceQuotaChange as RequestedQuotaOutput,
  ServiceQuota as QuotaOutput,
} from '@aws-sdk/client-service-quotas';

export type { Service as ServiceOutput } from '@aws-sdk/client-servicediscovery';

// Answers with the members that each has: `ALWAYS_SENT` of `client/session.ts` says which.
export type ApiOutput = AnswerOf<'apigatewayv2', 'GetApi'>;
export type IntegrationOutput = AnswerOf<'apigatewayv2', 'GetIntegration'>;
export type RouteOutput = AnswerOf<'apigatewayv2', 'GetRoute'>;
export type VpcLinkOutput = AnswerOf<'apigatewayv2', 'GetVpcLink'>;
export type RestApiOutput = AnswerOf<'apigateway', 'GetRestApi'>;
export type BalancerLinkOutput = AnswerOf<'apigateway', 'GetVpcLink'>;

// Items of lists, with the members that each has: `LISTS` of `client/list-all.ts` says which.
export type RestResourceOutput = Listed<'apigateway', 'GetResources'>;
export type RestDeploymentOutput = Listed<'apigateway', 'GetDeployments'>;
export type DeploymentOutput = Listed<'apigatewayv2', 'GetDeployments'>;
export type DomainOutput = Listed<'apigatewayv2', 'GetDomainNames'>;
export type ScalingGroupOutput = Listed<'autoscaling', 'DescribeAutoScalingGroups'>;
export type VirtualInterfaceOutput = Listed<'directconnect', 'DescribeVirtualInterfaces'>;
export type CertificateOutput = Listed<'acm', 'ListCertificates'>;
export type PrefixListOutput = Listed<'ec2', 'DescribeManagedPrefixLists'>;
export type NetworkAclOutput = Listed<'ec2', 'DescribeNetworkAcls'>;
export type NetworkInterfaceOutput = Listed<'ec2', 'DescribeNetworkInterfaces'>;
export type RouteTableOutput = Listed<'ec2', 'DescribeRouteTables'>;
export type SecurityGroupOutput = Listed<'ec2', 'DescribeSecurityGroups'>;
export type EndpointServiceOutput = Listed<'ec2', 'DescribeVpcEndpointServiceConfigurations'>;
export type SubnetOutput = Listed<'ec2', 'DescribeSubnets'>;
export type TransitAttachmentOutput = Listed<'ec2', 'DescribeTransitGatewayAttachments'>;
export type TransitRouteTableOutput = Listed<'ec2', 'DescribeTransitGatewayRouteTables'>;
export type TransitVpcAttachmentOutput = Listed<'ec2', 'DescribeTransitGatewayVpcAttachments'>;
export type VpcOutput = Listed<'ec2', 'DescribeVpcs'>;
export type EncryptionControlOutput = Listed<'ec2', 'DescribeVpcEncryptionControls'>;
export type EndpointOutput = Listed<'ec2', 'DescribeVpcEndpoints'>;
export type PeeringOutput = Listed<'ec2', 'DescribeVpcPeeringConnections'>;
export type ListenerOutput = Listed<'elasticloadbalancing', 'DescribeListeners'>;
export type LoadBalancerOutput = Listed<'elasticloadbalancing', 'DescribeLoadBalancers'>;
export type RuleOutput = Listed<'elasticloadbalancing', 'DescribeRules'>;
export type TargetGroupOutput = Listed<'elasticloadbalancing', 'DescribeTargetGroups'>;
export type InstanceOutput = Listed<'servicediscovery', 'ListInstances'>;

/** What a route is made with besides its key. Members that are left out of an update stay as they are. */
export type RouteInput = Omit<UpdateRouteRequest, 'ApiId' | 'RouteId'>;
