import type * as sdk from '@aws-sdk/client-service-quotas';
import { familyOf, type GivenFamily } from '../operation/family.js';
import type { AnyOperation, MemberLimit } from '../operation/operation.js';
import { page } from '../operation/page.js';
import { accountQuota, defaultQuota, findQuota, quotasOf } from './quota-row.js';

/** @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html */
const SERVICE_CODE: MemberLimit = { length: [1, 63], pattern: /^[a-zA-Z][a-zA-Z0-9-]{1,63}$/ };

/** What names one quota. */
const CODES: Readonly<Record<string, MemberLimit>> = {
  ServiceCode: SERVICE_CODE,
  QuotaCode: { length: [1, 128], pattern: /^[a-zA-Z][a-zA-Z0-9-]{1,128}$/ },
};

/** The largest page of a list, which is also the usual one. */
const LARGEST_PAGE = 100;

const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'servicequotas' });

/**
 * The simulated operations of Service Quotas.
 * @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const operations = family({
  GetServiceQuota: {
    limits: CODES,
    run(call, { ServiceCode = '', QuotaCode = '' }) {
      const quota = findQuota(ServiceCode, QuotaCode);
      return { Quota: accountQuota(call, quota) };
    },
  },

  ListServiceQuotas: {
    limits: { ...CODES, QuotaAppliedAtLevel: { values: ['ACCOUNT', 'RESOURCE', 'ALL'] } },
    run(call, { ServiceCode = '', QuotaCode, QuotaAppliedAtLevel = 'ACCOUNT', MaxResults, NextToken }) {
      const quotas = quotasOf(ServiceCode)
        .filter(({ code }) => QuotaCode === undefined || code === QuotaCode)
        .filter(() => QuotaAppliedAtLevel !== 'RESOURCE'); // all of these are the account's
      const { items, next } = page(
        quotas,
        { size: MaxResults, token: NextToken },
        {
          service: 'servicequotas',
          list: `ListServiceQuotas ${ServiceCode}`,
          defaultSize: LARGEST_PAGE,
          largest: LARGEST_PAGE,
          key: ({ code }) => code,
        },
      );
      return { Quotas: items.map((quota) => accountQuota(call, quota)), NextToken: next };
    },
  },

  GetAWSDefaultServiceQuota: {
    limits: CODES,
    run(call, { ServiceCode = '', QuotaCode = '' }) {
      const quota = findQuota(ServiceCode, QuotaCode);
      return { Quota: defaultQuota(call, quota) };
    },
  },

  ListAWSDefaultServiceQuotas: {
    limits: { ServiceCode: SERVICE_CODE },
    run(call, { ServiceCode = '', MaxResults, NextToken }) {
      const { items, next } = page(
        quotasOf(ServiceCode),
        { size: MaxResults, token: NextToken },
        {
          service: 'servicequotas',
          list: `ListAWSDefaultServiceQuotas ${ServiceCode}`,
          defaultSize: LARGEST_PAGE,
          largest: LARGEST_PAGE,
          key: ({ code }) => code,
        },
      );
      return { Quotas: items.map((quota) => defaultQuota(call, quota)), NextToken: next };
    },
  },
});
