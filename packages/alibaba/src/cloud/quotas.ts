import { quotasByName } from '@postern/core/internal/kinds';

const LIMITS = 'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/limits';

/** Quotas of API Gateway (Traditional) of Alibaba Cloud. No API returns the values of an account. */
export const ALIBABA_QUOTAS = quotasByName({
  'api-groups': {
    what: 'API groups',
    byDefault: 200,
    byTicket: true,
    grows: 'each API group',
    source: LIMITS,
  },
  'apis-per-group': {
    what: 'APIs of an API group',
    byDefault: 1_000,
    grows: 'each path of a service; two for a service',
    source: LIMITS,
  },
  'domains-per-group': {
    what: 'custom domains of an API group',
    byDefault: 5,
    grows: 'each custom domain',
    source: LIMITS,
  },
  'requests-per-second-of-instance': {
    what: 'requests per second to an instance',
    byDefault: 2_500,
    grows: 'traffic; a larger instance type has more',
    source:
      'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  },
});

/** The name of a quota of Alibaba Cloud, as snapshots have it. */
export type AlibabaQuota = keyof typeof ALIBABA_QUOTAS;
