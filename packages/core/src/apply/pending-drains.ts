import type { Json } from '../json.js';
import type { GatewayKind } from '../model/gateway.js';
import type { Plan, Unit } from '../plan/plan.js';
import { longestDrain } from '../plan/removal/drain.js';
import { leftKey } from '../plan/removal/left-behind.js';
import type { JournalRecord } from './journal.js';
import { stepKey } from './step-key.js';

/**
 * How long each deletion of a plan waits for calls in flight, in milliseconds, by `<unit> <step>`: as long as the plan says, or as earlier
 * runs left it (`pending`), whichever is longer. Where neither is known, `unknownMs` of its unit.
 */
export function plannedDrains(
  { units }: Pick<Plan, 'units'>,
  pending: ReadonlyMap<string, number>,
  unknownMs: (unit: Unit) => number | undefined,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    units.flatMap((unit) =>
      unit.steps.flatMap(({ id: step, kind, resource, drainMs }) => {
        const isDeletion = kind === 'delete' && (resource.type === 'link' || resource.type === 'target');
        const key = stepKey({ unit: unit.id, step });
        const left = isDeletion ? pending.get(leftKey(resource)) : undefined;
        const known = [drainMs, pending.get(key), left].filter((ms) => ms !== undefined);
        const waitMs = known.length > 0 ? Math.max(...known) : isDeletion ? unknownMs(unit) : undefined;
        return waitMs === undefined ? [] : [[key, waitMs] as const];
      }),
    ),
  );
}

/**
 * The waits that earlier runs recorded and that are not over: of deletions that did not begin, and of links and targets that callers left
 * (`leftKey`): they may have left moments ago, and the plan of this run shows only that nothing uses the link. The wait of a run that ended
 * well is over that long after its last record, and the rest of it is pending. A change that another run began may take effect after its
 * last record, since a group moves for minutes: its whole wait is pending, for twice as long. `now` is in milliseconds since the epoch.
 */
export function pendingDrains(records: readonly JournalRecord[], now: number): ReadonlyMap<string, number> {
  const pending = new Map<string, number>();
  const lastAt = new Map(records.map(({ run, at }) => [run, Date.parse(at)]));
  const [ended, failed] = [runsWith(records, 'end'), runsWith(records, 'failed')];
  for (const record of records) {
    const { type, run, value } = record;
    if (type === 'run') {
      const age = now - (lastAt.get(run) ?? now);
      const isWell = ended.has(run) && !failed.has(run);
      for (const [key, waitMs] of drainsIn(value)) {
        const isOver = age > (isWell ? waitMs : 2 * waitMs);
        if (!isOver) pending.set(key, isWell && age > 0 ? waitMs - age : waitMs);
      }
    } else if (type === 'before') {
      pending.delete(stepKey(record));
    }
  }
  return pending;
}

function runsWith(records: readonly JournalRecord[], type: JournalRecord['type']): ReadonlySet<string> {
  return new Set(records.flatMap((one) => (one.type === type ? [one.run] : [])));
}

/**
 * How long calls may be in flight to what callers left before the first run that the journal shows, in milliseconds: it does not show whether
 * one was killed just then. Undefined where that is too long ago. `now` is in milliseconds since the epoch.
 */
export function unknownDrain(
  records: readonly JournalRecord[],
  now: number,
  gateways: readonly GatewayKind[],
): number | undefined {
  const longest = longestDrain(gateways);
  const first = firstRun(records);
  const knownMs = first === undefined ? 0 : now - Date.parse(first.at);
  if (knownMs > longest) return undefined;
  return knownMs > 0 ? longest - knownMs : longest;
}

function firstRun(records: readonly JournalRecord[]): JournalRecord | undefined {
  return records.find(({ type }) => type === 'run');
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
  const first = firstRun(records);
  return records.filter((one) => {
    if (one === first) return true;
    const keys = waiting.get(one.run);
    if (keys === undefined) return false;
    if (one.type === 'before') return keys.has(stepKey(one)) || last.get(one.run) === one;
    return one.type === 'run' || one.type === 'failed' || last.get(one.run) === one;
  });
}

/** A journal is read from a file: what does not look like a wait is none. */
function drainsIn(value: Json | undefined): readonly (readonly [string, number])[] {
  if (typeof value !== 'object' || value === null || !('drains' in value)) return [];
  return Object.entries(value['drains'] ?? {}).filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
}
