import type { Simulation } from '../src/index.js';

/**
 * Changes rows that no call can change, as a loaded world can have them: every row that has the value under the key.
 */
export function patchRow(sim: Pick<Simulation, 'world' | 'load'>, key: string, value: string, changes: object): void {
  const copy = structuredClone(sim.world()) as unknown;
  let found = 0;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ((node as Record<string, unknown>)[key] === value) {
      Object.assign(node, changes);
      found += 1;
    }
    Object.values(node).forEach(visit);
  };
  visit(copy);
  if (found === 0) throw new Error(`No row has ${key} ${value}.`);
  sim.load(copy);
}
