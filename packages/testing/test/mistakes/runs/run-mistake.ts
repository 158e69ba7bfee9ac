import type { EventKind } from '../../../src/harness/trace.js';
import type { Mistake } from '../../../../simulator/test/mutated.js';

/** A mistake, and the scenario whose trials show it. */
export interface RunMistake extends Mistake {
  readonly what: string;
  readonly scenario: string;
  /** The events that show it; without them events by chance. */
  readonly events?: readonly EventKind[] | undefined;
  /** The part of the moments that passes before one of them happens: 0 without it. */
  readonly after?: number | undefined;
  /** Whether events that meet a write meet the record after it instead. */
  readonly recorded?: boolean | undefined;
}
