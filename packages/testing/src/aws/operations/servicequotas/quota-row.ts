import type { ServiceQuota } from '@aws-sdk/client-service-quotas';
import type { AwsCall } from '../../call.js';
import { QUOTAS, type QuotaDefinition } from '../../quotas.js';
import { ServiceError } from '../../service-error.js';

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
  if (!Object.hasOwn(SERVICE_NAMES, serviceCode)) throw noSuchResource();
  return listed;
}

/** One quota. @throws {ServiceError} `NoSuchResourceException` */
export function findQuota(serviceCode: string, quotaCode: string): ListedQuota {
  const quota = quotasOf(serviceCode).find(({ code }) => code === quotaCode);
  if (!quota) throw noSuchResource();
  return quota;
}

/** A quota as Service Quotas answers it: with the account's value, or AWS's default. */
export function quotaRow(call: AwsCall, quota: ListedQuota, value: number): ServiceQuota {
  return {
    ServiceCode: quota.service,
    ServiceName: SERVICE_NAMES[quota.service],
    QuotaArn: `arn:${call.partition}:servicequotas:${call.region}:${call.account}:${quota.service}/${quota.code}`,
    QuotaCode: quota.code,
    QuotaName: quota.name,
    Value: value,
    Unit: 'None',
    Adjustable: quota.adjustable,
    GlobalQuota: false,
    QuotaAppliedAtLevel: 'ACCOUNT',
  };
}

function noSuchResource(): ServiceError {
  return new ServiceError('NoSuchResourceException', 'The request failed because the specified quota does not exist.');
}
