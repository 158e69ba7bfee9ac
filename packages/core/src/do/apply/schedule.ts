import type { Unit } from '../plan/plan.js';
import type { UnitResult } from './run.js';

/** Waits for a unit of the same plan; see `Run.result`. */
type ResultOf = (unit: string) => Promise<UnitResult>;

/**
 * Starts all units concurrently; each waits for the results of those that it depends on. Rejects only when
 * `perform` does, and then only after all have ended.
 */
export async function schedule(
  units: readonly Unit[],
  perform: (unit: Unit, result: ResultOf) => Promise<UnitResult>,
): Promise<ReadonlyMap<string, UnitResult>> {
  const results = new Map<string, Promise<UnitResult>>();
  const resultOf: ResultOf = (id) =>
    // A plan's units follow what they await, so that is in the map already.
    results.get(id) ?? Promise.reject(new Error(`unit ${id} is not in the plan`));
  for (const unit of units) results.set(unit.id, perform(unit, resultOf));
  await Promise.allSettled(results.values());
  const answers = new Map<string, UnitResult>();
  for (const [id, result] of results) answers.set(id, await result);
  return answers;
}
