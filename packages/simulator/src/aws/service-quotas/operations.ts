import { raise } from '../../simulation/raise.js';
import type * as sdk from '@aws-sdk/client-service-quotas';
import type { ServiceQuota } from '@aws-sdk/client-service-quotas';
import { type AwsCall, type AnyOperation, type MemberLimit, ServiceError } from '../operation/operation.js';
import { QUOTAS } from '../operation/quotas.js';
import { askFor, type ListedQuota } from './requests.js';
import type { RequestRow } from './state.js';
import { limited, familyOf, type GivenFamily, page } from '../operation/family.js';

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  apigateway: 'Amazon API Gateway',
  vpc: 'Amazon Virtual Private Cloud (Amazon VPC)',
  elasticloadbalancing: 'Elastic Load Balancing (ELB)',
  servicediscovery: 'AWS Cloud Map',
  acm: 'AWS Certificate Manager (ACM)',
};

export { timers } from './requests.js';
export { newState } from './state.js';

/** The quotas of a service. @throws {ServiceError} `NoSuchResourceException` for a service that has none */
function quotasOf(serviceCode: string): ListedQuota[] {
  const listed = QUOTAS.filter(
    (quota): quota is ListedQuota => quota.code !== undefined && quota.service === serviceCode,
  );
  if (!Object.hasOwn(SERVICE_NAMES, serviceCode)) throw noSuchResource('service');

  return listed;
}

/** One quota. @throws {ServiceError} `NoSuchResourceException` */
function findQuota(serviceCode: string, quotaCode: string): ListedQuota {
  return quotasOf(serviceCode).find(({ code }) => code === quotaCode) ?? raise(noSuchResource('quota'));
}

/** A quota as Service Quotas answers it, with the account's value. */
function accountQuota(call: AwsCall, quota: ListedQuota): ServiceQuota {
  return quotaRow(call, quota, call.account, call.quota(quota.key));
}

function quotaRow(call: AwsCall, quota: ListedQuota, account: string, value: number): ServiceQuota {
  return {
    ServiceCode: quota.service,
    ServiceName: SERVICE_NAMES[quota.service],
    QuotaArn: `arn:${call.partition}:servicequotas:${call.region}:${account}:${quota.service}/${quota.code}`,
    QuotaCode: quota.code,
    QuotaName: quota.name,
    Value: value,
    Unit: 'None',
    Adjustable: quota.adjustable,
    GlobalQuota: false,
    QuotaAppliedAtLevel: 'ACCOUNT',
  };
}

/** @see https://github.com/aws/aws-cli/issues/4569 (a service that does not exist) */
function noSuchResource(what: 'service' | 'quota' | 'request'): ServiceError {
  return new ServiceError(
    'NoSuchResourceException',
    `The request failed because the specified ${what} does not exist.`,
  );
}

/** @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html */
const SERVICE_CODE: MemberLimit = { length: [1, 63], pattern: /^[a-zA-Z][a-zA-Z0-9-]{1,63}$/ };

/** What names one quota. */
const CODES: Readonly<Record<string, MemberLimit>> = {
  ServiceCode: SERVICE_CODE,
  QuotaCode: { length: [1, 128], pattern: /^[a-zA-Z][a-zA-Z0-9-]{1,128}$/ },
};

const STATUS: MemberLimit = {
  values: ['PENDING', 'CASE_OPENED', 'APPROVED', 'DENIED', 'CASE_CLOSED', 'NOT_APPROVED', 'INVALID_REQUEST'],
};

/** The largest page of a list, which is also the usual one. */
const LARGEST_PAGE = 100;

const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'servicequotas' });

/**
 * The simulated operations of Service Quotas.
 * @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const operations = family({
  GetServiceQuota: limited(CODES, (call, { ServiceCode = '', QuotaCode = '' }) => {
    return { Quota: accountQuota(call, findQuota(ServiceCode, QuotaCode)) };
  }),

  ListServiceQuotas: {
    limits: { ...CODES, QuotaAppliedAtLevel: { values: ['ACCOUNT', 'RESOURCE', 'ALL'] } },
    run(call, { ServiceCode = '', QuotaCode, QuotaAppliedAtLevel = 'ACCOUNT', MaxResults, NextToken }) {
      const quotas = quotasOf(ServiceCode)
        .filter(({ code }) => QuotaCode === undefined || code === QuotaCode)
        .filter(() => QuotaAppliedAtLevel !== 'RESOURCE'); // all of these are the account's
      const { items, next } = page(
        quotas,
        { size: MaxResults, token: NextToken },
        {
          service: 'servicequotas',
          list: `ListServiceQuotas ${ServiceCode}`,
          largest: LARGEST_PAGE,
          key: ({ code }) => code,
        },
      );
      return { Quotas: items.map((quota) => accountQuota(call, quota)), NextToken: next };
    },
  },

  RequestServiceQuotaIncrease: limited(CODES, (call, { ServiceCode = '', QuotaCode = '', DesiredValue = 0 }) => {
    return { RequestedQuota: askFor(call, findQuota(ServiceCode, QuotaCode), DesiredValue) };
  }),

  GetRequestedServiceQuotaChange: {
    run(call, { RequestId = '' }) {
      const row = call.state.serviceQuotas.requests.get(RequestId) ?? raise(noSuchResource('request'));

      return { RequestedQuota: row };
    },
  },

  ListRequestedServiceQuotaChangeHistoryByQuota: limited({ ...CODES, Status: STATUS }, (call, input) => {
    findQuota(input.ServiceCode ?? '', input.QuotaCode ?? '');
    return history(call, 'ListRequestedServiceQuotaChangeHistoryByQuota', input);
  }),
});

interface HistoryInput {
  readonly ServiceCode?: string | undefined;
  readonly QuotaCode?: string | undefined;
  readonly Status?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** A page of the requests, the newest first [U]. */
function history(call: AwsCall, list: string, { ServiceCode, QuotaCode, Status, MaxResults, NextToken }: HistoryInput) {
  const fits = (row: RequestRow): boolean =>
    (ServiceCode === undefined || row.ServiceCode === ServiceCode) &&
    (QuotaCode === undefined || row.QuotaCode === QuotaCode) &&
    (Status === undefined || row.Status === Status);
  const { items, next } = page(
    [...call.state.serviceQuotas.requests.values()].filter(fits).toReversed(),
    { size: MaxResults, token: NextToken },
    {
      service: 'servicequotas',
      list: `${list} ${ServiceCode} ${QuotaCode}`,
      largest: LARGEST_PAGE,
      key: ({ Id }) => Id,
    },
  );
  return { RequestedQuotas: items, NextToken: next };
}
