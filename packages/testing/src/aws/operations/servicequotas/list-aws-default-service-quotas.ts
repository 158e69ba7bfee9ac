import type {
  ListAWSDefaultServiceQuotasRequest,
  ListAWSDefaultServiceQuotasResponse,
} from '@aws-sdk/client-service-quotas';
import { operation } from '../../operation.js';
import { page } from '../../page.js';
import { LARGEST_PAGE, SERVICE_CODE } from './limits.js';
import { defaultQuota, quotasOf } from './quota-row.js';

/** @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListAWSDefaultServiceQuotas.html */
export const listAwsDefaultServiceQuotas = operation<
  ListAWSDefaultServiceQuotasRequest,
  ListAWSDefaultServiceQuotasResponse
>({
  service: 'servicequotas',
  name: 'ListAWSDefaultServiceQuotas',
  kind: 'read',
  limits: { ServiceCode: SERVICE_CODE },
  run: (call, { ServiceCode = '', MaxResults, NextToken }) => {
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
});
