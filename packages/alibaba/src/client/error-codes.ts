import type { ErrorCode } from '@postern/core/internal/library';

/**
 * The meaning of a code of Alibaba Cloud. `throttled`: refused before anything was done. `busy`: another
 * write holds the same resource, or this same request is in progress.
 */
export interface Meaning {
  readonly code: ErrorCode;
  readonly retryable?: boolean | undefined;
}

const RETRY = { retryable: true } as const;

/**
 * Codes whose meaning does not follow from their prefix. `RepeatedCommit` and `ConcurrencyLockTimeout`
 * result from two writes at a time. The `Invoke…Fail` codes mean that a part of the service did not answer
 * (Terraform's provider retries all of them).
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/support/control-openapi-error-code-table
 * @see https://error-center.aliyun.com/status/product/PopGw
 */
const EXACT: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['ServiceUnavailable', { code: 'CLOUD_FAILED', ...RETRY }],
  ['InternalError', { code: 'CLOUD_FAILED', ...RETRY }],
  ['InvokeSlbApiFail', { code: 'CLOUD_FAILED', ...RETRY }],
  ['InvokeDescribePluginsByGroupApiFail', { code: 'CLOUD_FAILED', ...RETRY }],
  ['ConcurrencyLockTimeout', { code: 'CONFLICT', ...RETRY }],
  ['RepeatedCommit', { code: 'CONFLICT', ...RETRY }],
  ['IdempotentParameterMismatch', { code: 'CONFLICT' }],
  ['OperationConflict', { code: 'CONFLICT', ...RETRY }],
  ['TaskConflict', { code: 'CONFLICT', ...RETRY }],
  ['NoPermission', { code: 'PERMISSION_DENIED' }],
  ['Forbidden.RAM', { code: 'PERMISSION_DENIED' }],
  ['Forbidden', { code: 'PERMISSION_DENIED' }],
  ['Forbidden.AccessKey', { code: 'PERMISSION_DENIED' }],
  ['NoPermission.CreateServiceLinkedRole', { code: 'PERMISSION_DENIED' }],
  ['InvalidCredentials', { code: 'CREDENTIALS_MISSING' }],
  ['MissingAccessKeyId', { code: 'CREDENTIALS_MISSING' }],
  ['InvalidAccessKeyId.NotFound', { code: 'CREDENTIALS_REFUSED' }],
  ['InvalidAccessKeyId.Inactive', { code: 'CREDENTIALS_REFUSED' }],
  ['InvalidAccessKeyId', { code: 'CREDENTIALS_REFUSED' }],
  ['SignatureDoesNotMatch', { code: 'CREDENTIALS_REFUSED' }],
  ['IncompleteSignature', { code: 'CREDENTIALS_REFUSED' }],
  ['InvalidSecurityToken.MismatchWithAccessKey', { code: 'CREDENTIALS_REFUSED' }],
  ['InvalidSecurityToken.Malformed', { code: 'CREDENTIALS_REFUSED' }],
  ['InvalidSecurityToken.Expired', { code: 'CREDENTIALS_EXPIRED' }],
  ['SecurityTokenExpired', { code: 'CREDENTIALS_EXPIRED' }],
  ['InvalidTimeStamp.Expired', { code: 'CLOCK_SKEWED' }],
  ['InvalidTimeStamp.Format', { code: 'CLOCK_SKEWED' }],
  ['SignatureNonceUsed', { code: 'CONFLICT', ...RETRY }],
  ['ForbiddenBillingStatus', { code: 'GATEWAY_LOCKED' }],
  ['ForbiddenIllegalStatus', { code: 'GATEWAY_LOCKED' }],
  ['UserNotFound', { code: 'NOT_FOUND' }],
  ['DomainAlreadyBind', { code: 'ALREADY_EXISTS' }],
  ['InvalidVSwitchId.IpNotEnough', { code: 'ADDRESSES_EXHAUSTED' }],
  ['NotImplemented', { code: 'UNSUPPORTED' }],
  ['InvalidAction.NotFound', { code: 'UNSUPPORTED' }],
  ['InvalidVersion', { code: 'UNSUPPORTED' }],
  ['UnsupportedParameter', { code: 'UNSUPPORTED' }],
  ['InvalidBackend', { code: 'CLOUD_REFUSED' }],
  // Of Alibaba Cloud DNS.
  ['DomainRecordNotBelongToUser', { code: 'NOT_FOUND' }],
  ['InvalidDomainName.NoExist', { code: 'NOT_FOUND' }],
  ['IncorrectDomainUser', { code: 'NOT_FOUND' }],
  ['DomainRecordDuplicate', { code: 'ALREADY_EXISTS' }],
  // Of Cloud-native API Gateway: another write is in progress, or the gateway is changing.
  ['Conflict.LockFailed', { code: 'CONFLICT', ...RETRY }],
  ['Conflict.AppClusterIsAlreadyInChanging', { code: 'CONFLICT', ...RETRY }],
  ['Conflict.GatewayIsDeleted', { code: 'NOT_FOUND' }],
  ['Conflict.ApiPublished', { code: 'STILL_REFERENCED' }],
  ['APIG.ErrorCode.Forbidden', { code: 'PERMISSION_DENIED' }],
  ['APIG.ErrorCode.InternalError', { code: 'CLOUD_FAILED', ...RETRY }],
]);

/** Families: the entity's name follows. The first that fits. */
const FAMILIES: readonly (readonly [RegExp, Meaning])[] = [
  [/Throttling/, { code: 'THROTTLED', ...RETRY }],
  [/^(?:NotFound|EntityNotExist)|\.NotFound$|NotExist$|RecordNotFound$/, { code: 'NOT_FOUND' }],
  // Of Cloud-native API Gateway, whose table of codes could be read in part: prefixes decide.
  [/^Conflict\.\w*(?:Duplicated|Existed)$/, { code: 'ALREADY_EXISTS' }],
  [/^Conflict\.\w*(?:Quota|Exceed)/, { code: 'QUOTA_EXCEEDED' }],
  [/^Conflict\.\w*(?:InUse|IsUsed|Referenced)/, { code: 'STILL_REFERENCED' }],
  [/^Conflict\./, { code: 'CLOUD_REFUSED' }],
  [/^(?:Duplicate|Repeated)|\.Duplicate$|AlreadyExist/, { code: 'ALREADY_EXISTS' }],
  [/^DependencyViolation/, { code: 'STILL_REFERENCED' }],
  [/^(?:ExceedLimit|QuotaExceeded)|LimitExceed/, { code: 'QUOTA_EXCEEDED' }],
  [/^Forbidden/, { code: 'CLOUD_REFUSED' }],
  [/^(?:Missing|Invalid|InvalidFormat)/, { code: 'INVALID_INPUT' }],
];

/** What a code means; undefined for one that is in no family. */
export function meaningOf(nativeCode: string): Meaning | undefined {
  return EXACT.get(nativeCode) ?? FAMILIES.find(([pattern]) => pattern.test(nativeCode))?.[1];
}
