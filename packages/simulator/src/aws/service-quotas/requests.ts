import type { RequestStatus } from '@aws-sdk/client-service-quotas';
import { type AwsCall, ServiceError, type TimerHandlers } from '../operation/operation.js';
import type { QuotaDefinition } from '../operation/quotas.js';
import type { RequestRow } from './state.js';

/** A quota that Service Quotas lists: it has a code. */
export type ListedQuota = QuotaDefinition & { readonly code: string };

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
export function askFor(
  call: AwsCall,
  { service, code, key, name, adjustable }: ListedQuota,
  value: number,
): RequestRow {
  const { requests } = call.state.serviceQuotas;
  if (!adjustable) throw new ServiceError('IllegalArgumentException', 'The specified quota is not adjustable.');
  if (value <= call.quota(key)) {
    const problem = 'You must provide a quota value greater than the current quota value';
    throw new ServiceError('IllegalArgumentException', problem);
  }

  const isOpen = (row: RequestRow): boolean =>
    row.ServiceCode === service && row.QuotaCode === code && OPEN.includes(row.Status);
  if ([...requests.values()].some(isOpen)) {
    const problem = 'Only one open service quota increase request is allowed per quota.';
    throw new ServiceError('ResourceAlreadyExistsException', problem);
  }

  const row: RequestRow = {
    Id: call.id('', 32),
    ServiceCode: service,
    QuotaCode: code,
    QuotaName: name,
    DesiredValue: value,
    Status: 'PENDING',
    Created: new Date(call.now),
    LastUpdated: new Date(call.now),
    Requester: JSON.stringify({ accountId: call.account, callerArn: call.caller.arn }),
    QuotaArn: `arn:${call.partition}:servicequotas:${call.region}:${call.account}:${service}/${code}`,
    GlobalQuota: false,
    Unit: 'None',
    QuotaRequestedAtLevel: 'ACCOUNT',
  };
  requests.set(row.Id, row);
  call.after(DECIDED_MS, 'service-quotas.decide', { id: row.Id, key });
  return row;
}

export const timers: TimerHandlers = {
  'service-quotas.decide': (call, { id, key }) => {
    const { requests, raised } = call.state.serviceQuotas;
    const row = requests.get(String(id));
    if (row?.Status !== 'PENDING') return;

    const isGranted = row.DesiredValue <= MOST_RAISE * call.quota(String(key));
    if (isGranted) raised.set(String(key), row.DesiredValue);
    const after = isGranted
      ? ({ Status: 'APPROVED' } as const)
      : ({ Status: 'CASE_OPENED', CaseId: call.id('', 12, 'decimal') } as const);
    requests.set(row.Id, { ...row, ...after, LastUpdated: new Date(call.now) });
  },
};
