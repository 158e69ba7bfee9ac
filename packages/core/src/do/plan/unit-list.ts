import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { Step, Unit } from './plan.js';
import type { UnitPart } from './plan-part.js';
import type { UnitRef } from './unit-ref.js';

interface Entry {
  readonly unit: UnitRef;
  readonly region: RegionSnapshot;
  readonly steps: Step[];
  readonly dependsOn: Set<string>;
}

/** The units of some parts, in an order in which each follows what it awaits. One without steps is left out. */
export function unitsOf(parts: readonly UnitPart[]): readonly Unit[] {
  const entries = new Map<string, Entry>();
  for (const { unit, region, steps, dependsOn = [], first } of parts) {
    if (steps.length === 0) continue;
    const entry = entries.get(unit.id) ?? { unit, region, steps: [], dependsOn: new Set() };
    entries.set(unit.id, entry);
    if (first === true) entry.steps.unshift(...steps);
    else entry.steps.push(...steps);
    for (const other of dependsOn) if (other !== unit.id) entry.dependsOn.add(other);
  }
  return inOrder(entries);
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
