import type { Violation } from '../invariants.js';
import type { TrialEvent } from '../trace.js';
import type { Deed } from './virtual-process.js';

/** What became of a trial. */
export interface TrialResult {
  /** The events that happened. */
  readonly events: readonly TrialEvent[];
  /** None: all invariants hold. The trial ends with the first one that does not. */
  readonly violation: Violation | undefined;
  /** What processes did, in order: a moment is an index of it. */
  readonly deeds: readonly Deed[];
  /** The resources after each spec, and after all is deleted, without their IDs. */
  readonly ends: readonly (readonly string[])[];
  /** The routes that are answered after each spec, as their calls: `GET host/path`. */
  readonly works: readonly (readonly string[])[];
  /** Processes that planned and applied. */
  readonly runs: number;
  /** Calls of routes that worked. */
  readonly routeCalls: number;
  /** All calls of the cloud with the status of their answers. Two trials with the same trace have the same. */
  readonly calls: readonly string[];
}
