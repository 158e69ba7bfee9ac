import type { RunEvent } from '@postern/core/internal/library';
import type { StepFailure } from '@postern/core/internal/cloud';
import type { StepError } from '@postern/core/internal/engine';
import type { TimedEvent } from '@postern/core/internal/plan';
import type { UnbuiltObject } from './delete-built.js';
import type { Judged } from './witness.js';

/** How a record is changed. `by-hand`: by the user, because the account does not have it. */
export type SwitchWay = 'weights' | 'one-step' | 'by-hand';

/** A record of DNS as it is to be written by hand. */
export interface WantedRecord {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly why: string;
}

/** What happens during a switch or a rollback. Steps are those of `RunEvent`. */
export type SwitchEvent =
  | Extract<RunEvent, { readonly step: string }>
  | (TimedEvent & { readonly type: 'switch.started'; readonly handover: string; readonly stages: readonly string[] })
  | (TimedEvent & { readonly type: 'record.wanted'; readonly stage: string; readonly record: WantedRecord })
  | (TimedEvent & { readonly type: 'switch.judged'; readonly stage: string; readonly judged: Judged })
  | (TimedEvent & { readonly type: 'built.removed'; readonly object: UnbuiltObject })
  | (TimedEvent & { readonly type: 'switch.done'; readonly result: SwitchResult });

/** A record after a switch or a rollback. */
export interface SwitchedRecord {
  readonly name: string;
  readonly way: SwitchWay;
  /** Per cent of the answers that lead to the target; of a record by hand 0 or 100. */
  readonly share: number;
  /** Where it leads: the name of the target. */
  readonly to: string;
}

/** A stage after a switch or a rollback. */
export interface SwitchedStage {
  readonly stage: string;
  readonly records: readonly SwitchedRecord[];
  readonly judged: readonly Judged[];
}

/**
 * How it ended. `switched`: all records lead to the target. `switched-back`: the target's calls failed more often, and the former
 * records are back. `waiting`: for a record that is changed by hand, or for consent; run again. `rolled-back`: the former records
 * are back.
 */
export type SwitchState = 'switched' | 'switched-back' | 'waiting' | 'rolled-back' | 'failed';

/** What a switch came to. */
export interface SwitchResult {
  readonly handover: string;
  readonly state: SwitchState;
  readonly stages: readonly SwitchedStage[];
  /** Of a rollback that deletes what was built: what became of each object. */
  readonly unbuilt?: readonly UnbuiltObject[] | undefined;
  /** What is left to do by hand, and what is not known, one sentence each. */
  readonly notes: readonly string[];
  readonly failures: readonly StepFailure[];
}

/** What the work on a stage has come to so far. */
export interface StageProgress {
  /** What it does now: where it fails, the failure names it. */
  step: string;
  readonly records: SwitchedRecord[];
  readonly judged: Judged[];
  notes: string[];
  writes: number;
  /** Where what was built is deleted: what became of it. */
  unbuilt?: UnbuiltObject[];
}

/** How the work on a stage ended by itself; what is thrown is a failure, too. */
export interface StageOutcome {
  readonly state: SwitchState;
  readonly failure?: StageFailure | undefined;
}

interface StageFailure {
  readonly step: string;
  readonly error: StepError;
}

/** How the switch of one stage, or its return, ended. */
export interface StageEnd extends StageOutcome, SwitchedStage {
  readonly notes: readonly string[];
  readonly writes: number;
  readonly unbuilt?: readonly UnbuiltObject[];
}
