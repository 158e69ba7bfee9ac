import { answers } from '../../answers.js';
import { newAccount } from '../load-balancing/account.js';

const QUOTA = { ServiceCode: 'apigateway', QuotaCode: 'L-608BDCD4' };

function scene() {
  const account = newAccount();
  return {
    ...account,
    QUOTA,
    answer: (operation: string, input: any) => account.call('servicequotas', operation, input),
  };
}

answers('a request for more of a quota', scene)`
  is granted within minutes, and then the quota is higher
    RequestServiceQuotaIncrease {<<: $QUOTA, DesiredValue: 15} -> {RequestedQuota: {Status: PENDING, DesiredValue: 15, QuotaName: VPC links (V2)}}
    GetServiceQuota $QUOTA -> {Quota.Value: 10}
    advance 660000
    GetRequestedServiceQuotaChange {RequestId: $Id} -> {RequestedQuota: {Status: APPROVED}}
    GetServiceQuota $QUOTA -> {Quota.Value: 15}
  becomes a case where it is for more than twice as much, and stays open
    RequestServiceQuotaIncrease {<<: $QUOTA, DesiredValue: 21}
    advance 660000
    GetRequestedServiceQuotaChange {RequestId: $Id} -> {RequestedQuota: {Status: CASE_OPENED, CaseId: /./}}
    RequestServiceQuotaIncrease {<<: $QUOTA, DesiredValue: 15} ! ResourceAlreadyExistsException: Only one open service quota increase request is allowed per quota.
    GetServiceQuota $QUOTA -> {Quota.Value: 10}
  is refused where it is not above the quota, or the quota is fixed or none
    RequestServiceQuotaIncrease {<<: $QUOTA, DesiredValue: 10} ! IllegalArgumentException: You must provide a quota value greater than the current quota value
    RequestServiceQuotaIncrease {<<: $QUOTA, QuotaCode: L-00000000, DesiredValue: 20} ! NoSuchResourceException: The request failed because the specified quota does not exist.
    GetRequestedServiceQuotaChange {RequestId: nothing} ! NoSuchResourceException: The request failed because the specified request does not exist.
  is listed by quota and by status
    RequestServiceQuotaIncrease {<<: $QUOTA, DesiredValue: 11}
    RequestServiceQuotaIncrease {ServiceCode: vpc, QuotaCode: L-2AFB9258, DesiredValue: 6}
    ListRequestedServiceQuotaChangeHistoryByQuota $QUOTA -> {RequestedQuotas.DesiredValue: [11]}
    ListRequestedServiceQuotaChangeHistoryByQuota {<<: $QUOTA, Status: APPROVED} -> {RequestedQuotas: []}
`;
