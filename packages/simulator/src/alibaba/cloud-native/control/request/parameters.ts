import { type AlibabaCall, AlibabaError } from '../../../operation/operation.js';
import { hasTags, readTags } from '../../../vpc/request/tags.js';
import { ownFamilyOf, listOf, required, text, texts } from '../../../operation/family.js';

export const neededText = required({ type: 'string', length: [1, 4_096] });
export const neededTexts = required({ ...texts, length: [1, 100] });

export const clientToken = { type: 'string', length: [0, 64] } as const;
/** In a list of the query it is one JSON text. */
export const tags = listOf({ key: text, value: text, Key: text, Value: text });

/** Rows that appear in lists some seconds after they were created: 0 to 10 here [I]. */
export const LIST_LAG_MS = 10_000;

/** Whether a list shows a row already. */
export const isListed =
  (now: number) =>
  ({ listedFrom }: { readonly listedFrom: number }): boolean =>
    listedFrom <= now;

/** A tag, as bodies (`key`) and queries (`Key`) write it. */
export interface GivenApigTag {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

const native = (given: readonly GivenApigTag[] | undefined) =>
  given?.map(({ key, value, Key, Value }) => ({ Key: key ?? Key, Value: value ?? Value }));

/** @throws {AlibabaError} in the words that all products have for tags */
export const readApigTags = (given: readonly GivenApigTag[] | undefined) => readTags(native(given));

/** Whether a resource has all requested tags. */
export const hasApigTags = (tags: Readonly<Record<string, string>>, asked: readonly GivenApigTag[] | undefined) =>
  hasTags({ ...tags }, native(asked));

/** A client token is remembered for about a day. */
const TOKEN_MS = 24 * 3_600_000;

type Run = (call: AlibabaCall, input: never) => unknown;

/**
 * Operations of Cloud-native API Gateway. It has no package on npm: the types are our own, from the official Go client. A parameter is in
 * the path, the query or the body, and has one name in all of them. `run` answers the `data` of the answer.
 * @see https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/developer-reference/api-apig-2024-03-27-overview
 * @see https://github.com/alibabacloud-go/apig-20240327
 */
export const apigFamily = ownFamilyOf('APIG', (run: Run, name): Run => (call, input) => {
  const { clientToken = '', dryRun, ...rest }: { readonly clientToken?: string; readonly dryRun?: boolean } = input;
  if (dryRun === true) return rehearsed(call, rest as never, run);

  return clientToken === '' ? run(call, input) : once(call, `${name}/${clientToken}`, input, run);
});

/** All is checked on a copy of the region, and nothing done. */
function rehearsed(call: AlibabaCall, input: never, run: Run): unknown {
  return run({ ...call, state: structuredClone(call.state), after: () => undefined }, input);
}

/** The same token with the same parameters gets the same answer. */
function once(call: AlibabaCall, key: string, input: object, run: Run): unknown {
  const { clientTokens } = call.state.apig;
  const used = clientTokens.get(key);
  const text = JSON.stringify(input);
  if (used && call.now - used.at < TOKEN_MS) {
    if (used.input !== text) throw refusals.otherParameters();

    return JSON.parse(used.output);
  }

  const output = run(call, input as never);
  clientTokens.set(key, { input: text, output: JSON.stringify(output ?? {}), at: call.now });
  return output;
}

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
