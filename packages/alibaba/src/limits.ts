import type { RateLimit } from '@postern/core/internal/adapter';
import type { Product } from './client/apis/alibaba-api.js';

interface Rate extends RateLimit {
  readonly product: Product;
  readonly operations: RegExp;
  /** Where the figures are documented. */
  readonly source: string;
}

/**
 * Alibaba Cloud's request rates per user. For writes of APIs and groups, fifty a second are documented. For
 * reads no figure is documented, and throttling has been seen at less (terraform-provider-alicloud #3347),
 * so the same rate is used.
 */
const RATES: readonly Rate[] = [
  {
    product: 'CloudAPI',
    operations: /^(?:Create|Modify|Delete|Deploy|Abolish|Set|Remove|Tag)/,
    perSecond: 50,
    burst: 50,
    source: 'https://help.aliyun.com/document_detail/43604.html',
  },
  {
    product: 'CloudAPI',
    operations: /^(?:Describe|List|Validate)/,
    perSecond: 50,
    burst: 50,
    source: 'https://github.com/aliyun/terraform-provider-alicloud/issues/3347',
  },
  {
    product: 'Cms',
    operations: /^DescribeMetricList$/,
    perSecond: 50,
    burst: 50,
    source: 'https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-describemetriclist',
  },
];

/** The rates that an operation falls under; none where none is known. */
export function limitsOf(product: Product, operation: string): readonly RateLimit[] {
  return RATES.filter((rate) => rate.product === product && rate.operations.test(operation)).map(
    ({ perSecond, burst }) => ({ perSecond, burst }),
  );
}

/** Longest time for which a list may lag behind a create. No figure is published; that of the design holds. */
export const STALENESS_MS = 30_000;
/** Terraform's provider gives an instance 25 minutes; nothing else is published: resource_alicloud_api_gateway_instance.go */
export const LINK_TIMEOUT_MS = 1_500_000;
/** It polls every 15 s after a create, and every 30 s after a change. */
export const POLL_MS = 15_000;
/** The timeout for a change of an instance until it is RUNNING again, and the interval of its reads. */
export const CHANGE_TIMEOUT_MS = 600_000;
export const CHANGE_POLL_MS = 5_000;
/**
 * The timeout for the move of a group to another instance. No figure is published, only that DNS follows
 * within ten minutes.
 */
export const MOVE_TIMEOUT_MS = 900_000;
/** Details are read in parallel, this many at a time. With more, throttling only makes it slower. */
export const PARALLEL_READS = 8;
/** Largest page of the lists of API groups; of the others. */
export const GROUPS_PAGE = 50;
export const PAGE = 100;
/** VPC's lists accept 50, ECS's interfaces 500. */
export const VPC_PAGE = 50;

/**
 * Quotas that checks compare with, as they are documented. The service has no call that returns them.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/limits
 * @see https://www.alibabacloud.com/help/en/ecs/product-overview/limits
 * @see https://www.alibabacloud.com/help/en/vpc/product-overview/limits-and-quotas
 */
export const SNAPSHOT_QUOTAS: Readonly<Record<string, number>> = {
  'api-groups': 200,
  'apis-per-group': 1_000,
  'rules-per-security-group': 200,
  'entries-per-network-acl': 20,
};
