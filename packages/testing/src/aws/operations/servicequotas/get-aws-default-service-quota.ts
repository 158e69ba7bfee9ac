import type {
  GetAWSDefaultServiceQuotaRequest,
  GetAWSDefaultServiceQuotaResponse,
} from '@aws-sdk/client-service-quotas';
import { operation } from '../../operation.js';
import { CODES } from './limits.js';
import { defaultQuota, findQuota } from './quota-row.js';

/** @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetAWSDefaultServiceQuota.html */
export const getAwsDefaultServiceQuota = operation<GetAWSDefaultServiceQuotaRequest, GetAWSDefaultServiceQuotaResponse>(
  {
    service: 'servicequotas',
    name: 'GetAWSDefaultServiceQuota',
    kind: 'read',
    limits: CODES,
    run: (call, { ServiceCode = '', QuotaCode = '' }) => {
      const quota = findQuota(ServiceCode, QuotaCode);
      return { Quota: defaultQuota(call, quota) };
    },
  },
);
