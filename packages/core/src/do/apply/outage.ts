import { RETRY_POLICY } from '../../ground/calls/retry.js';

/**
 * Whether a wait continues although its read fails. The call itself does not retry a refused connection or an
 * unknown name (`ECONNREFUSED`, `ENOTFOUND`), because at the start of a run it means a wrong endpoint. During
 * a wait the endpoint has answered before, so the failure may last as long as lost answers of a call may.
 * `failingMs` counts from the last successful read, in milliseconds.
 */
export function isToleratedOutage(
  error: { readonly code: string; readonly exhausted?: boolean | undefined },
  failingMs: number,
): boolean {
  return error.code === 'ENDPOINT_UNREACHABLE' && error.exhausted !== true && failingMs < RETRY_POLICY.totalMs;
}
