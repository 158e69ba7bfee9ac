import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { Step, Unit } from './plan.js';
import type { UnitRef } from './unit-ref.js';

/** The units of a plan that is being written; one without steps is never in it. */
export interface UnitList {
  /** Adds steps to a unit, and the IDs of those that it awaits. */
  readonly add: (unit: UnitRef, region: RegionSnapshot, steps: readonly Step[], dependsOn?: readonly string[]) => void;
  /** Adds steps before the others of their unit. */
  readonly addFirst: (unit: UnitRef, region: RegionSnapshot, steps: readonly Step[]) => void;
  /** Whether there is such a step. */
  readonly has: (is: (step: Step) => boolean) => boolean;
  /** The units with steps, in an order in which each follows what it awaits. */
  readonly units: () => readonly Unit[];
}

interface Entry {
  readonly unit: UnitRef;
  readonly region: RegionSnapshot;
  readonly steps: Step[];
  readonly dependsOn: Set<string>;
}

/** An empty list of units. */
export function unitList(): UnitList {
  const entries = new Map<string, Entry>();
  const entryOf = (unit: UnitRef, region: RegionSnapshot): Entry => {
    const entry = entries.get(unit.id) ?? { unit, region, steps: [], dependsOn: new Set() };
    entries.set(unit.id, entry);
    return entry;
  };
  return {
    add(unit, region, steps, dependsOn = []) {
      if (steps.length === 0) return;
      const entry = entryOf(unit, region);
      entry.steps.push(...steps);
      for (const other of dependsOn) if (other !== unit.id) entry.dependsOn.add(other);
    },
    addFirst(unit, region, steps) {
      if (steps.length > 0) entryOf(unit, region).steps.unshift(...steps);
    },
    has: (is) => [...entries.values()].some(({ steps }) => steps.some(is)),
    units: () => inOrder(entries),
  };
}

/** Depth first, in the order in which units were added; what is awaited but has no steps is nothing to wait for. */
function inOrder(entries: ReadonlyMap<string, Entry>): readonly Unit[] {
  const done = new Map<string, Unit>();
  const visit = (id: string, path: readonly string[]): void => {
    const entry = entries.get(id);
    // Links await integrations only for deletion, integrations await links only for creation: a circle is a defect.
    if (path.includes(id)) throw new Error(`units await each other: ${[...path, id].join(' → ')}`);
    if (entry === undefined || done.has(id)) return;
    const dependsOn = [...entry.dependsOn].filter((other) => entries.has(other)).toSorted();
    for (const other of dependsOn) visit(other, [...path, id]);
    const { provider, product, region, account } = entry.region;
    const service = { provider, ...(product === undefined ? {} : { product }), region };
    done.set(id, { ...entry.unit, ...service, account, dependsOn, steps: entry.steps });
  };
  for (const id of entries.keys()) visit(id, []);
  return [...done.values()];
}
