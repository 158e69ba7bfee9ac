import type { AnyOperation } from '../../operation.js';
import { getAwsDefaultServiceQuota } from './get-aws-default-service-quota.js';
import { getServiceQuota } from './get-service-quota.js';
import { listAwsDefaultServiceQuotas } from './list-aws-default-service-quotas.js';
import { listServiceQuotas } from './list-service-quotas.js';

/** The simulated operations of Service Quotas. */
export const operations: readonly AnyOperation[] = [
  getServiceQuota,
  listServiceQuotas,
  getAwsDefaultServiceQuota,
  listAwsDefaultServiceQuotas,
];
