import type { ServiceQuota } from '@aws-sdk/client-service-quotas';
import type { AwsCall } from '../operation/call.js';
import { QUOTAS, type QuotaDefinition } from '../operation/quotas.js';
import { ServiceError } from '../operation/service-error.js';

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  apigateway: 'Amazon API Gateway',
  vpc: 'Amazon Virtual Private Cloud (Amazon VPC)',
  elasticloadbalancing: 'Elastic Load Balancing (ELB)',
  servicediscovery: 'AWS Cloud Map',
  acm: 'AWS Certificate Manager (ACM)',
};

/** A quota that Service Quotas lists: it has a code. */
export type ListedQuota = QuotaDefinition & { readonly code: string };

/** The quotas of a service. @throws {ServiceError} `NoSuchResourceException` for a service that has none */
export function quotasOf(serviceCode: string): ListedQuota[] {
  const listed = QUOTAS.filter(
    (quota): quota is ListedQuota => quota.code !== undefined && quota.service === serviceCode,
  );
  if (!Object.hasOwn(SERVICE_NAMES, serviceCode)) throw noSuchResource('service');
  return listed;
}

/** One quota. @throws {ServiceError} `NoSuchResourceException` */
export function findQuota(serviceCode: string, quotaCode: string): ListedQuota {
  const quota = quotasOf(serviceCode).find(({ code }) => code === quotaCode);
  if (!quota) throw noSuchResource('quota');
  return quota;
}

/** A quota as Service Quotas answers it, with the account's value. */
export function accountQuota(call: AwsCall, quota: ListedQuota): ServiceQuota {
  return quotaRow(call, quota, call.account, call.quota(quota.key));
}

/**
 * A quota with AWS's default, whose ARN has no account.
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/13075
 */
export function defaultQuota(call: AwsCall, quota: ListedQuota): ServiceQuota {
  return quotaRow(call, quota, '', quota.value);
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
function noSuchResource(what: 'service' | 'quota'): ServiceError {
  return new ServiceError(
    'NoSuchResourceException',
    `The request failed because the specified ${what} does not exist.`,
  );
}
