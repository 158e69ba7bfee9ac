import type { FleetGoal } from '@postern/fleet/internal/fleet';
import { handoverWords } from '../handover/fleet-words.js';

/** What help says of a kind of work that a cloud brings to fleets. */
export interface BroughtWords {
  readonly goal: FleetGoal;
  /** One of its entries. */
  readonly noun: string;
  /** What a run of the goal does, behind `migrate makes the moves of the file`. */
  readonly does: string;
  /** The same in the summary of all commands. */
  readonly summary: string;
  readonly examples: readonly string[];
}

/** The kinds of work that clouds bring to fleets. */
export const BROUGHT_WORDS: readonly BroughtWords[] = [handoverWords];
