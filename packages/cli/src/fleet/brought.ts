import type { FleetGoal, UnitEvent, RunOptions } from '@postern/fleet/internal/fleet';
import { handoverAccess, handoverInFleets } from '../handover/fleet.js';
import type { Simulator } from '@postern/core/internal/library';
import type { WorkerOptions } from '@postern/fleet/worker';
import { handoverWords } from '../handover/fleet-words.js';

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

/** The ID of a new run: `payments-20261125-120000`, of goals other than `apply` with the goal, since two may begin in one second. */
export function newRunId(name: string, goal: FleetGoal = 'apply'): string {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${name}-${stamp}${goal === 'apply' ? '' : `-${goal}`}`;
}

const OTHER_GOALS: readonly FleetGoal[] = ['check', 'watch', 'migrate', ...BROUGHT_WORDS.map(({ goal }) => goal)];

/** What such an ID has behind the name. */
export const STAMP = new RegExp(String.raw`-\d{8}-\d{6}(?:-(?:${OTHER_GOALS.join('|')}))?$`);

/** The options of a run among those of a command. */
export function runOptionsOf({
  allowPurchase,
  prune,
  replaceFailed,
  deleteAllRoutes,
  ignoreFindings,
  drain,
  probe,
  rollback,
}: RunOptions): RunOptions {
  return { allowPurchase, prune, replaceFailed, deleteAllRoutes, ignoreFindings, drain, probe, rollback };
}
