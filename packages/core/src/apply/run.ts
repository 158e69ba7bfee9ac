import type { CallContext } from '../calls/call-context.js';
import type { PaceKey } from '../calls/pace.js';
import type { Json } from '../json.js';

/** How a step may run beside others. */
export interface StepOptions {
  /** Steps with the same key never overlap: writes to one gateway. */
  readonly exclusive?: string | undefined;
}

/**
 * The one door through which a unit touches the world. The same unit runs on a journal file in one process today and on a
 * durable workflow engine tomorrow, so unit code has no clock, timer, randomness or fetch of its own.
 */
export interface Run {
  /** Stable: the link's or the integration's name. */
  readonly unit: string;
  /** Runs `effect` at least once and keeps its answer, which is plain JSON without secrets. */
  readonly step: <T extends Json>(
    id: string,
    effect: (ctx: CallContext) => Promise<T>,
    options?: StepOptions,
  ) => Promise<T>;
  /** Waits; survives the process. */
  readonly sleep: (id: string, ms: number) => Promise<void>;
  /** Waits for a turn: account, region and operation. */
  readonly slot: (id: string, key: PaceKey) => Promise<void>;
  /** Asks a person. */
  readonly decision: <T extends Json>(id: string, question: Json) => Promise<T>;
}
