import { API_GATEWAY_QUOTAS } from './api-gateway.js';
import { LOAD_BALANCER_QUOTAS } from './load-balancers.js';

/** The quotas of AWS that are compared with. */
export const AWS_QUOTAS = { ...API_GATEWAY_QUOTAS, ...LOAD_BALANCER_QUOTAS };

/** The name of a quota of AWS, as snapshots have it. */
export type AwsQuota = keyof typeof AWS_QUOTAS;
