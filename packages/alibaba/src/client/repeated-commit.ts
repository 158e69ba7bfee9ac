import { isPosternError } from '@postern/core/adapter';

/**
 * Whether the service reports that it already carries out the same change.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/support/control-openapi-error-code-table
 */
export function isRepeated(error: unknown): boolean {
  if (!isPosternError(error, 'CONFLICT')) return false;
  const { cause } = error;
  if (typeof cause !== 'object' || cause === null) return false;
  const { code, data } = cause as { readonly code?: unknown; readonly data?: { readonly Code?: unknown } | null };
  return code === 'RepeatedCommit' || data?.Code === 'RepeatedCommit';
}
