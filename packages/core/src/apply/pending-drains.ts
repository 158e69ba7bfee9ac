import type { Json } from '../json.js';
import type { Plan } from '../plan/plan.js';
import type { JournalRecord } from './journal.js';

/** How long deletions of a plan wait for calls in flight, in milliseconds, by `<unit> <step>`: for the record of its run. */
export function plannedDrains({ units }: Pick<Plan, 'units'>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    units.flatMap(({ id: unit, steps }) =>
      steps.flatMap(({ id, drainMs }) => (drainMs === undefined ? [] : [[`${unit} ${id}`, drainMs] as const])),
    ),
  );
}

/**
 * The waits that earlier runs planned and whose deletion did not begin: the routes may have left moments ago, and the
 * plan of this run shows only that nothing uses the link. A run whose last record is older than its wait left no call
 * in flight. `now` is in milliseconds since the epoch.
 */
export function pendingDrains(records: readonly JournalRecord[], now: number): ReadonlyMap<string, number> {
  const pending = new Map<string, number>();
  const lastAt = new Map(records.map(({ run, at }) => [run, Date.parse(at)]));
  for (const { type, run, unit, step, value } of records) {
    if (type === 'run') {
      const age = now - (lastAt.get(run) ?? now);
      for (const [key, waitMs] of drainsIn(value)) if (!(age > waitMs)) pending.set(key, waitMs);
    } else if (type === 'before') {
      pending.delete(`${unit} ${step}`);
    }
  }
  return pending;
}

/** A journal is read from a file: what does not look like a wait is none. */
function drainsIn(value: Json | undefined): readonly (readonly [string, number])[] {
  if (typeof value !== 'object' || value === null || !('drains' in value)) return [];
  return Object.entries(value['drains'] ?? {}).filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
}
