import { quotaTable } from '../../simulation/dispatch/quota-table.js';

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

/** `fixed` are limits that Service Quotas does not list and that cannot be raised. */
type Row = readonly [key: string, value: number, name: string, code?: `L-${string}` | 'fixed'];

const of = (service: string, rows: readonly Row[]): readonly QuotaDefinition[] =>
  rows.map(([key, value, name, code]) => {
    const adjustable = code !== 'fixed';
    return { service, key, value, name, code: adjustable ? code : undefined, adjustable };
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
  ...of('apigateway', [
    ['vpc-links', 10, 'VPC links (V2)', 'L-608BDCD4'],
    ['vpc-links-v1', 20, 'VPC links (V1)', 'L-A4C7274F'],
    ['subnets-per-vpc-link', 10, 'Subnets per VPC link (V2)', 'L-668C9B28'],
    ['routes-per-api', 300, 'Routes per HTTP API', 'L-65B5C802'],
    ['integrations-per-api', 300, 'Integrations per HTTP API', 'fixed'],
    ['stages-per-api', 10, 'Stages per API', 'L-379E48B0'],
    ['stage-variables-per-stage', 100, 'Stage variables per stage', 'fixed'],
    ['http-apis', 600, 'HTTP APIs per Region', 'fixed'],
    ['edge-rest-apis', 120, 'Edge-optimized APIs per Region', 'fixed'],
    ['regional-rest-apis', 600, 'Regional APIs per Region', 'fixed'],
    ['private-rest-apis', 600, 'Private APIs per Region', 'fixed'],
    ['resources-per-rest-api', 300, 'Resources/Routes per REST/WebSocket API', 'L-01C8A9E0'],
    ['integration-timeout', 29_000, 'Maximum integration timeout in milliseconds', 'L-E5AE38E3'],
    ['authorizers-per-rest-api', 10, 'Custom authorizers per API'],
    ['public-domain-names', 120, 'Public custom domain names per account per Region', 'L-A93447B8'],
    ['private-domain-names', 50, 'Private custom domain names per account per Region', 'L-24E7E662'],
    ['multi-level-mappings-per-domain-name', 200, 'API mappings with multiple levels per domain name', 'fixed'],
    ['usage-plans', 300, 'Usage plans per account per Region'],
    ['usage-plans-per-api-key', 10, 'Usage plans per API key'],
    ['api-keys', 10_000, 'API keys per account per Region'],
  ]),
  ...of('vpc', [
    ['vpcs', 5, 'VPCs per Region', 'L-F678F1CE'],
    ['cidr-blocks-per-vpc', 5, 'IPv4 CIDR blocks per VPC', 'L-83CA0A9D'],
    ['subnets-per-vpc', 200, 'Subnets per VPC', 'L-407747CB'],
    ['internet-gateways', 5, 'Internet gateways per Region', 'L-A4707A72'],
    ['network-interfaces', 5000, 'Network interfaces per Region', 'L-DF5E4CA3'],
    ['route-tables-per-vpc', 200, 'Route tables per VPC', 'L-589F43AA'],
    ['routes-per-route-table', 500, 'Routes per route table', 'L-93826ACB'],
    ['security-groups', 2500, 'VPC security groups per Region', 'L-E79EC296'],
    ['rules-per-security-group', 60, 'Inbound or outbound rules per security group', 'L-0EA8095F'],
    ['security-groups-per-interface', 5, 'Security groups per network interface', 'L-2AFB9258'],
    ['network-acls-per-vpc', 200, 'Network ACLs per VPC', 'L-B4A6D682'],
    ['rules-per-network-acl', 20, 'Rules per network ACL', 'L-2AEEBF1A'],
    ['active-peerings-per-vpc', 50, 'Active VPC peering connections per VPC', 'L-7E9ECCDB'],
    ['outstanding-peering-requests', 25, 'Outstanding VPC peering connection requests', 'L-DC9F7029'],
    ['propagated-routes-per-route-table', 100, 'Propagated routes per route table', 'fixed'],
    ['nat-gateways-per-zone', 5, 'NAT gateways per Availability Zone', 'L-FE5A380F'],
  ]),
  ...of('ec2', [
    ['network-insights-paths', 1000, 'Paths of Reachability Analyzer'],
    ['elastic-ips', 5, 'EC2-VPC Elastic IPs', 'L-0263D0A3'],
    ['transit-gateways', 5, 'Transit gateways per account', 'L-A2478D36'],
    ['attachments-per-transit-gateway', 5000, 'Attachments per transit gateway', 'L-E0233F82'],
    ['route-tables-per-transit-gateway', 20, 'Route tables per transit gateway'],
    ['vpn-gateways', 5, 'Virtual private gateways per Region', 'L-7029FAB6'],
    ['customer-gateways', 50, 'Customer gateways per Region'],
    ['vpn-connections', 50, 'VPN connections per Region', 'L-3E6EC3A3'],
  ]),
  ...of('vpc', [
    ['prefix-lists', 100, 'Prefix lists per Region'],
    ['entries-per-prefix-list', 1000, 'Entries per prefix list', 'fixed'],
  ]),
  ...of('elasticloadbalancing', [
    ['application-load-balancers', 50, 'Application Load Balancers per Region', 'L-53DA6B97'],
    ['network-load-balancers', 50, 'Network Load Balancers per Region', 'L-69A177A2'],
    ['target-groups', 3000, 'Target Groups per Region'],
    ['listeners-per-application-load-balancer', 50, 'Listeners per Application Load Balancer'],
    ['listeners-per-network-load-balancer', 50, 'Listeners per Network Load Balancer', 'fixed'],
    ['rules-per-application-load-balancer', 100, 'Rules per Application Load Balancer'],
    ['target-groups-per-application-load-balancer', 100, 'Target Groups per Application Load Balancer', 'fixed'],
    ['target-groups-per-application-action', 5, 'Target Groups per Action per Application Load Balancer', 'fixed'],
    // One until weighted target groups came to network load balancers (2025-11-19); then as of application load balancers [I].
    // https://aws.amazon.com/blogs/networking-and-content-delivery/network-load-balancers-now-support-weighted-target-groups
    ['target-groups-per-network-action', 5, 'Target Groups per Action per Network Load Balancer', 'fixed'],
    ['targets-per-target-group', 1000, 'Targets per Target Group per Region'],
    ['targets-per-application-load-balancer', 1000, 'Targets per Application Load Balancer'],
    ['targets-per-network-load-balancer', 3000, 'Targets per Network Load Balancer'],
    ['targets-per-zone-per-network-load-balancer', 500, 'Targets per Availability Zone per Network Load Balancer'],
    ['certificates-per-application-load-balancer', 25, 'Certificates per Application Load Balancer'],
    ['certificates-per-network-load-balancer', 25, 'Certificates per Network Load Balancer'],
    ['condition-values-per-rule', 5, 'Condition Values per Rule', 'fixed'],
    ['condition-wildcards-per-rule', 5, 'Condition Wildcards per Rule', 'fixed'],
  ]),
  ...of('servicediscovery', [
    ['namespaces', 50, 'Namespaces per Region'],
    ['instances-per-namespace', 2000, 'Instances per namespace'],
    ['instances-per-service', 1000, 'Instances per service', 'fixed'],
    ['attributes-per-instance', 30, 'Custom attributes per instance', 'fixed'],
  ]),
  ...of('acm', [
    ['certificates', 2500, 'ACM certificates'],
    ['domain-names-per-certificate', 10, 'Domain names per ACM certificate'],
  ]),
];

export const awsQuotas = quotaTable(QUOTAS);
