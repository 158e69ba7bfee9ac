import type { Unit } from '../plan/plan.js';
import type { UnitResult } from './units/unit-tools.js';

/**
 * Runs units side by side; each begins when those that it awaits are done. A unit that awaits one which failed, or which was
 * itself skipped, is skipped with all its steps. Rejects only when `run` does, and then only after all have ended.
 */
export async function schedule(
  units: readonly Unit[],
  run: (unit: Unit) => Promise<UnitResult>,
): Promise<ReadonlyMap<string, UnitResult>> {
  const results = new Map<string, Promise<UnitResult>>();
  const begin = async (unit: Unit): Promise<UnitResult> => {
    const before = await Promise.all(unit.dependsOn.map((id) => results.get(id)));
    const well = before.every((result) => result === undefined || (result.failed === 0 && result.skipped === 0));
    return well ? run(unit) : { done: 0, failed: 0, skipped: unit.steps.length };
  };
  // A plan's units follow what they await, so those are in the map already.
  for (const unit of units) results.set(unit.id, begin(unit));
  const ended = await Promise.allSettled(results.values());
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  const answers = new Map<string, UnitResult>();
  for (const [id, result] of results) answers.set(id, await result);
  return answers;
}
