import { raise } from '../../simulation/raise.js';

/** A quota of an AWS service, as Service Quotas lists it. */
export interface QuotaDefinition {
  /** The name that `simulate({ quotas })`, `--quota NAME=N` and `AwsCall.quota` use. */
  readonly key: string;
  /** The service's code in Service Quotas: `apigateway`, `vpc`, `elasticloadbalancing`, … */
  readonly service: string;
  /** `L-…`; `undefined` for limits that Service Quotas does not list. */
  readonly code: string | undefined;
  readonly name: string;
  readonly value: number;
  readonly adjustable: boolean;
}

const quota = (
  service: string,
  key: string,
  code: string | undefined,
  value: number,
  name: string,
  adjustable = true,
) => ({
  service,
  key,
  code,
  value,
  name,
  adjustable,
});

/**
 * Default quotas of an account in one region.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 * @see https://docs.aws.amazon.com/cloud-map/latest/dg/cloud-map-limits.html
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
 */
export const QUOTAS: readonly QuotaDefinition[] = [
  quota('apigateway', 'vpc-links', 'L-608BDCD4', 10, 'VPC links (V2)'),
  quota('apigateway', 'vpc-links-v1', 'L-A4C7274F', 20, 'VPC links (V1)'),
  quota('apigateway', 'subnets-per-vpc-link', 'L-668C9B28', 10, 'Subnets per VPC link (V2)'),
  quota('apigateway', 'routes-per-api', 'L-65B5C802', 300, 'Routes per HTTP API'),
  quota('apigateway', 'integrations-per-api', undefined, 300, 'Integrations per HTTP API', false),
  quota('apigateway', 'stages-per-api', 'L-379E48B0', 10, 'Stages per API'),
  quota('apigateway', 'stage-variables-per-stage', undefined, 100, 'Stage variables per stage', false),
  quota('apigateway', 'http-apis', undefined, 600, 'HTTP APIs per Region', false),
  quota('apigateway', 'edge-rest-apis', undefined, 120, 'Edge-optimized APIs per Region', false),
  quota('apigateway', 'regional-rest-apis', undefined, 600, 'Regional APIs per Region', false),
  quota('apigateway', 'private-rest-apis', undefined, 600, 'Private APIs per Region', false),
  quota('apigateway', 'resources-per-rest-api', 'L-01C8A9E0', 300, 'Resources/Routes per REST/WebSocket API'),
  quota('apigateway', 'integration-timeout', 'L-E5AE38E3', 29_000, 'Maximum integration timeout in milliseconds'),
  quota('apigateway', 'authorizers-per-rest-api', undefined, 10, 'Custom authorizers per API'),
  quota('apigateway', 'public-domain-names', 'L-A93447B8', 120, 'Public custom domain names per account per Region'),
  quota('apigateway', 'private-domain-names', 'L-24E7E662', 50, 'Private custom domain names per account per Region'),
  quota(
    'apigateway',
    'multi-level-mappings-per-domain-name',
    undefined,
    200,
    'API mappings with multiple levels per domain name',
    false,
  ),
  quota('apigateway', 'usage-plans', undefined, 300, 'Usage plans per account per Region'),
  quota('apigateway', 'usage-plans-per-api-key', undefined, 10, 'Usage plans per API key'),
  quota('apigateway', 'api-keys', undefined, 10_000, 'API keys per account per Region'),
  quota('vpc', 'vpcs', 'L-F678F1CE', 5, 'VPCs per Region'),
  quota('vpc', 'cidr-blocks-per-vpc', 'L-83CA0A9D', 5, 'IPv4 CIDR blocks per VPC'),
  quota('vpc', 'subnets-per-vpc', 'L-407747CB', 200, 'Subnets per VPC'),
  quota('vpc', 'internet-gateways', 'L-A4707A72', 5, 'Internet gateways per Region'),
  quota('vpc', 'network-interfaces', 'L-DF5E4CA3', 5000, 'Network interfaces per Region'),
  quota('vpc', 'route-tables-per-vpc', 'L-589F43AA', 200, 'Route tables per VPC'),
  quota('vpc', 'routes-per-route-table', 'L-93826ACB', 500, 'Routes per route table'),
  quota('vpc', 'security-groups', 'L-E79EC296', 2500, 'VPC security groups per Region'),
  quota('vpc', 'rules-per-security-group', 'L-0EA8095F', 60, 'Inbound or outbound rules per security group'),
  quota('vpc', 'security-groups-per-interface', 'L-2AFB9258', 5, 'Security groups per network interface'),
  quota('vpc', 'network-acls-per-vpc', 'L-B4A6D682', 200, 'Network ACLs per VPC'),
  quota('vpc', 'rules-per-network-acl', 'L-2AEEBF1A', 20, 'Rules per network ACL'),
  quota('vpc', 'active-peerings-per-vpc', 'L-7E9ECCDB', 50, 'Active VPC peering connections per VPC'),
  quota('vpc', 'outstanding-peering-requests', 'L-DC9F7029', 25, 'Outstanding VPC peering connection requests'),
  quota('vpc', 'propagated-routes-per-route-table', undefined, 100, 'Propagated routes per route table', false),
  quota('vpc', 'nat-gateways-per-zone', 'L-FE5A380F', 5, 'NAT gateways per Availability Zone'),
  quota('ec2', 'network-insights-paths', undefined, 1000, 'Paths of Reachability Analyzer'),
  quota('ec2', 'elastic-ips', 'L-0263D0A3', 5, 'EC2-VPC Elastic IPs'),
  quota('ec2', 'transit-gateways', 'L-A2478D36', 5, 'Transit gateways per account'),
  quota('ec2', 'attachments-per-transit-gateway', 'L-E0233F82', 5000, 'Attachments per transit gateway'),
  quota('ec2', 'route-tables-per-transit-gateway', undefined, 20, 'Route tables per transit gateway'),
  quota('ec2', 'vpn-gateways', 'L-7029FAB6', 5, 'Virtual private gateways per Region'),
  quota('ec2', 'customer-gateways', undefined, 50, 'Customer gateways per Region'),
  quota('ec2', 'vpn-connections', 'L-3E6EC3A3', 50, 'VPN connections per Region'),
  quota('vpc', 'prefix-lists', undefined, 100, 'Prefix lists per Region'),
  quota('vpc', 'entries-per-prefix-list', undefined, 1000, 'Entries per prefix list', false),
  quota(
    'elasticloadbalancing',
    'application-load-balancers',
    'L-53DA6B97',
    50,
    'Application Load Balancers per Region',
  ),
  quota('elasticloadbalancing', 'network-load-balancers', 'L-69A177A2', 50, 'Network Load Balancers per Region'),
  quota('elasticloadbalancing', 'target-groups', undefined, 3000, 'Target Groups per Region'),
  quota(
    'elasticloadbalancing',
    'listeners-per-application-load-balancer',
    undefined,
    50,
    'Listeners per Application Load Balancer',
  ),
  quota(
    'elasticloadbalancing',
    'listeners-per-network-load-balancer',
    undefined,
    50,
    'Listeners per Network Load Balancer',
    false,
  ),
  quota(
    'elasticloadbalancing',
    'rules-per-application-load-balancer',
    undefined,
    100,
    'Rules per Application Load Balancer',
  ),
  quota(
    'elasticloadbalancing',
    'target-groups-per-application-load-balancer',
    undefined,
    100,
    'Target Groups per Application Load Balancer',
    false,
  ),
  quota(
    'elasticloadbalancing',
    'target-groups-per-application-action',
    undefined,
    5,
    'Target Groups per Action per Application Load Balancer',
    false,
  ),
  // One until weighted target groups came to network load balancers (2025-11-19); then as of application load balancers [I].
  // https://aws.amazon.com/blogs/networking-and-content-delivery/network-load-balancers-now-support-weighted-target-groups
  quota(
    'elasticloadbalancing',
    'target-groups-per-network-action',
    undefined,
    5,
    'Target Groups per Action per Network Load Balancer',
    false,
  ),
  quota('elasticloadbalancing', 'targets-per-target-group', undefined, 1000, 'Targets per Target Group per Region'),
  quota(
    'elasticloadbalancing',
    'targets-per-application-load-balancer',
    undefined,
    1000,
    'Targets per Application Load Balancer',
  ),
  quota(
    'elasticloadbalancing',
    'targets-per-network-load-balancer',
    undefined,
    3000,
    'Targets per Network Load Balancer',
  ),
  quota(
    'elasticloadbalancing',
    'targets-per-zone-per-network-load-balancer',
    undefined,
    500,
    'Targets per Availability Zone per Network Load Balancer',
  ),
  quota(
    'elasticloadbalancing',
    'certificates-per-application-load-balancer',
    undefined,
    25,
    'Certificates per Application Load Balancer',
  ),
  quota(
    'elasticloadbalancing',
    'certificates-per-network-load-balancer',
    undefined,
    25,
    'Certificates per Network Load Balancer',
  ),
  quota('elasticloadbalancing', 'condition-values-per-rule', undefined, 5, 'Condition Values per Rule', false),
  quota('elasticloadbalancing', 'condition-wildcards-per-rule', undefined, 5, 'Condition Wildcards per Rule', false),
  quota('servicediscovery', 'namespaces', undefined, 50, 'Namespaces per Region'),
  quota('servicediscovery', 'instances-per-namespace', undefined, 2000, 'Instances per namespace'),
  quota('servicediscovery', 'instances-per-service', undefined, 1000, 'Instances per service', false),
  quota('servicediscovery', 'attributes-per-instance', undefined, 30, 'Custom attributes per instance', false),
  quota('acm', 'certificates', undefined, 2500, 'ACM certificates'),
  quota('acm', 'domain-names-per-certificate', undefined, 10, 'Domain names per ACM certificate'),
];

const BY_KEY = new Map(QUOTAS.map((row) => [row.key, row]));

/** The default of a quota. @throws {Error} for a key that is in no table: a mistake in the simulator, not of a caller. */
export function quotaDefault(key: string): number {
  const row = BY_KEY.get(key) ?? raise(new Error(`There is no quota called ${key}; quotas.ts lists them.`));

  return row.value;
}

/** Whether a quota of this name exists. */
export function isQuota(key: string): boolean {
  return BY_KEY.has(key);
}
