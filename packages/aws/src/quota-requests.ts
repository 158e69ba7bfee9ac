import { defined, CloudError, createOnce, UnsupportedError, type CallContext } from '@postern/core/internal/adapter';
import type { Quota, QuotaDriver, QuotaRequest } from '@postern/core/internal/kinds';
import { listAll } from './client/list-all.js';
import { sent, type Session } from './client/session.js';
import { STALENESS_MS } from './limits.js';
import { QUOTA_SERVICES } from './observe/quotas.js';
import type { RequestedQuotaOutput } from './sdk-types.js';

/** @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_RequestedServiceQuotaChange.html */
const STATES: Readonly<Record<string, QuotaRequest['state']>> = {
  PENDING: 'open',
  CASE_OPENED: 'open',
  APPROVED: 'granted',
  DENIED: 'refused',
  NOT_APPROVED: 'refused',
  INVALID_REQUEST: 'refused',
  CASE_CLOSED: 'closed',
};

/**
 * Requests to Service Quotas. One request for a quota can be open at a time; a second one is refused
 * (https://github.com/hashicorp/terraform-provider-aws/issues/19657).
 */
export function quotaRequests(session: Session): QuotaDriver {
  /** The requests for a quota that is looked up already. */
  const requestsFor = async (named: { ServiceCode: string; QuotaCode: string }, what: string, ctx: CallContext) => {
    const operation = 'ListRequestedServiceQuotaChangeHistoryByQuota';
    const listed = await listAll(session, ctx, `requests for ${what}`, 'servicequotas', operation, named);
    return listed.map(toRequest).toSorted((a, b) => (b.requestedAt ?? '').localeCompare(a.requestedAt ?? ''));
  };
  return {
    requests: async (quota, ctx) => {
      const { ServiceCode, QuotaCode } = await rowOf(session, quota, ctx);
      return await requestsFor({ ServiceCode, QuotaCode }, quota.what, ctx);
    },
    request: async (quota, value, ctx) => {
      const { Adjustable, ...named } = await rowOf(session, quota, ctx);
      if (Adjustable === false) throw notRaised(quota);

      return await createOnce<QuotaRequest>({
        what: `request for ${quota.what}`,
        find: async () => (await requestsFor(named, quota.what, ctx)).find(({ state }) => state === 'open'),
        create: async () => {
          const input = { ...named, DesiredValue: value };
          const { RequestedQuota } = await session.call(ctx, 'servicequotas', 'RequestServiceQuotaIncrease', input);
          return toRequest(sent(RequestedQuota, 'RequestedQuota', 'RequestServiceQuotaIncrease', true));
        },
        stalenessMs: STALENESS_MS,
        ctx,
      });
    },
  };
}

/** A quota as Service Quotas lists it: its code may be that of any of the services. */
async function rowOf(session: Session, quota: Quota, ctx: CallContext) {
  if (quota.code === undefined) throw notRaised(quota);

  for (const ServiceCode of QUOTA_SERVICES) {
    const what = `quotas of ${ServiceCode}`;
    const rows = await listAll(session, ctx, what, 'servicequotas', 'ListServiceQuotas', { ServiceCode });
    const found = rows.find(({ QuotaCode }) => QuotaCode === quota.code);
    if (found !== undefined) return { ServiceCode, QuotaCode: quota.code, Adjustable: found.Adjustable };
  }
  throw new CloudError(
    'NOT_FOUND',
    `Service Quotas lists no quota ${quota.code} (${quota.what}) in ${session.region}`,
    { operation: 'ListServiceQuotas', remedy: 'Request it from the support of AWS.' },
  );
}

function notRaised({ what, raised }: Quota): UnsupportedError {
  return new UnsupportedError(`AWS raises no quota of ${what} on request`, {
    remedy: raised ?? 'Spread what counts over several accounts or regions.',
  });
}

function toRequest({ Id = '', CaseId, DesiredValue = 0, Status, Created }: RequestedQuotaOutput): QuotaRequest {
  const nativeState: string = Status ?? '';
  return {
    id: Id,
    value: DesiredValue,
    state: Object.hasOwn(STATES, nativeState) ? (STATES[nativeState] ?? 'unknown') : 'unknown',
    nativeState,
    ...defined({ caseId: CaseId }),
    ...(Created === undefined ? {} : { requestedAt: new Date(Created).toISOString() }),
  };
}
