import type { Json } from '../json.js';
import type { Plan, Unit } from '../plan/plan.js';
import type { JournalRecord } from './journal.js';
import { stepKey } from './step-key.js';

/** How long deletions of a plan wait for calls in flight, in milliseconds, by `<unit> <step>`: for the record of its run. */
export function plannedDrains({ units }: Pick<Plan, 'units'>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    units.flatMap(({ id: unit, steps }) =>
      steps.flatMap(({ id: step, drainMs }) =>
        drainMs === undefined ? [] : [[stepKey({ unit, step }), drainMs] as const],
      ),
    ),
  );
}

/**
 * The same where it is not known who left what a plan deletes: `waitMs` of its unit. A killed run's wait is the next run's, too, so these
 * are recorded as well.
 */
export function unknownDrains(
  { units }: Pick<Plan, 'units'>,
  waitMs: (unit: Unit) => number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    units.flatMap((unit) =>
      unit.steps
        .filter(({ kind, resource: { type } }) => kind === 'delete' && (type === 'link' || type === 'target'))
        .map(({ id: step }) => [stepKey({ unit: unit.id, step }), waitMs(unit)] as const),
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
  for (const record of records) {
    const { type, run, value } = record;
    if (type === 'run') {
      const age = now - (lastAt.get(run) ?? now);
      for (const [key, waitMs] of drainsIn(value)) if (!(age > waitMs)) pending.set(key, waitMs);
    } else if (type === 'before') {
      pending.delete(stepKey(record));
    }
  }
  return pending;
}

/** The records from which a later run, whenever it begins after the last of `records`, knows the same waits. */
export function drainRecords(records: readonly JournalRecord[]): readonly JournalRecord[] {
  const pending = pendingDrains(records, Date.parse(records.at(-1)?.at ?? ''));
  const last = new Map(records.map((one) => [one.run, one]));
  const waiting = new Map<string, ReadonlySet<string>>();
  for (const { type, run, value } of records) {
    const keys = type === 'run' ? drainsIn(value).map(([key]) => key) : [];
    if (keys.some((key) => pending.has(key))) waiting.set(run, new Set(keys));
  }
  return records.filter((one) => {
    const keys = waiting.get(one.run);
    if (keys === undefined) return false;
    return one.type === 'run' || last.get(one.run) === one || (one.type === 'before' && keys.has(stepKey(one)));
  });
}

/** A journal is read from a file: what does not look like a wait is none. */
function drainsIn(value: Json | undefined): readonly (readonly [string, number])[] {
  if (typeof value !== 'object' || value === null || !('drains' in value)) return [];
  return Object.entries(value['drains'] ?? {}).filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
}
