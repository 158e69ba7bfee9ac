import type { Plan, Step, Unit } from '../plan.js';

/** What a step does, in the words of a summary: `2 to create`. */
export type Goal = 'create' | 'replace' | 'change' | 'deploy' | 'delete';

/** In the order of a summary. */
export const GOALS: readonly Goal[] = ['create', 'replace', 'change', 'deploy', 'delete'];

export function goalOf(kind: Step['kind']): Goal {
  return kind === 'create' || kind === 'replace' || kind === 'deploy' || kind === 'delete' ? kind : 'change';
}

/** Of changes alike in one unit, so many are shown in a plan that is condensed. */
const EACH = 3;

/** A unit of which steps are left out. */
export interface CondensedUnit {
  readonly unit: Unit;
  readonly steps: readonly Step[];
  /** What is left out: so many resources of a type, by what is done to them. */
  readonly more: readonly { readonly count: number; readonly type: Step['resource']['type']; readonly goal: Goal }[];
}

/** The part of a plan that is shown, and how many of its steps and units that is. */
export interface CondensedPlan {
  readonly units: readonly CondensedUnit[];
  readonly shown: number;
  readonly all: number;
  readonly hiddenUnits: number;
}

/**
 * A plan of more than `most` steps without those that are like others: of each unit the first three of a kind, and units until `most`
 * steps are shown. What is deleted, replaced or bought, and what has a warning, is shown first.
 */
export function condensed({ units }: Plan, most: number): CondensedPlan {
  const all = units.reduce((sum, { steps }) => sum + steps.length, 0);
  if (all <= most)
    return { units: units.map((unit) => ({ unit, steps: unit.steps, more: [] })), shown: all, all, hiddenUnits: 0 };

  let loud = most;
  let quiet = most;
  let shown = 0;
  const kept = units.flatMap((unit): readonly CondensedUnit[] => {
    const counts = new Map<string, { count: number; type: Step['resource']['type']; goal: Goal }>();
    const steps: Step[] = [];
    for (const step of unit.steps) {
      const { type } = step.resource;
      const goal = goalOf(step.kind);
      const key = `${type} ${goal}`;
      const alike = counts.get(key) ?? { count: 0, type, goal };
      counts.set(key, alike);
      const isKept = isLoud(step) ? loud-- > 0 : quiet > 0 && alike.count < EACH;
      alike.count += 1;
      if (!isKept) continue;

      steps.push(step);
      quiet -= 1;
    }
    if (steps.length === 0) return [];

    shown += steps.length;
    const more = [...counts.values()].map(({ count, type, goal }) => {
      const own = steps.filter((step) => step.resource.type === type && goalOf(step.kind) === goal);
      return { count: count - own.length, type, goal };
    });
    return [{ unit, steps, more: more.filter(({ count }) => count > 0) }];
  });
  return { units: kept, shown, all, hiddenUnits: units.filter(({ steps }) => steps.length > 0).length - kept.length };
}

const isLoud = ({ kind, purchase, warning }: Step): boolean =>
  kind === 'delete' || kind === 'replace' || purchase !== undefined || warning !== undefined;
