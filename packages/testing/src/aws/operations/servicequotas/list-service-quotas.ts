import type { ListServiceQuotasRequest, ListServiceQuotasResponse } from '@aws-sdk/client-service-quotas';
import { operation } from '../../operation.js';
import { page } from '../../page.js';
import { CODES, LARGEST_PAGE } from './limits.js';
import { accountQuota, quotasOf } from './quota-row.js';

/** @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html */
export const listServiceQuotas = operation<ListServiceQuotasRequest, ListServiceQuotasResponse>({
  service: 'servicequotas',
  name: 'ListServiceQuotas',
  kind: 'read',
  limits: { ...CODES, QuotaAppliedAtLevel: { values: ['ACCOUNT', 'RESOURCE', 'ALL'] } },
  run: (call, { ServiceCode = '', QuotaCode, QuotaAppliedAtLevel = 'ACCOUNT', MaxResults, NextToken }) => {
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
});
