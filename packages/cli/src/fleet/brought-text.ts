import type { FleetGoal, UnitEvent } from '@postern/fleet';

/** How a kind of work is shown that a cloud brings to fleets. */
export interface BroughtText {
  readonly goal: FleetGoal;
  readonly entryText: (entry: unknown) => string;
  /** Undefined: an event of another kind. */
  readonly eventText: (event: UnitEvent) => string | undefined;
}
