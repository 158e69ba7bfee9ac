import { CloudError } from '../errors.js';

/** The refusal of a role, which surfaces from whichever call needed credentials: it names the role, and how it becomes allowed. */
export function roleError(error: CloudError, roleArn: string, allowed: string): CloudError {
  const { code, operation, cause, requestId, status, nativeCode, retryable, retryAfterMs, details } = error;
  const remedy = code === 'PERMISSION_DENIED' ? allowed : error.remedy;
  const message = error.message.startsWith(`${operation}: `)
    ? error.message.slice(operation.length + 2)
    : error.message;
  const facts = { operation, cause, requestId, status, nativeCode, retryable, retryAfterMs, details, remedy };
  return new CloudError(code, `${roleArn}: ${message}`, facts);
}
