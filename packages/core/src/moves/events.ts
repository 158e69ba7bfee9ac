import type { ErrorCode } from '../ground/error-codes.js';
import type { TimedEvent, RunEvent } from '../do/apply/events.js';
import type { MovePhase } from './record/history.js';

/** What happens during a move, in the order in which it happens. Steps are those of `RunEvent`. */
export type MoveEvent =
  | Extract<RunEvent, { readonly step: string }>
  | (TimedEvent & {
      readonly type: 'move.started';
      readonly move: string;
      readonly does: 'run' | 'rollback' | 'finish' | 'abort' | 'leave';
      readonly from: string;
      readonly to: string;
      readonly units: number;
      readonly widen: number;
      /** Set where a run that did not come to its end is continued. */
      readonly continued?: true | undefined;
    })
  | (TimedEvent & { readonly type: 'move.phase'; readonly phase: MovePhase; readonly message: string })
  | (TimedEvent & { readonly type: 'move.done'; readonly result: MoveResult });

/** How a run of a move ended. */
export interface MoveResult {
  readonly move: string;
  readonly state: 'draining' | 'finished' | 'rolled-back' | 'failed' | 'aborted' | 'left';
  /** The IDs of the units by where they are. */
  readonly onNew: readonly string[];
  readonly onOld: readonly string[];
  /** The units that do not exist any more, or that something else has led over another link. They are not touched. */
  readonly elsewhere: readonly string[];
  /** When `finish` is possible, ISO 8601; of `draining`. */
  readonly drainedAt?: string | undefined;
  /** Of `finished`: what still uses the old link, one text each. */
  readonly usersOfOld?: readonly string[] | undefined;
  /** Of `draining` and `finished`: the edits for tools that declare what moved, one text each. */
  readonly edits?: readonly string[] | undefined;
  /** What this run removed, one text each. */
  readonly removed: readonly string[];
  /** What could not be restored, and what is left to do. One sentence each. */
  readonly notes: readonly string[];
  /** The steps that failed. */
  readonly failures: readonly { readonly step: string; readonly code: ErrorCode; readonly message: string }[];
}
