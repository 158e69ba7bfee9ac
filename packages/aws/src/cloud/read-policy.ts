import type { ReadPermission, SnapshotList } from '@postern/core/internal/snapshot';

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference';

/**
 * EC2's lists do not support resource-level permissions:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-ec2-console.html
 */
const EC2 = `${REFERENCE}/list_amazonec2.html`;
const LOAD_BALANCING = `${REFERENCE}/list_awselasticloadbalancingv2.html`;
const CLOUD_MAP = `${REFERENCE}/list_awscloudmap.html`;
const ECS = `${REFERENCE}/list_amazonelasticcontainerservice.html`;
const AUTO_SCALING = `${REFERENCE}/list_amazonec2autoscaling.html`;
const DIRECT_CONNECT = `${REFERENCE}/list_awsdirectconnect.html`;

function permission(
  service: string,
  operation: string,
  source: string,
  fills: readonly SnapshotList[],
): ReadPermission {
  return { action: `${service}:${operation}`, resources: ['*'], fills, operations: [operation], source };
}

const ec2 = (operation: string, ...fills: SnapshotList[]) => permission('ec2', operation, EC2, fills);
const balancing = (operation: string, ...fills: SnapshotList[]) =>
  permission('elasticloadbalancing', operation, LOAD_BALANCING, fills);

/** API Gateway's permissions are HTTP verbs on paths: https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
const apiGateway = (paths: readonly string[], operations: readonly string[], fills: readonly SnapshotList[]) => ({
  action: 'apigateway:GET',
  resources: paths.map((path) => `arn:aws:apigateway:{region}::${path}`),
  fills,
  operations,
  source: `${REFERENCE}/list_amazonapigatewaymanagementv2.html`,
});

/**
 * Every permission that a whole snapshot of a region needs, and the lists that are incomplete without it.
 * Reading the owner of the credentials needs none. Reading the services and instances of Cloud Map needs no
 * permission of Route 53.
 */
export const readPolicy: readonly ReadPermission[] = [
  apiGateway(['/vpclinks'], ['GetVpcLinks'], ['links', 'allowlists', 'egress']),
  apiGateway(['/restapis'], ['GetRestApis'], ['gateways']),
  apiGateway(['/restapis/*'], ['GetRestApi', 'GetResources', 'GetStages', 'GetDeployments', 'GetExport'], ['gateways']),
  apiGateway(['/clientcertificates'], ['GetClientCertificates'], ['certificates']),
  apiGateway(['/usageplans'], ['GetUsagePlans'], ['quotas']),
  apiGateway(['/apis'], ['GetApis'], ['gateways']),
  apiGateway(
    ['/apis/*'],
    ['GetApi', 'GetRoutes', 'GetIntegrations', 'GetStages', 'GetDeployments', 'ExportApi'],
    ['gateways'],
  ),
  apiGateway(['/domainnames'], ['GetDomainNames'], ['customDomains']),
  apiGateway(['/domainnames/*'], ['GetApiMappings', 'GetBasePathMappings'], ['customDomains']),
  ec2('DescribeVpcs', 'networks'),
  ec2('DescribeVpcEncryptionControls', 'networks'),
  ec2('DescribeSubnets', 'subnets'),
  ec2('DescribeSecurityGroups', 'securityGroups', 'allowlists', 'prefixLists'),
  ec2('DescribeRouteTables', 'routeTables', 'prefixLists'),
  ec2('DescribeNetworkAcls', 'networkAcls'),
  ec2('DescribeNetworkInterfaces', 'interfaces', 'egress'),
  ec2('DescribeManagedPrefixLists', 'prefixLists'),
  ec2('GetManagedPrefixListEntries', 'prefixLists'),
  ec2('DescribeVpcPeeringConnections', 'peerings'),
  ec2('DescribeVpcEndpoints', 'endpoints'),
  ec2('DescribeVpcEndpointServiceConfigurations', 'endpointServices'),
  ec2('DescribeAvailabilityZones', 'zones'),
  ec2('DescribeTransitGateways', 'transitGateways'),
  ec2('DescribeTransitGatewayAttachments', 'transitGateways'),
  ec2('DescribeTransitGatewayVpcAttachments', 'transitGateways'),
  ec2('DescribeTransitGatewayRouteTables', 'transitGateways'),
  ec2('SearchTransitGatewayRoutes', 'transitGateways'),
  ec2('DescribeVpnGateways', 'virtualGateways'),
  ec2('DescribeVpnConnections', 'virtualGateways'),
  permission('directconnect', 'DescribeVirtualInterfaces', DIRECT_CONNECT, ['virtualGateways']),
  permission('directconnect', 'DescribeDirectConnectGatewayAssociations', DIRECT_CONNECT, ['virtualGateways']),
  balancing('DescribeLoadBalancers', 'targets', 'loadBalancers', 'listeners', 'targetGroups', 'certificates'),
  balancing('DescribeLoadBalancerAttributes', 'loadBalancers'),
  balancing('DescribeListeners', 'targets', 'listeners', 'targetGroups', 'certificates'),
  balancing('DescribeListenerCertificates', 'listeners'),
  balancing('DescribeRules', 'listeners'),
  balancing('DescribeTargetGroups', 'targetGroups'),
  balancing('DescribeTargetGroupAttributes', 'targetGroups'),
  balancing('DescribeTargetHealth', 'targetGroups'),
  // Allowed per cluster, service and task: a snapshot reads those of all.
  permission('ecs', 'ListClusters', ECS, ['registrars']),
  permission('ecs', 'ListServices', ECS, ['registrars']),
  permission('ecs', 'DescribeServices', ECS, ['registrars']),
  permission('ecs', 'ListTasks', ECS, ['registrars']),
  permission('ecs', 'DescribeTasks', ECS, ['registrars']),
  permission('autoscaling', 'DescribeAutoScalingGroups', AUTO_SCALING, ['registrars']),
  permission('autoscaling', 'DescribeScalingActivities', AUTO_SCALING, ['registrars']),
  ec2('DescribeLaunchTemplateVersions', 'registrars'),
  permission('acm', 'ListCertificates', `${REFERENCE}/list_awscertificatemanager.html`, ['certificates']),
  permission('servicediscovery', 'ListServices', CLOUD_MAP, ['targets', 'services']),
  permission('servicediscovery', 'ListInstances', CLOUD_MAP, ['services']),
  permission('servicediscovery', 'GetInstancesHealthStatus', CLOUD_MAP, ['services']),
  permission('servicequotas', 'ListServiceQuotas', `${REFERENCE}/list_servicequotas.html`, ['quotas']),
];

/** What flow logs need in addition. A log group can be named in place of `*`. */
export const flowLogPolicy: readonly ReadPermission[] = [
  ec2('DescribeFlowLogs', 'interfaces'),
  permission('logs', 'FilterLogEvents', `${REFERENCE}/list_amazoncloudwatchlogs.html`, ['interfaces']),
];
