import type { FleetGoal, UnitEvent } from '@postern/fleet/internal/fleet';
import { handoverInFleets } from '../handover/fleet.js';

/** How a kind of work is shown that a cloud brings to fleets. */
export interface BroughtText {
  readonly goal: FleetGoal;
  readonly entryText: (entry: unknown) => string;
  /** Undefined: an event of another kind. */
  readonly eventText: (event: UnitEvent) => string | undefined;
}

/** How the kinds of work are shown that clouds bring to fleets. */
const BROUGHT: readonly BroughtText[] = [handoverInFleets];

/** An entry of a file, by the goal that carries it out. */
export function entryText(goal: string, entry: unknown): string {
  return BROUGHT.find((one) => one.goal === goal)?.entryText(entry) ?? '';
}

/** An event of a unit of such a kind. */
export function broughtEventText(event: UnitEvent): string {
  for (const one of BROUGHT) {
    const text = one.eventText(event);
    if (text !== undefined) return text;
  }
  return event.type;
}
