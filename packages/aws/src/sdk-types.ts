import type { UpdateRouteRequest } from '@aws-sdk/client-apigatewayv2';

/**
 * The SDK's types under names that tell the services apart, and that core does not use for the portable forms. Where
 * lists and single reads differ, the answer of a single read: in it, each member may be missing.
 */
export type { CertificateSummary as CertificateOutput, KeyAlgorithm } from '@aws-sdk/client-acm';
export type {
  CreateIntegrationRequest as CreateIntegrationInput,
  CreateStageResponse as StageOutput,
  Deployment as DeploymentOutput,
  DomainName as DomainOutput,
  GetApiResponse as ApiOutput,
  GetIntegrationResult as IntegrationOutput,
  GetRouteResult as RouteOutput,
  GetVpcLinkResponse as VpcLinkOutput,
} from '@aws-sdk/client-apigatewayv2';
export type {
  Deployment as RestDeploymentOutput,
  Integration as RestIntegrationOutput,
  Method as RestMethodOutput,
  PatchOperation,
  PutIntegrationRequest as PutIntegrationInput,
  PutMethodRequest as PutMethodInput,
  Resource as RestResourceOutput,
  RestApi as RestApiOutput,
  Stage as RestStageOutput,
  TestInvokeMethodResponse as TestInvokeOutput,
  VpcLink as BalancerLinkOutput,
} from '@aws-sdk/client-api-gateway';
export type {
  Activity as ScalingActivityOutput,
  AutoScalingGroup as ScalingGroupOutput,
  LaunchTemplateSpecification as TemplateRef,
} from '@aws-sdk/client-auto-scaling';
export type { VirtualInterface as VirtualInterfaceOutput } from '@aws-sdk/client-direct-connect';
export type {
  Filter,
  FlowLog as FlowLogOutput,
  IpPermission,
  ManagedPrefixList as PrefixListOutput,
  NetworkAcl as NetworkAclOutput,
  NetworkAclEntry as NetworkAclEntryOutput,
  NetworkInterface as NetworkInterfaceOutput,
  Route as RouteEntryOutput,
  RouteTable as RouteTableOutput,
  SecurityGroup as SecurityGroupOutput,
  ServiceConfiguration as EndpointServiceOutput,
  Subnet as SubnetOutput,
  SubnetIpv6CidrBlockAssociation as Ipv6Association,
  TransitGatewayAttachment as TransitAttachmentOutput,
  TransitGatewayRoute as TransitRouteOutput,
  TransitGatewayRouteTable as TransitRouteTableOutput,
  TransitGatewayVpcAttachment as TransitVpcAttachmentOutput,
  Vpc as VpcOutput,
  VpcEncryptionControl as EncryptionControlOutput,
  VpcEndpoint as EndpointOutput,
  VpcPeeringConnection as PeeringOutput,
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
  Listener as ListenerOutput,
  LoadBalancer as LoadBalancerOutput,
  Rule as RuleOutput,
  RuleCondition as ConditionOutput,
  TargetGroup as TargetGroupOutput,
  TargetHealthDescription as TargetHealthOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
export type {
  RequestedServiceQuotaChange as RequestedQuotaOutput,
  ServiceQuota as QuotaOutput,
} from '@aws-sdk/client-service-quotas';
export type { InstanceSummary as InstanceOutput, Service as ServiceOutput } from '@aws-sdk/client-servicediscovery';

/** What a route is made with besides its key. Members that are left out of an update stay as they are. */
export type RouteInput = Omit<UpdateRouteRequest, 'ApiId' | 'RouteId'>;
