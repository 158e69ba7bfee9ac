import type { CallDescription } from '../../ground/calls/call.js';
import { networkFailure } from '../../ground/calls/network-failure.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import { CloudError, thrownText } from '../../ground/errors.js';

/** An answer of a service that refuses a call, in its own words. It stays the cause of the error that callers get. */
export class ServiceRefusal extends Error {
  override readonly name = 'ServiceRefusal';

  /** @param code the service's own; undefined where the answer has none, such as the page of a proxy */
  constructor(
    readonly status: number,
    readonly code: string | undefined,
    message = 'the answer has no message',
  ) {
    super(message);
  }
}

/** What an adapter knows of the refusals of its service. */
export interface RefusalTable {
  /** A code of Postern for each code of the service. Any other is `CLOUD_REFUSED`. */
  readonly codes: Readonly<Record<string, ErrorCode>>;
  /** The permission that a call needs: `tunnels:ListTunnels`. Errors and gaps name it. */
  readonly permission: (call: CallDescription) => string;
}

/**
 * The last argument of `call`, for an adapter without a library that has errors of its own: what becomes of a `ServiceRefusal`, of a
 * connection that broke, and of an answer that is not JSON. `codes` must have those of throttled calls and of failures; it may lack any other.
 * Guaranteed: a call is tried again where it was throttled or the service failed, and the outcome of a write is unknown where the service
 * may have carried it out.
 */
export function refusalErrors({ codes, permission }: RefusalTable) {
  return (cause: unknown, description: CallDescription): CloudError => {
    const { operation, kind } = description;
    const isWrite = kind !== 'read';
    if (cause instanceof ServiceRefusal) {
      const { status, code: nativeCode, message } = cause;
      const code = codeOf(cause, codes);
      const failed = code === 'CLOUD_FAILED' || code === 'BAD_RESPONSE';
      const needed = permission(description);
      return new CloudError(code, message, {
        operation,
        cause,
        status,
        nativeCode,
        ...(code === 'PERMISSION_DENIED' && {
          remedy: `Allow ${needed} for these credentials.`,
          details: { permission: needed },
        }),
        retryable: code === 'CLOUD_FAILED' || code === 'THROTTLED',
        outcomeUnknown: isWrite && failed,
      });
    }

    const failure = networkFailure(cause);
    if (failure !== undefined) {
      const { code, message, remedy, transient, sent } = failure;
      return new CloudError(code, message, {
        operation,
        cause,
        remedy,
        retryable: transient,
        outcomeUnknown: isWrite && sent,
      });
    }

    const isText = cause instanceof SyntaxError;
    const message = isText ? 'the answer is not JSON' : thrownText(cause);
    return new CloudError(isText ? 'BAD_RESPONSE' : 'CLOUD_FAILED', message, {
      operation,
      cause,
      outcomeUnknown: isWrite,
    });
  };
}

function codeOf({ status, code }: ServiceRefusal, codes: RefusalTable['codes']): ErrorCode {
  if (code !== undefined && Object.hasOwn(codes, code)) return codes[code] ?? 'CLOUD_REFUSED';
  if (status === 429) return 'THROTTLED';
  if (status >= 500) return 'CLOUD_FAILED';

  return code === undefined ? 'BAD_RESPONSE' : 'CLOUD_REFUSED';
}
