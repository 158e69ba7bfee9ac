import { RETRY_POLICY } from '../calls/retry.js';

/**
 * Whether a wait goes on although its read fails. A refused connection or an unknown name (`ECONNREFUSED`, `ENOTFOUND`) is not
 * tried again by the call itself, because at the start of a run it is a wrong endpoint. In the middle of a wait the endpoint
 * has answered before, so it is given the time that a call gets whose answers are lost. `failingMs` counts from the
 * last read that worked, in milliseconds.
 */
export function isBorneOutage(
  error: { readonly code: string; readonly exhausted?: boolean | undefined },
  failingMs: number,
): boolean {
  return error.code === 'ENDPOINT_UNREACHABLE' && error.exhausted !== true && failingMs < RETRY_POLICY.totalMs;
}
