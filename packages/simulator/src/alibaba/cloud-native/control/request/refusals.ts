import { AlibabaError } from '../../../operation/operation.js';

/** Kinds of what is not found, with the codes that Terraform's provider knows. */
const MISSING = {
  gateway: 'NotFound.GatewayNotFound',
  service: 'NotFound.ServiceNotFound',
  source: 'NotFound.SourceNotFound', // [I]
  route: 'NotFound.RouteNotFound',
  environment: 'NotFound.EnvironmentNotFound',
  consumer: 'NotFound.ConsumerNotFound',
  authorization: 'NotFound.ConsumerAuthorizationRuleNotFound',
  'security group rule': 'NotFound.SecurityGroupRule',
  'HTTP API': 'DatabaseError.RecordNotFound',
  operation: 'DatabaseError.RecordNotFound',
  domain: 'DatabaseError.RecordNotFound',
  policy: 'NotFound.PolicyNotFound', // [I]
  'policy attachment': 'NotFound.PolicyAttachmentNotFound', // [I]
  certificate: 'NotFound.CertificateNotFound', // [I]
  revision: 'NotFound.RevisionNotFound', // [I]
} as const;

export type MissingKind = keyof typeof MISSING;

/**
 * How Cloud-native API Gateway refuses calls. [I] marks codes that no source has; those of what is in use are among them. Of the table of
 * codes only the beginning can be read.
 * @see https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/developer-reference/api-apig-2024-03-27-errorcodes
 * @see https://github.com/aliyun/terraform-provider-alicloud (service_alicloud_apig*.go)
 */
export const refusals = {
  missing: (kind: MissingKind, id: string) => new AlibabaError(MISSING[kind], `The ${kind} ${id} is not found.`, 404),
  /** DeleteHttpApi has another spelling. */
  missingToDelete: (id: string) =>
    new AlibabaError('Error.DatabaseError.RecordNotFound', `The HTTP API ${id} is not found.`, 404),
  gatewayIsDeleted: (id: string) => new AlibabaError('Conflict.GatewayIsDeleted', `The gateway ${id} is deleted.`, 409),
  isChanging: () =>
    new AlibabaError(
      'Conflict.AppClusterIsAlreadyInChanging',
      'App cluster is already in changing. Retry after some minutes.',
      409,
    ),
  lockFailed: () => new AlibabaError('Conflict.LockFailed', 'Failed to acquire the lock. Retry later.', 409),
  nameDuplicated: (name: string) => new AlibabaError('Conflict.ApiNameDuplicated', `API name ${name} duplicated.`, 409),
  versionDuplicated: (version: string) =>
    new AlibabaError('Conflict.ApiVersionDuplicated', `API version ${version} duplicated.`, 409),
  versionMustEnabled: () =>
    new AlibabaError('Conflict.ApiVersionMustEnabled', 'API has more than one version, can not disable version.', 409),
  tooManyOperations: (most: number, current: number) =>
    new AlibabaError(
      'Conflict.ApiOperationQuotaExceed',
      `The number of operations per api cannot exceed ${most}. Current: ${current}.`,
      409,
    ),
  domainExisted: (name: string) =>
    new AlibabaError('Conflict.DomainExisted', `The domain ${name} already exists.`, 409),
  published: (id: string, where: string) =>
    new AlibabaError('Conflict.ApiPublished', `API ${id} is published in ${where}.`, 409),
  duplicatedPath: (key: string, apiId: string, operationId: string, environmentId: string) =>
    new AlibabaError(
      'Conflict.ApiPublishDuplicatedPathFound',
      `Duplicated path found, key: ${key}, apiId: ${apiId} ,operationId: ${operationId}, environmentId: ${environmentId}, conflict domains: .`,
      409,
    ),
  authorized: (id: string) =>
    new AlibabaError('Conflict.ConsumerAuthorizationForbidden', `Consumer has authorized to resource ${id}.`, 409),
  notPublished: (id: string) =>
    new AlibabaError(
      'Conflict.ResourceNotDeployed',
      `The resource ${id} is not published, and cannot be authorized.`,
      409,
    ), // [I]
  duplicated: (kind: string, name: string) =>
    new AlibabaError(`Conflict.${kind}Duplicated`, `The name ${name} is in use.`, 409), // [I]
  inUse: (kind: string, id: string, by: string) =>
    new AlibabaError(`Conflict.${kind}InUse`, `${id} is used by ${by}.`, 409), // [I]
  typeNotSupported: (type: string) =>
    new AlibabaError('Conflict.ApiPublishServiceTypeNotSupported', `Service type ${type} is not supported.`, 409),
  invalid: (name: string, why = 'The specified value is not valid.') =>
    new AlibabaError('InvalidParameter', `${name}: ${why}`),
  otherParameters: () =>
    new AlibabaError(
      'IdempotentParameterMismatch',
      'The request uses the same client token as a previous, but non-identical request.',
    ),
} as const;
