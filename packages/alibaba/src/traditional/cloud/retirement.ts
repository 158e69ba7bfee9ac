import type { Retirement, Successor } from '@postern/core/internal/adapter';

const SOURCE = 'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/what-is-api-gateway';

/** When API Gateway (Traditional) ends, in Beijing time: the provider's announcement. */
export const INSTANCE_RETIREMENT: readonly Retirement[] = [
  { at: '2026-08-23T00:00:00+08:00', what: 'new instances are no longer sold', ends: 'sale', source: SOURCE },
  { at: '2027-03-21T00:00:00+08:00', what: 'renewals and upgrades end', ends: 'renewal', source: SOURCE },
  { at: '2027-09-21T00:00:00+08:00', what: 'the service ends', ends: 'service', source: SOURCE },
];

/** What the provider offers instead of API Gateway (Traditional). */
export const INSTANCE_SUCCESSOR = {
  name: 'Cloud-native API Gateway',
  page: 'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/use-cases/migrate-to-cloud-native-api-gateway-by-tool/',
  tool: 'The migration tool in the console of Alibaba Cloud assesses each resource as supported, partly supported or skipped, copies it, and leaves the switch to DNS. `postern handover` also proves each path before the switch, and can return it.',
} satisfies Successor;
