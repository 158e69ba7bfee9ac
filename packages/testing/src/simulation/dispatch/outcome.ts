import type { FaultRule } from './faults.js';

/** What became of a call; the door that it came through turns this into an answer. `E` is the cloud's own kind of error. */
export interface Outcome<E> {
  /** What the operation answered, if it did. */
  readonly output: unknown;
  readonly error: E | undefined;
  readonly status: number;
  /** What is to go wrong on the way back. */
  readonly fault: FaultRule | undefined;
  /** A write holds its gateway until this is called; `undefined` when it holds none. */
  readonly release: (() => void) | undefined;
}

/** What an operation made of a call, before there is a status. */
export type Result<E> = Pick<Outcome<E>, 'output' | 'error' | 'release'>;

/** The HTTP status of a call without an error of the service's: what a fault makes of it, or the usual one. 0: nothing was answered. */
export function statusUnder(fault: FaultRule | undefined, usual = 200): number {
  if (fault?.kind === 'reset') return fault.status ?? 0;
  return fault?.kind === 'html' ? (fault.status ?? 502) : usual;
}
