import type { Quota } from '../quota.js';
import { ALIBABA_QUOTAS } from './alibaba-quotas.js';
import { API_GATEWAY_QUOTAS } from './api-gateway-quotas.js';
import { LOAD_BALANCER_QUOTAS } from './load-balancer-quotas.js';

/** The day on which the defaults were looked up. */
export const QUOTAS_READ_ON = '2026-11-23';

const TABLE = { ...API_GATEWAY_QUOTAS, ...LOAD_BALANCER_QUOTAS, ...ALIBABA_QUOTAS };

/** The name of a quota, as snapshots have it. */
export type QuotaName = keyof typeof TABLE;

/** Every quota that checks, plans, the planner and `postern quotas` compare with. */
export const QUOTAS: Readonly<Record<QuotaName, Quota>> = TABLE;
