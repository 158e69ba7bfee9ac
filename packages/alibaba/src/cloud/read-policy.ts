import type { ReadPermission, SnapshotList } from '@postern/core/internal/snapshot';

const GATEWAY =
  'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-ram';

const APIG =
  'https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/developer-reference/api-apig-2024-03-27-ram';

const ECS = 'https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-ram';

const VPC = 'https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-ram';

const PEERING =
  'https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpcpeer-2022-01-01-listvpcpeerconnections';

const CLB = 'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-ram';

const RAM = 'https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getrole';

const STS = 'https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity';

/**
 * One action; RAM names it as the product does. Lists and whole regions can only be allowed on all resources. An
 * action that could be restricted to single resources needs all of them here, since a snapshot reads everything.
 */
function reads(product: string, operation: string, source: string, ...fills: readonly SnapshotList[]): ReadPermission {
  return { action: `${product}:${operation}`, resources: ['*'], fills, operations: [operation], source };
}

/**
 * Every permission that a snapshot of an Alibaba Cloud region needs, and which lists lack something without it: all of them
 * read, none of them changes anything. For `policyDocument`.
 */
export const readPolicy: readonly ReadPermission[] = [
  reads('sts', 'GetCallerIdentity', STS),
  reads('apigateway', 'DescribeInstances', GATEWAY, 'links', 'allowlists', 'egress'),
  reads('apigateway', 'DescribeVpcAccesses', GATEWAY, 'targets', 'gateways', 'egress'),
  reads('apigateway', 'DescribeApiGroups', GATEWAY, 'gateways', 'targets', 'customDomains'),
  reads('apigateway', 'DescribeApiGroup', GATEWAY, 'gateways', 'targets', 'customDomains'),
  reads('apigateway', 'DescribeApis', GATEWAY, 'gateways', 'targets', 'customDomains'),
  reads('apigateway', 'DescribeApi', GATEWAY, 'gateways', 'targets', 'customDomains'),
  reads('apigateway', 'DescribeDeployedApis', GATEWAY, 'gateways', 'targets', 'customDomains'),
  reads('apigateway', 'DescribeDeployedApi', GATEWAY, 'gateways', 'targets', 'customDomains'),
  reads('apigateway', 'DescribePlugins', GATEWAY, 'gateways'),
  reads('apigateway', 'DescribePluginApis', GATEWAY, 'gateways'),
  reads('apigateway', 'DescribePluginGroups', GATEWAY, 'gateways'),
  reads('apigateway', 'DescribeBackendList', GATEWAY, 'gateways'),
  reads('apigateway', 'DescribeBackendInfo', GATEWAY, 'gateways'),
  reads('apigateway', 'DescribeApisByBackend', GATEWAY, 'gateways'),
  reads('apigateway', 'ListPrivateDNS', GATEWAY, 'privateDomains'),
  reads('apigateway', 'DescribeZones', GATEWAY, 'zones'),
  reads('apig', 'ListGateways', APIG, 'links', 'targets', 'allowlists', 'egress'),
  reads('apig', 'ListGatewayAuthorizedSecurityGroupRules', APIG, 'allowlists'),
  reads('apig', 'ListServices', APIG, 'targets'),
  reads('apig', 'ListSources', APIG, 'targets'),
  reads('apig', 'ListHttpApis', APIG, 'gateways'),
  reads('apig', 'GetHttpApi', APIG, 'gateways'),
  reads('apig', 'ListHttpApiRoutes', APIG, 'gateways'),
  reads('vpc', 'DescribeZones', VPC, 'zones'),
  reads('vpc', 'DescribeVpcs', VPC, 'networks'),
  reads('vpc', 'DescribeVSwitches', VPC, 'subnets', 'egress'),
  reads('vpc', 'DescribeRouteTableList', VPC, 'routeTables'),
  reads('vpc', 'DescribeRouteEntryList', VPC, 'routeTables'),
  reads('vpc', 'DescribeNetworkAcls', VPC, 'networkAcls'),
  reads('vpc', 'DescribeNatGateways', VPC, 'egress'),
  reads('vpc', 'DescribeSnatTableEntries', VPC, 'egress'),
  reads('vpc', 'ListVpcPeerConnections', PEERING, 'peerings'),
  reads('ecs', 'DescribeSecurityGroups', ECS, 'securityGroups', 'prefixLists'),
  reads('ecs', 'DescribeSecurityGroupAttribute', ECS, 'securityGroups', 'prefixLists'),
  reads('ecs', 'DescribePrefixListAttributes', ECS, 'prefixLists'),
  reads('ecs', 'DescribeNetworkInterfaces', ECS, 'interfaces', 'egress'),
  reads('ecs', 'DescribeInstances', ECS, 'instances'),
  reads('slb', 'DescribeLoadBalancers', CLB, 'loadBalancers', 'targetGroups'),
  reads('slb', 'DescribeLoadBalancerAttribute', CLB, 'targetGroups'),
  reads('slb', 'DescribeLoadBalancerListeners', CLB, 'listeners', 'targetGroups'),
  reads('slb', 'DescribeAccessControlListAttribute', CLB, 'listeners'),
  reads('slb', 'DescribeHealthStatus', CLB, 'targetGroups'),
  reads('slb', 'DescribeRules', CLB, 'listeners'),
  reads('slb', 'DescribeVServerGroupAttribute', CLB, 'targetGroups'),
  reads('ram', 'GetRole', RAM, 'serviceRoles'),
];
