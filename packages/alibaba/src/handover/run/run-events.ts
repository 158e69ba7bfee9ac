import type { RunEvent } from '@postern/core';
import type { TimedEvent } from '@postern/core/plan';
import type { HandoverKind } from './driver.js';

/** What happens during a run of a hand-over. Steps are those of `RunEvent`. */
export type HandoverEvent =
  | Extract<RunEvent, { readonly step: string }>
  | (TimedEvent & {
      readonly type: 'handover.started';
      readonly handover: string;
      readonly stages: readonly string[];
      readonly steps: number;
    })
  | (TimedEvent & { readonly type: 'handover.done'; readonly result: HandoverResult });

/** An object of the target. */
export interface BuiltObject {
  readonly kind: HandoverKind;
  readonly name: string;
  readonly id: string;
  /** Whether this run created it. */
  readonly created: boolean;
}

/** What was built for a stage. */
export interface BuiltStage {
  readonly stage: string;
  /** Whether every object of the plan exists and is published. */
  readonly complete: boolean;
  readonly objects: readonly BuiltObject[];
}

/** How a run ended. */
export interface HandoverResult {
  readonly handover: string;
  /** `built`: everything is published on the target, and calls still come to the classic group. */
  readonly state: 'built' | 'failed';
  readonly stages: readonly BuiltStage[];
  /** What is left to do by hand, one sentence each. */
  readonly notes: readonly string[];
  readonly failures: readonly { readonly step: string; readonly code: string; readonly message: string }[];
}
