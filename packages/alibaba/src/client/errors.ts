import type { CloudErrorOptions, ErrorCode } from '@postern/core/internal/library';
import {
  ifNumber,
  ifText,
  CloudError,
  isPosternError,
  type PosternError,
  networkFailure,
  type ClientFailures,
} from '@postern/core/internal/adapter';
import type { Product } from './apis/alibaba-api.js';
import { meaningOf, type Meaning } from './error-codes.js';

/**
 * The names that the official clients give to network failures. Their `ConnectTimeout` is any time without a byte,
 * including the wait for an answer. A connection that is not established has a code of this package (`ECONNTIMEOUT`).
 */
const CLIENT_FAILURES: ClientFailures = {
  first: ({ name }) =>
    name === 'NoAnswer' || name.startsWith('RequestTimeout')
      ? { message: 'no response in time', sent: true, transient: true }
      : undefined,
};

/** An answer that is not what the service sends: HTML, empty, cut off. Thrown by the client; `errors.ts` gives it its code. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
  constructor(
    readonly status: number | undefined,
    why: string,
    cause: unknown,
  ) {
    super(`the response is not in the format of the service: ${why}`, cause === undefined ? undefined : { cause });
  }
}

/** No response arrived in time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** An answer larger than is read. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** What is known of the call that failed. */
export interface FailedCall {
  readonly operation: string;
  readonly product: Product;
  readonly kind: 'read' | 'idempotent' | 'create';
}

/** The members of the clients' errors that are used; each may be missing. */
interface ClientError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly requestId?: unknown;
  readonly retryAfter?: unknown;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly accessDeniedDetail?: { readonly AuthAction?: unknown } | null;
}

const REMEDIES: Partial<Record<ErrorCode, string>> = {
  CREDENTIALS_MISSING:
    'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or write a profile with `aliyun configure`.',
  CREDENTIALS_REFUSED: 'Check the access key and its secret; the key may be deleted, inactive or of another site.',
  CREDENTIALS_EXPIRED: 'Get new credentials and run again.',
  CLOCK_SKEWED: "Set the machine's clock; signatures are valid only within fifteen minutes.",
  THROTTLED: 'Wait and run again; completed changes are kept.',
  CONFLICT: 'Wait until the other write is done, and run again.',
  CLOUD_FAILED: 'Wait and run again; completed changes are kept.',
  BAD_RESPONSE: 'Check for a proxy or a captive portal between this machine and Alibaba Cloud, and check the endpoint.',
  NOT_FOUND: 'Check the ID, the region and the account.',
  CREATION_CLOSED:
    'Adopt an instance that exists (links.<name>.id), or move to Cloud-native API Gateway (kind: apig-gateway): sales ended on 2026-08-23, renewals end on 2027-03-21, and the service on 2027-09-21.',
  QUOTA_EXCEEDED: 'Delete what is not needed, or ask Alibaba Cloud for more.',
  STILL_REFERENCED: 'Remove what uses it first.',
  GATEWAY_LOCKED: 'Resolve the bill or the complaint with Alibaba Cloud, and run again.',
};

/** RAM's names of the products: https://help.aliyun.com/document_detail/28653.html */
const RAM_NAMES: Readonly<Record<Product, string>> = {
  CloudAPI: 'apigateway',
  Ecs: 'ecs',
  Vpc: 'vpc',
  Slb: 'slb',
  Sts: 'sts',
  Ram: 'ram',
  // https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpcpeer-2022-01-01-listvpcpeerconnections
  VpcPeer: 'vpc',
  APIG: 'apig',
  Alidns: 'alidns',
  Cms: 'cms',
};

/**
 * The service's messages for the end of sales of new instances. No code for it is documented, so its
 * messages count, too.
 */
const NO_LONGER_SOLD =
  /discontinu|no longer (?:sold|available|on sale)|end(?:ed)? of sale|off[- ]?shelf|停(?:止新购|售)|下线/i;

/**
 * Any error of a client as a {@link CloudError} with a stable code: by the exact code first, then by its
 * family, then by the status. The original is kept as `cause`. `outcomeUnknown` is set where a write may
 * have taken effect: a 5xx, a timeout, a connection that broke after sending, an invalid response.
 */
export function mapAlibabaError(error: unknown, call: FailedCall): PosternError & CloudError {
  if (error instanceof CloudError) return error;

  const { name, nativeCode, message, status, requestId, retryAfterMs, permission } = read(error);
  const { operation } = call;
  const base = { operation, cause: error, requestId, status, retryAfterMs } satisfies CloudErrorOptions;
  const write = call.kind !== 'read';

  if (isPosternError(error)) {
    // Credentials and packages: nothing was sent.
    return new CloudError(error.code, error.message, { ...base, cause: error.cause, remedy: error.remedy });
  }
  if (name === 'AbortError') return new CloudError('ABORTED', 'aborted', { ...base, outcomeUnknown: write });
  if (name === 'BodyTooLarge') {
    return new CloudError('RESPONSE_TOO_LARGE', message, { ...base, outcomeUnknown: write });
  }

  const network = nativeCode === undefined || status === undefined ? networkFailure(error, CLIENT_FAILURES) : undefined;
  if (network !== undefined) {
    return new CloudError(network.code, network.message, {
      ...base,
      remedy: network.remedy,
      retryable: network.transient,
      outcomeUnknown: write && network.sent,
    });
  }
  if (error instanceof BadAnswer || error instanceof SyntaxError || nativeCode === undefined) {
    // A proxy or a firewall on the way throttles, too, in a form of its own.
    if (status === 429)
      return new CloudError('THROTTLED', 'too many requests', { ...base, remedy: REMEDIES.THROTTLED, retryable: true });

    const refused = status !== undefined && status >= 400 && status < 500;
    const words = status === undefined ? '' : ` (HTTP ${status})`;
    return new CloudError('BAD_RESPONSE', `the response is not in the format of ${call.product}${words}`, {
      ...base,
      remedy: REMEDIES.BAD_RESPONSE,
      // A page of a proxy or portal stays what it is; only a gateway's 5xx passes.
      retryable: status !== undefined && status >= 500,
      outcomeUnknown: write && !refused,
    });
  }

  const { code, retryable = false } = meaning(nativeCode, message, status, operation);
  const failed = code === 'CLOUD_FAILED';
  return new CloudError(code, message === '' ? nativeCode : message, {
    ...base,
    nativeCode,
    remedy: remedyOf(code, message, permission ?? permissionOf(call)),
    details: code === 'PERMISSION_DENIED' ? { permission: permission ?? permissionOf(call) } : undefined,
    retryable,
    outcomeUnknown: write && failed,
  });
}

function remedyOf(code: ErrorCode, message: string, permission: string): string | undefined {
  if (code === 'PERMISSION_DENIED') return `Allow ${permission} for these credentials.`;
  // The service's message for an address outside the accessible blocks, or a backend in another VPC.
  if (CANNOT_CONNECT.test(message)) {
    return "Add the block that contains the address to the link's allowlist, and use backends of the instance's own VPC.";
  }

  return REMEDIES[code];
}

const CANNOT_CONNECT = /cannot connect the backend/i;

/** The RAM action that a call needs. */
export function permissionOf({ product, operation }: Pick<FailedCall, 'product' | 'operation'>): string {
  return `${RAM_NAMES[product]}:${operation}`;
}

function meaning(nativeCode: string, message: string, status: number | undefined, operation: string): Meaning {
  if (operation === 'CreateInstance' && NO_LONGER_SOLD.test(`${nativeCode} ${message}`))
    return { code: 'CREATION_CLOSED' };

  const known = meaningOf(nativeCode);
  if (known !== undefined) return known;
  if (status === 429) return { code: 'THROTTLED', retryable: true };
  if (status !== undefined && status >= 500) return { code: 'CLOUD_FAILED', retryable: true };
  if (status === 404) return { code: 'NOT_FOUND' };

  return { code: status === 403 ? 'PERMISSION_DENIED' : 'CLOUD_REFUSED' };
}

function read(error: unknown) {
  const from: ClientError = typeof error === 'object' && error !== null ? error : {};
  const data = from.data ?? {};
  const status =
    ifNumber(from.statusCode) ??
    ifNumber(data['statusCode']) ??
    (error instanceof BadAnswer ? error.status : undefined);
  const denied = from.accessDeniedDetail ?? (data['AccessDeniedDetail'] as ClientError['accessDeniedDetail']);
  const action = ifText(denied?.AuthAction);
  const retryAfter = ifNumber(from.retryAfter);
  return {
    name: ifText(from.name) ?? 'Error',
    // The clients write `undefined` where an answer names no code.
    // Cloud-native API Gateway writes its members in camelCase.
    nativeCode: [ifText(from.code), ifText(data['Code']), ifText(data['code'])].find(
      (code) => code !== undefined && code !== 'undefined',
    ),
    message: ifText(data['Message']) ?? ifText(data['message']) ?? ifText(from.message) ?? '',
    status,
    requestId: ifText(data['RequestId']) ?? ifText(data['requestId']) ?? ifText(from.requestId),
    retryAfterMs: retryAfter !== undefined && retryAfter >= 0 ? retryAfter : undefined,
    permission: action,
  };
}
