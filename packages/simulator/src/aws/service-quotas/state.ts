import type { RequestedServiceQuotaChange } from '@aws-sdk/client-service-quotas';
import type { Shown } from '../state/given.js';

/** A request for more of a quota, as it is shown; replaced, never changed in place. */
export type RequestRow = Shown<RequestedServiceQuotaChange, 'Id' | 'DesiredValue' | 'Status'>;

/** Service Quotas in one region. */
export const newState = () => ({
  requests: new Map<string, RequestRow>(),
  /** What requests raised, by the key of the quota. */
  raised: new Map<string, number>(),
});

export type ServiceQuotasState = Readonly<ReturnType<typeof newState>>;
