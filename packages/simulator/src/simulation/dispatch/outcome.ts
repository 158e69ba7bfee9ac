import type { FaultRule } from '../world/faults.js';

/**
 * The result of a call. Its entry point turns this into a response. `E` is the cloud's own kind of error.
 */
export interface Outcome<E> {
  /** What the operation answered, if it did. */
  readonly output: unknown;
  readonly error: E | undefined;
  readonly status: number;
  /** The fault in the answer. */
  readonly fault: FaultRule | undefined;
  /** A write holds its gateway until this is called; `undefined` when it holds none. */
  readonly release: (() => void) | undefined;
}

/** The result of an operation, before there is a status. */
export type Result<E> = Pick<Outcome<E>, 'output' | 'error' | 'release'>;

/**
 * The HTTP status of a call without an error of the service's: the fault's, or the usual one. 0: no response
 * was sent.
 */
export function statusUnder(fault: FaultRule | undefined, usual = 200): number {
  if (fault?.kind === 'reset') return fault.status ?? 0;
  return fault?.kind === 'html' ? (fault.status ?? 502) : usual;
}
