import type { MemberLimit } from '../../operation.js';

/** @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html */
export const SERVICE_CODE: MemberLimit = { length: [1, 63], pattern: /^[a-zA-Z][a-zA-Z0-9-]{1,63}$/ };

/** What names one quota. */
export const CODES: Readonly<Record<string, MemberLimit>> = {
  ServiceCode: SERVICE_CODE,
  QuotaCode: { length: [1, 128], pattern: /^[a-zA-Z][a-zA-Z0-9-]{1,128}$/ },
};

/** The largest page of a list, which is also the usual one. */
export const LARGEST_PAGE = 100;
