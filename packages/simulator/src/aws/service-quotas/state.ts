import type { RequestStatus } from '@aws-sdk/client-service-quotas';

/** A request for more of a quota. */
export interface RequestRow {
  readonly id: string;
  readonly service: string;
  readonly code: string;
  readonly value: number;
  readonly requester: string;
  readonly createdAt: number;
  status: RequestStatus;
  caseId: string | undefined;
  updatedAt: number;
}

/** Service Quotas in one region. */
export interface ServiceQuotasState {
  readonly requests: Map<string, RequestRow>;
  /** What requests raised, by the key of the quota. */
  readonly raised: Map<string, number>;
}
