import { quotaTable } from '../../simulation/dispatch/quota-table.js';

/** A quota of an Alibaba Cloud account in one region. */
export interface AlibabaQuotaDefinition {
  /** The name that `simulate({ quotas })`, `--quota NAME=N` and `AlibabaCall.quota` use. */
  readonly key: string;
  readonly product: 'CloudAPI' | 'Ecs' | 'Vpc' | 'Slb';
  readonly name: string;
  readonly value: number;
}

const quota = (product: AlibabaQuotaDefinition['product'], key: string, value: number, name: string) => ({
  product,
  key,
  value,
  name,
});

/**
 * Default quotas.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/limits
 * @see https://www.alibabacloud.com/help/en/ecs/product-overview/limits
 * @see https://www.alibabacloud.com/help/en/vpc/product-overview/limits-and-quotas
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/product-overview/limits
 */
export const ALIBABA_QUOTAS: readonly AlibabaQuotaDefinition[] = [
  quota('CloudAPI', 'api-groups', 200, 'API groups'),
  quota('CloudAPI', 'apis-per-group', 1000, 'APIs per group'),
  quota('CloudAPI', 'domains-per-group', 5, 'Custom domains per group'),
  quota('Ecs', 'alibaba-security-groups', 100, 'Security groups'),
  quota('Ecs', 'rules-per-alibaba-security-group', 200, 'Rules per security group'),
  quota('Vpc', 'alibaba-vpcs', 10, 'VPCs'),
  quota('Vpc', 'vswitches-per-vpc', 150, 'vSwitches per VPC'),
  quota('Vpc', 'secondary-blocks-per-vpc', 5, 'Secondary CIDR blocks per VPC'),
  quota('Vpc', 'route-tables-per-alibaba-vpc', 9, 'Custom route tables per VPC'),
  quota('Vpc', 'entries-per-route-table', 200, 'Custom entries per route table'),
  quota('Vpc', 'alibaba-network-acls', 200, 'Network ACLs'),
  quota('Vpc', 'rules-per-alibaba-network-acl', 20, 'Rules per network ACL and direction'),
  quota('Slb', 'load-balancers', 60, 'Load balancers'),
  quota('Slb', 'listeners-per-load-balancer', 50, 'Listeners per load balancer'),
  quota('Slb', 'backend-servers-per-load-balancer', 200, 'Backend servers per load balancer'),
  quota('Slb', 'access-control-lists', 50, 'Access control lists'),
  quota('Slb', 'entries-per-access-control-list', 300, 'Entries per access control list'),
];

export const alibabaQuotas = quotaTable(ALIBABA_QUOTAS);
