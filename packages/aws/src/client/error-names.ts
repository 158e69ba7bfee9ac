import type { ErrorCode } from '@postern/core';

/**
 * AWS's error names and the codes that they mean, over all services used here. JSON services name the exception's class,
 * query services a code without `Exception`; the SDK gives either as `name`.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
const CODES: readonly (readonly [code: ErrorCode, names: string])[] = [
  ['PERMISSION_DENIED', 'AccessDenied UnauthorizedOperation Unauthorized AuthorizationError OptInRequired Blocked'],
  ['CREDENTIALS_EXPIRED', 'ExpiredToken TokenRefreshRequired'],
  [
    'CREDENTIALS_REFUSED',
    'AuthFailure InvalidClientTokenId UnrecognizedClient InvalidAccessKeyId SignatureDoesNotMatch InvalidSignature ' +
      'IncompleteSignature MissingAuthenticationToken InvalidToken NotAuthorized InvalidSecurityToken',
  ],
  ['CLOCK_SKEWED', 'RequestTimeTooSkewed RequestInTheFuture RequestExpired'],
  ['CREDENTIALS_MISSING', 'CredentialsProviderError'],
  [
    'THROTTLED',
    'TooManyRequests Throttling ThrottlingError ThrottledException RequestLimitExceeded RequestThrottled SlowDown ' +
      'BandwidthLimitExceeded EC2Throttled PriorRequestNotComplete RequestThrottledException',
  ],
  [
    'NOT_FOUND',
    'NotFound ResourceNotFound LoadBalancerNotFound ListenerNotFound TargetGroupNotFound ServiceNotFound ClusterNotFound ' +
      'InvalidLaunchTemplateId.VersionNotFound',
  ],
  ['ALREADY_EXISTS', 'InvalidGroup.Duplicate InvalidPermission.Duplicate'],
  ['STILL_REFERENCED', 'DependencyViolation ResourceInUse InvalidGroup.InUse'],
  ['ALLOWLIST_FULL', 'RulesPerSecurityGroupLimitExceeded'],
  ['QUOTA_EXCEEDED', 'SecurityGroupLimitExceeded ResourceLimitExceeded VpcLimitExceeded'],
  ['ADDRESSES_EXHAUSTED', 'InsufficientFreeAddressesInSubnet'],
  ['UNSUPPORTED', 'UnknownOperation InvalidAction UnsupportedOperation NotImplemented'],
  ['CONFLICT', 'Conflict'],
  [
    'CLOUD_FAILED',
    'InternalFailure InternalError InternalServerError InternalServer InternalService ServiceUnavailable Unavailable ServiceFailure',
  ],
];

const CODE_OF_NAME: ReadonlyMap<string, ErrorCode> = new Map(
  CODES.flatMap(([code, names]) => names.split(' ').map((name) => [name, code] as const)),
);

/** The code for an AWS error name, with or without `Exception` at its end and `Client.` before it. */
export function codeOfName(name: string): ErrorCode | undefined {
  const known = CODE_OF_NAME.get(name);
  if (known !== undefined) return known;
  const bare = name.replace(/^(?:Client|Server)\./, '').replace(/Exception$/, '');
  if (bare.endsWith('.NotFound')) return 'NOT_FOUND';
  return CODE_OF_NAME.get(bare);
}
