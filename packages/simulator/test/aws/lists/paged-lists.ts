import type { RichWorld } from './rich-world.js';

/** How a list operation is called in the rich world, and where its items are. */
export interface PagedList {
  readonly input?: (world: RichWorld) => Readonly<Record<string, unknown>>;
  /** The output's lists; more than one is paged together. */
  readonly items: readonly string[];
  /** The member of the output with the next token, where another one repeats the token of the input. */
  readonly next?: string;
  /** The smallest page that the service accepts, by default 1. */
  readonly smallest?: number;
  /** The least number of items that the rich world has: enough for several pages of the smallest size. */
  readonly least: number;
}

/** The smallest page of EC2's describe calls. */
const EC2 = 5;

/** Every operation that pages, by service and name. A list that is missing here fails a test. */
export const PAGED_LISTS: Readonly<Record<string, PagedList>> = {
  'apigateway.GetApiKeys': { items: ['items'], least: 3 },
  'apigateway.GetAuthorizers': { items: ['items'], least: 3, input: ({ restApiId }) => ({ restApiId }) },
  'apigateway.GetBasePathMappings': { items: ['items'], least: 3, input: ({ domainName }) => ({ domainName }) },
  'apigateway.GetClientCertificates': { items: ['items'], least: 3 },
  'apigateway.GetDeployments': { items: ['items'], least: 3, input: ({ restApiId }) => ({ restApiId }) },
  'apigateway.GetDomainNames': { items: ['items'], least: 3 },
  'apigateway.GetGatewayResponses': { items: ['items'], least: 21, input: ({ restApiId }) => ({ restApiId }) },
  'apigateway.GetModels': { items: ['items'], least: 5, input: ({ restApiId }) => ({ restApiId }) },
  'apigateway.GetRequestValidators': { items: ['items'], least: 3, input: ({ restApiId }) => ({ restApiId }) },
  'apigateway.GetResources': { items: ['items'], least: 3, input: ({ restApiId }) => ({ restApiId }) },
  'apigateway.GetRestApis': { items: ['items'], least: 3 },
  'apigateway.GetUsagePlanKeys': { items: ['items'], least: 3, input: ({ usagePlanId }) => ({ usagePlanId }) },
  'apigateway.GetUsagePlans': { items: ['items'], least: 3 },
  'apigateway.GetVpcLinks': { items: ['items'], least: 3 },
  'apigatewayv2.GetApiMappings': {
    items: ['Items'],
    least: 3,
    input: ({ domainName }) => ({ DomainName: domainName }),
  },
  'apigatewayv2.GetApis': { items: ['Items'], least: 3 },
  'apigatewayv2.GetAuthorizers': { items: ['Items'], least: 3, input: ({ ApiId }) => ({ ApiId }) },
  'apigatewayv2.GetDeployments': { items: ['Items'], least: 3, input: ({ ApiId }) => ({ ApiId }) },
  'apigatewayv2.GetDomainNames': { items: ['Items'], least: 3 },
  'apigatewayv2.GetIntegrationResponses': {
    items: ['Items'],
    least: 3,
    input: ({ chat }) => ({ ApiId: chat.ApiId, IntegrationId: chat.IntegrationId }),
  },
  'apigatewayv2.GetIntegrations': { items: ['Items'], least: 3, input: ({ ApiId }) => ({ ApiId }) },
  'apigatewayv2.GetModels': { items: ['Items'], least: 3, input: ({ chat: { ApiId } }) => ({ ApiId }) },
  'apigatewayv2.GetRouteResponses': {
    items: ['Items'],
    least: 1,
    input: ({ chat: { ApiId, RouteId } }) => ({ ApiId, RouteId }),
  },
  'apigatewayv2.GetRoutes': { items: ['Items'], least: 3, input: ({ ApiId }) => ({ ApiId }) },
  'apigatewayv2.GetStages': { items: ['Items'], least: 3, input: ({ ApiId }) => ({ ApiId }) },
  'apigatewayv2.GetVpcLinks': { items: ['Items'], least: 3 },
  'ec2.DescribeDhcpOptions': { items: ['DhcpOptions'], least: 3, smallest: EC2 },
  'ec2.DescribeEgressOnlyInternetGateways': { items: ['EgressOnlyInternetGateways'], least: 2, smallest: EC2 },
  'ec2.DescribeAddressesAttribute': { items: ['Addresses'], least: 3 },
  'autoscaling.DescribeAutoScalingGroups': { items: ['AutoScalingGroups'], least: 3 },
  'autoscaling.DescribeAutoScalingInstances': { items: ['AutoScalingInstances'], least: 3 },
  'autoscaling.DescribeLoadBalancerTargetGroups': {
    items: ['LoadBalancerTargetGroups'],
    least: 1,
    input: () => ({ AutoScalingGroupName: 'web-1' }),
  },
  'autoscaling.DescribeScalingActivities': { items: ['Activities'], least: 3 },
  'autoscaling.DescribeTrafficSources': {
    items: ['TrafficSources'],
    least: 1,
    input: () => ({ AutoScalingGroupName: 'web-1' }),
  },
  'ec2.DescribeLaunchTemplates': { items: ['LaunchTemplates'], least: 3 },
  'ec2.DescribeLaunchTemplateVersions': {
    items: ['LaunchTemplateVersions'],
    least: 2,
    input: () => ({ LaunchTemplateName: 'web-1' }),
  },
  'ec2.DescribeNatGateways': { items: ['NatGateways'], least: 6, smallest: EC2 },
  'ec2.DescribeVpcEncryptionControls': { items: ['VpcEncryptionControls'], least: 3, smallest: EC2 },
  'ec2.DescribeVpcEndpointServiceConfigurations': { items: ['ServiceConfigurations'], least: 3 },
  'ec2.DescribeVpcEndpoints': { items: ['VpcEndpoints'], least: 3 },
  'ec2.DescribeFlowLogs': { items: ['FlowLogs'], least: 3 },
  'ec2.DescribeImages': { items: ['Images'], least: 4, smallest: EC2 },
  'ec2.DescribeInstanceCreditSpecifications': { items: ['InstanceCreditSpecifications'], least: 3, smallest: EC2 },
  'ec2.DescribeInstanceTypes': { items: ['InstanceTypes'], least: 20, smallest: EC2 },
  'ec2.DescribeVolumes': { items: ['Volumes'], least: 6, smallest: EC2 },
  'ec2.DescribeInstances': { items: ['Reservations'], least: 6, smallest: EC2 },
  'ec2.DescribeInternetGateways': { items: ['InternetGateways'], least: 3, smallest: EC2 },
  'ec2.DescribeManagedPrefixLists': { items: ['PrefixLists'], least: 3 },
  'ec2.DescribeNetworkAcls': { items: ['NetworkAcls'], least: 4, smallest: EC2 },
  'ec2.DescribeNetworkInterfaces': { items: ['NetworkInterfaces'], least: 10, smallest: EC2 },
  'ec2.DescribeNetworkInsightsAnalyses': { items: ['NetworkInsightsAnalyses'], least: 3 },
  'ec2.DescribeNetworkInsightsPaths': { items: ['NetworkInsightsPaths'], least: 3 },
  'ec2.DescribePrefixLists': { items: ['PrefixLists'], least: 2, smallest: EC2 },
  'ec2.DescribeRouteTables': { items: ['RouteTables'], least: 4, smallest: EC2 },
  'ec2.DescribeSecurityGroupRules': { items: ['SecurityGroupRules'], least: 10, smallest: EC2 },
  'ec2.DescribeSecurityGroups': { items: ['SecurityGroups'], least: 6, smallest: EC2 },
  'ec2.DescribeSubnets': { items: ['Subnets'], least: 6, smallest: EC2 },
  'ec2.DescribeTags': { items: ['Tags'], least: 30, smallest: EC2 },
  'ec2.DescribeTransitGatewayAttachments': { items: ['TransitGatewayAttachments'], least: 8, smallest: EC2 },
  'ec2.DescribeTransitGatewayRouteTables': { items: ['TransitGatewayRouteTables'], least: 6, smallest: EC2 },
  'ec2.DescribeTransitGatewayVpcAttachments': { items: ['TransitGatewayVpcAttachments'], least: 6, smallest: EC2 },
  'ec2.DescribeTransitGateways': { items: ['TransitGateways'], least: 6, smallest: EC2 },
  'ec2.DescribeVpcPeeringConnections': { items: ['VpcPeeringConnections'], least: 6, smallest: EC2 },
  'ec2.DescribeVpcs': { items: ['Vpcs'], least: 3, smallest: EC2 },
  'ec2.GetManagedPrefixListEntries': {
    items: ['Entries'],
    least: 3,
    input: ({ prefixListId }) => ({ PrefixListId: prefixListId }),
  },
  'ec2.GetTransitGatewayRouteTableAssociations': {
    items: ['Associations'],
    least: 1,
    smallest: EC2,
    input: ({ transitTableId }) => ({ TransitGatewayRouteTableId: transitTableId }),
  },
  'ec2.GetTransitGatewayRouteTablePropagations': {
    items: ['TransitGatewayRouteTablePropagations'],
    least: 1,
    smallest: EC2,
    input: ({ transitTableId }) => ({ TransitGatewayRouteTableId: transitTableId }),
  },
  'ec2.SearchTransitGatewayRoutes': {
    items: ['Routes'],
    least: 8,
    smallest: EC2,
    input: ({ transitTableId }) => ({
      TransitGatewayRouteTableId: transitTableId,
      Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }],
    }),
  },
  'ec2.GetSubnetCidrReservations': {
    items: ['SubnetIpv4CidrReservations', 'SubnetIpv6CidrReservations'],
    least: 2,
    smallest: EC2,
    input: ({ subnetId }) => ({ SubnetId: subnetId }),
  },
  'ecs.DescribeCapacityProviders': { items: ['capacityProviders'], least: 2 },
  'ecs.ListClusters': { items: ['clusterArns'], least: 3 },
  'ecs.ListServices': { items: ['serviceArns'], least: 3, input: ({ ecsCluster: cluster }) => ({ cluster }) },
  'ecs.ListTasks': { items: ['taskArns'], least: 3, input: ({ ecsCluster: cluster }) => ({ cluster }) },
  'elasticloadbalancingv2.DescribeListenerCertificates': {
    items: ['Certificates'],
    least: 3,
    input: ({ secureListenerArn }) => ({ ListenerArn: secureListenerArn }),
  },
  'elasticloadbalancingv2.DescribeListeners': {
    items: ['Listeners'],
    least: 3,
    input: ({ balancerArn }) => ({ LoadBalancerArn: balancerArn }),
  },
  'elasticloadbalancingv2.DescribeLoadBalancers': { items: ['LoadBalancers'], least: 2 },
  'elasticloadbalancingv2.DescribeRules': {
    items: ['Rules'],
    least: 4,
    input: ({ listenerArn }) => ({ ListenerArn: listenerArn }),
  },
  'elasticloadbalancingv2.DescribeTargetGroups': { items: ['TargetGroups'], least: 3 },
  'elasticloadbalancingv2.DescribeTrustStores': { items: ['TrustStores'], least: 3 },
  'servicediscovery.GetInstancesHealthStatus': {
    items: ['Status'],
    least: 3,
    input: ({ ServiceId }) => ({ ServiceId }),
  },
  'servicediscovery.ListInstances': { items: ['Instances'], least: 3, input: ({ ServiceId }) => ({ ServiceId }) },
  'servicediscovery.ListNamespaces': { items: ['Namespaces'], least: 4 },
  'servicediscovery.ListServices': { items: ['Services'], least: 4 },
  'directconnect.DescribeDirectConnectGatewayAssociations': {
    items: ['directConnectGatewayAssociations'],
    least: 2,
    input: ({ directConnectGatewayId }) => ({ directConnectGatewayId }),
  },
  'directconnect.DescribeVirtualInterfaces': { items: ['virtualInterfaces'], least: 3 },
  'acm.ListCertificates': { items: ['CertificateSummaryList'], least: 3 },
  'iam.ListAttachedRolePolicies': { items: ['AttachedPolicies'], least: 3, input: () => ({ RoleName: 'service-1' }) },
  'iam.ListInstanceProfiles': { items: ['InstanceProfiles'], least: 3 },
  'iam.ListInstanceProfilesForRole': {
    items: ['InstanceProfiles'],
    least: 1,
    input: () => ({ RoleName: 'service-1' }),
  },
  'iam.ListPolicies': { items: ['Policies'], least: 3 },
  'iam.ListPolicyVersions': { items: ['Versions'], least: 3, input: ({ policyArn }) => ({ PolicyArn: policyArn }) },
  'iam.ListRolePolicies': { items: ['PolicyNames'], least: 3, input: () => ({ RoleName: 'service-1' }) },
  'iam.ListRoles': { items: ['Roles'], least: 3 },
  'route53.ListHostedZones': { items: ['HostedZones'], least: 3, next: 'NextMarker' },
  'logs.DescribeLogGroups': { items: ['logGroups'], least: 3 },
  'logs.FilterLogEvents': { items: ['events'], least: 0, input: () => ({ logGroupName: 'flows' }) },
  'servicequotas.ListServiceQuotas': { items: ['Quotas'], least: 3, input: () => ({ ServiceCode: 'vpc' }) },
  'servicequotas.ListRequestedServiceQuotaChangeHistoryByQuota': {
    items: ['RequestedQuotas'],
    least: 3,
    input: () => ({ ServiceCode: 'apigateway', QuotaCode: 'L-608BDCD4' }),
  },
};
