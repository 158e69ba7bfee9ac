import type { FleetGoal, UnitEvent } from '@postern/fleet/internal/fleet';
import { handoverAccess, handoverInFleets } from '../handover/fleet.js';
import type { Simulator } from '@postern/core/internal/library';
import type { WorkerOptions } from '@postern/fleet/worker';

/** What a worker needs for the kinds of work that clouds bring. */
const ACCESS: readonly ((simulator: Simulator | undefined) => Promise<Partial<WorkerOptions>>)[] = [handoverAccess];

export async function broughtAccess(simulator: Simulator | undefined): Promise<Partial<WorkerOptions>> {
  const options = await Promise.all(ACCESS.map((one) => one(simulator)));
  return options.reduce((all, one) => ({ ...all, ...one }), {});
}

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
