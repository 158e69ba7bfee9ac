import type { Send } from './send.js';

/** The part of Service Quotas that is used here. The SDK's `ServiceQuotas` satisfies it. */
export interface ServiceQuotasApi {
  readonly getServiceQuota: Send<
    { ServiceCode: string; QuotaCode: string },
    { readonly Quota?: { readonly Value?: number | undefined } | undefined }
  >;
  readonly listServiceQuotas: Send<
    { ServiceCode: string; MaxResults?: number; NextToken?: string },
    { readonly Quotas?: readonly QuotaOutput[] | undefined; readonly NextToken?: string | undefined }
  >;
}

/** A quota in a list. */
export interface QuotaOutput {
  readonly QuotaCode?: string | undefined;
  readonly QuotaName?: string | undefined;
  readonly Value?: number | undefined;
}
