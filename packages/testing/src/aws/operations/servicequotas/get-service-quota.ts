import type { GetServiceQuotaRequest, GetServiceQuotaResponse } from '@aws-sdk/client-service-quotas';
import { operation } from '../../operation.js';
import { CODES } from './limits.js';
import { accountQuota, findQuota } from './quota-row.js';

/** @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html */
export const getServiceQuota = operation<GetServiceQuotaRequest, GetServiceQuotaResponse>({
  service: 'servicequotas',
  name: 'GetServiceQuota',
  kind: 'read',
  limits: CODES,
  run: (call, { ServiceCode = '', QuotaCode = '' }) => {
    const quota = findQuota(ServiceCode, QuotaCode);
    return { Quota: accountQuota(call, quota) };
  },
});
