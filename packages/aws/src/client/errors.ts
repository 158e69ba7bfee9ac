import type { CloudErrorOptions, ErrorCode } from '@postern/core/internal/library';
import { ifNumber, ifText, CloudError, networkFailure, type ClientFailures } from '@postern/core/internal/adapter';
import { credentialsFault } from './credentials-fault.js';
import { meaningOf } from './error-messages.js';

/**
 * The names that the SDK's request handler gives to network failures. It also reports a broken connection (ECONNRESET,
 * EPIPE) as a `TimeoutError`. The system's code then shows the cause, so the general case comes last.
 */
const SDK_FAILURES: ClientFailures = {
  first: ({ name, message }) =>
    name === 'TimeoutError' && /did not establish a connection/.test(message)
      ? { message: 'the endpoint did not accept the connection in time', sent: false, transient: false }
      : undefined,
  last: ({ name }) =>
    name === 'TimeoutError' ? { message: 'no response in time', sent: true, transient: true } : undefined,
};

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
    'AuthFailure InvalidClientTokenId UnrecognizedClient InvalidAccessKeyId SignatureDoesNotMatch InvalidSignature IncompleteSignature MissingAuthenticationToken InvalidToken NotAuthorized InvalidSecurityToken',
  ],
  ['CLOCK_SKEWED', 'RequestTimeTooSkewed RequestInTheFuture RequestExpired'],
  ['CREDENTIALS_MISSING', 'CredentialsProviderError'],
  [
    'THROTTLED',
    'TooManyRequests Throttling ThrottlingError ThrottledException RequestLimitExceeded RequestThrottled SlowDown BandwidthLimitExceeded EC2Throttled PriorRequestNotComplete RequestThrottledException',
  ],
  [
    'NOT_FOUND',
    'NotFound ResourceNotFound LoadBalancerNotFound ListenerNotFound RuleNotFound TargetGroupNotFound ServiceNotFound ClusterNotFound InvalidLaunchTemplateId.VersionNotFound',
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

/** What is known of the call that failed. */
export interface FailedCall {
  readonly operation: string;
  readonly service: string;
  readonly region: string;
  readonly kind: 'read' | 'idempotent' | 'create';
  /** That of the options. */
  readonly profile?: string | undefined;
}

/** The members of the SDK's errors that are used; each may be missing. */
interface SdkError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly Message?: unknown;
  readonly code?: unknown;
  readonly Code?: unknown;
  readonly retryAfterSeconds?: unknown;
  readonly $metadata?: {
    readonly httpStatusCode?: unknown;
    readonly requestId?: unknown;
    readonly clockSkewCorrected?: unknown;
  };
  readonly $response?: { readonly statusCode?: unknown; readonly headers?: Readonly<Record<string, unknown>> };
}

const REMEDIES: Partial<Record<ErrorCode, string>> = {
  CREDENTIALS_MISSING:
    'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile, or sign in with `aws sso login`.',
  CREDENTIALS_REFUSED:
    'Check that the region exists, and that the access key and its secret are correct, active and of this partition.',
  CREDENTIALS_EXPIRED: 'Get new credentials (`aws sso login`, or a fresh session) and run again.',
  CLOCK_SKEWED: "Set the machine's clock; signatures are valid only within five minutes.",
  THROTTLED: 'Wait and run again; completed changes are kept.',
  CLOUD_FAILED: 'Wait and run again; completed changes are kept.',
  BAD_RESPONSE: 'Check for a proxy or a captive portal between this machine and AWS, and check the endpoint.',
  NOT_FOUND: 'Check the ID, the region and the account.',
};

/**
 * Any error of an SDK client as a {@link CloudError} with a stable code. The code follows from AWS's error
 * name, and from the message where one name has several meanings. The original is kept as `cause`, the
 * request's id as `requestId`. `outcomeUnknown` is set where a write may have taken effect: a 5xx, a
 * timeout, a connection that broke after sending, an invalid response.
 */
export function mapAwsError(error: unknown, call: FailedCall): CloudError {
  if (error instanceof CloudError) return error;

  const { name, message, status, requestId, retryAfterMs } = read(error);
  const base = { operation: call.operation, cause: error, requestId, status, retryAfterMs } satisfies CloudErrorOptions;
  const write = call.kind !== 'read';

  if (name === 'AbortError') {
    return new CloudError('ABORTED', 'aborted', { ...base, outcomeUnknown: write });
  }
  if (name === 'BodyTooLarge') {
    return new CloudError('RESPONSE_TOO_LARGE', message, { ...base, outcomeUnknown: write });
  }

  const network = networkFailure(error, SDK_FAILURES);
  if (network !== undefined) {
    return new CloudError(network.code, network.message, {
      ...base,
      remedy: network.remedy,
      retryable: network.transient,
      outcomeUnknown: write && network.sent,
    });
  }
  if (isGarbled(error, name)) {
    // A proxy or a firewall on the way throttles, too, in a form of its own.
    if (status === 429)
      return new CloudError('THROTTLED', 'too many requests', { ...base, remedy: REMEDIES.THROTTLED, retryable: true });

    // A page of a proxy or portal stays what it is; only a gateway's 5xx passes.
    const refused = status !== undefined && status >= 400 && status < 500;
    const failed = status !== undefined && status >= 500;
    return new CloudError(
      'BAD_RESPONSE',
      `the response is not in the format of ${call.service}${statusWords(status)}`,
      {
        ...base,
        remedy: REMEDIES.BAD_RESPONSE,
        retryable: failed,
        outcomeUnknown: write && !refused,
      },
    );
  }

  const meaning = isApiGateway(call.service) ? meaningOf(message, call.region) : undefined;
  const code = meaning?.code ?? (isAboutFile(error) ? 'CREDENTIALS_MISSING' : codeOf(name, message, status));
  const failed = code === 'CLOUD_FAILED';
  const fault = code === 'CREDENTIALS_MISSING' ? credentialsFault(call.profile) : undefined;
  return new CloudError(code, fault?.message ?? (message === '' ? name : message), {
    ...base,
    nativeCode: name,
    remedy: meaning?.remedy ?? fault?.remedy ?? remedyOf(code, call),
    details:
      meaning?.details ??
      (code === 'PERMISSION_DENIED' ? { permission: permissionOf(call.service, call.operation) } : undefined),
    retryable: meaning?.retryable ?? (failed || code === 'THROTTLED' || isSignedAnew(code, error)),
    outcomeUnknown: write && failed,
  });
}

/** The IAM action that a call needs: for API Gateway an HTTP verb, for other services the operation's name. */
export function permissionOf(service: string, operation: string): string {
  if (!isApiGateway(service)) return `${service}:${operation}`;

  const verbs: readonly (readonly [RegExp, string])[] = [
    [/^(?:Get|Export)/, 'GET'],
    // Tags are set with PUT by API Gateway V1.
    [service === 'apigateway' ? /^(?:Put|Tag)/ : /^Put/, 'PUT'],
    [/^(?:Create|Tag)/, 'POST'],
    [/^Update/, 'PATCH'],
    [/^(?:Delete|Untag)/, 'DELETE'],
  ];
  return `apigateway:${verbs.find(([pattern]) => pattern.test(operation))?.[1] ?? '*'}`;
}

/**
 * Whether a signature was refused and the SDK found, by the `Date` of the answer, that the machine's clock is off: it signs the next
 * request by the clock of the service. Any other refusal stays one.
 */
function isSignedAnew(code: ErrorCode, error: unknown): boolean {
  const isRefusedSignature = code === 'CLOCK_SKEWED' || code === 'CREDENTIALS_REFUSED';
  return isRefusedSignature && (error as SdkError | undefined)?.$metadata?.clockSkewCorrected === true;
}

/** HTTP and WebSocket APIs, or REST APIs. */
function isApiGateway(service: string): boolean {
  return service === 'apigatewayv2' || service === 'apigateway';
}

function codeOf(name: string, message: string, status: number | undefined): ErrorCode {
  if (/signature (?:expired|not yet current)|request has expired/i.test(message)) return 'CLOCK_SKEWED';
  if (/token.{0,60}(?:is|has) expired|session.{0,60}expired/i.test(message)) return 'CREDENTIALS_EXPIRED';
  // V1's LimitExceededException and Cloud Map's are throttling only with this status.
  if (status === 429) return 'THROTTLED';

  const known = codeOfName(name);
  if (known !== undefined) return known;
  if (status !== undefined && status >= 500) return 'CLOUD_FAILED';
  if (status === 404) return 'NOT_FOUND';
  if (status === 403) return 'PERMISSION_DENIED';

  return 'CLOUD_REFUSED';
}

function remedyOf(code: ErrorCode, call: FailedCall): string | undefined {
  if (code !== 'PERMISSION_DENIED') return REMEDIES[code];

  return `Allow ${permissionOf(call.service, call.operation)} for these credentials.`;
}

/** A file that credentials are read from, such as a token, is missing: no call opens another one. */
function isAboutFile(error: unknown): boolean {
  return ['ENOENT', 'EACCES'].includes(String((error as SdkError | undefined)?.code));
}

/** JSON and XML parsers throw these; the SDK adds the raw answer as `$response`. It also gives up on errors without a name. */
function isGarbled(error: unknown, name: string): boolean {
  if (error instanceof SyntaxError || name === 'SyntaxError') return true;
  if (!(error instanceof Error) || !('$response' in error)) return false;

  return (
    name === 'Error' || name === 'TypeError' || name === 'RangeError' || name === 'UnknownError' || name === 'Unknown'
  );
}

function read(error: unknown) {
  const from: SdkError = typeof error === 'object' && error !== null ? error : {};
  const metadata = from.$metadata ?? {};
  const header = from.$response?.headers?.['retry-after'];
  const seconds = Number(from.retryAfterSeconds ?? header ?? Number.NaN);
  return {
    name: ifText(from.name) ?? 'Error',
    // API Gateway models `Message`, which the SDK does not always copy.
    message: ifText(from.message) ?? ifText(from.Message) ?? '',
    status: ifNumber(metadata.httpStatusCode) ?? ifNumber(from.$response?.statusCode),
    requestId: ifText(metadata.requestId),
    retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined,
  };
}

function statusWords(status: number | undefined): string {
  return status === undefined ? '' : ` (HTTP ${status})`;
}
