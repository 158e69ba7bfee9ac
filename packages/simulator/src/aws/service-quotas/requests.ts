import { defined } from '../../simulation/defined.js';
import type { RequestedServiceQuotaChange, RequestStatus } from '@aws-sdk/client-service-quotas';
import { type AwsCall, ServiceError, type TimerHandlers } from '../operation/operation.js';
import type { QuotaDefinition } from '../operation/quotas.js';
import type { RequestRow, ServiceQuotasState } from './state.js';

/** A quota that Service Quotas lists: it has a code. */
export type ListedQuota = QuotaDefinition & { readonly code: string };

export const newState = (): ServiceQuotasState => ({ requests: new Map(), raised: new Map() });

/** Small raises are granted without a person within minutes, others become a case at the support [I]. */
const DECIDED_MS = 10 * 60_000;
const MOST_RAISE = 2;

const OPEN: readonly RequestStatus[] = ['PENDING', 'CASE_OPENED'];

/**
 * A new request for a quota.
 * @throws {ServiceError} `ResourceAlreadyExistsException` beside an open request
 *   (https://github.com/hashicorp/terraform-provider-aws/issues/19657), `IllegalArgumentException` for a value that is not above
 *   the present one (https://github.com/cloud-custodian/cloud-custodian/pull/8939) or a quota that cannot be raised [U]
 */
export function askFor(call: AwsCall, { service, code, key, adjustable }: ListedQuota, value: number): RequestRow {
  const { requests } = call.state.serviceQuotas;
  if (!adjustable) throw new ServiceError('IllegalArgumentException', 'The specified quota is not adjustable.');
  if (value <= call.quota(key)) {
    const problem = 'You must provide a quota value greater than the current quota value';
    throw new ServiceError('IllegalArgumentException', problem);
  }

  const isOpen = (row: RequestRow): boolean =>
    row.service === service && row.code === code && OPEN.includes(row.status);
  if ([...requests.values()].some(isOpen)) {
    const problem = 'Only one open service quota increase request is allowed per quota.';
    throw new ServiceError('ResourceAlreadyExistsException', problem);
  }

  const row: RequestRow = {
    id: call.id('', 32),
    service,
    code,
    value,
    requester: call.caller.arn,
    createdAt: call.now,
    status: 'PENDING',
    caseId: undefined,
    updatedAt: call.now,
  };
  requests.set(row.id, row);
  call.after(DECIDED_MS, 'service-quotas.decide', { id: row.id, key });
  return row;
}

/** A request as Service Quotas answers it. */
export function showRequest(call: AwsCall, { name }: ListedQuota, row: RequestRow): RequestedServiceQuotaChange {
  return {
    Id: row.id,
    ...defined({ CaseId: row.caseId }),
    ServiceCode: row.service,
    QuotaCode: row.code,
    QuotaName: name,
    DesiredValue: row.value,
    Status: row.status,
    Created: new Date(row.createdAt),
    LastUpdated: new Date(row.updatedAt),
    Requester: JSON.stringify({ accountId: call.account, callerArn: row.requester }),
    QuotaArn: `arn:${call.partition}:servicequotas:${call.region}:${call.account}:${row.service}/${row.code}`,
    GlobalQuota: false,
    Unit: 'None',
    QuotaRequestedAtLevel: 'ACCOUNT',
  };
}

export const timers: TimerHandlers = {
  'service-quotas.decide': (call, { id, key }) => {
    const { requests, raised } = call.state.serviceQuotas;
    const row = requests.get(String(id));
    if (row?.status !== 'PENDING') return;

    row.updatedAt = call.now;
    if (row.value <= MOST_RAISE * call.quota(String(key))) {
      row.status = 'APPROVED';
      raised.set(String(key), row.value);
    } else {
      row.status = 'CASE_OPENED';
      row.caseId = call.id('', 12, 'decimal');
    }
  },
};
