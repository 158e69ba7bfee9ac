import type { Simulation } from '@postern/simulator';
import type { Inventory } from '../inventory/inventory.js';
import type { InventoryRow } from '../inventory/row-of.js';
import type { RouteCall } from '../load-routes.js';
import { touchedBy } from '../moves/move-rows.js';

/**
 * Others delete something that a spec or a move needs, or move it elsewhere. Every command must come to its end after it. Returns
 * which calls are its own: they do not reach the backend any more.
 * @throws {Error} where what it deletes does not exist now, or the cloud refuses it
 */
export type Removal = (simulation: Simulation) => (call: RouteCall) => boolean;

/** What trials know of the removals that happened. */
export class Removals {
  readonly #known: Readonly<Record<string, Removal>>;
  readonly #taken: ((call: RouteCall) => boolean)[] = [];
  /** The keys of the rows that removals changed. */
  readonly keys = new Set<string>();
  /** Those of them that existed afterwards: they are others' now. */
  readonly rows = new Map<string, InventoryRow>();

  constructor(known: Readonly<Record<string, Removal>> = {}) {
    this.#known = known;
  }

  /** Whether any has happened. */
  get any(): boolean {
    return this.#taken.length > 0;
  }

  /** Whether the calls of a route are those of a removal. */
  readonly takes = (call: RouteCall): boolean => this.#taken.some((takes) => takes(call));

  /** Makes the removal of that name, where it is possible now. `inventory` is what exists. */
  make(name: string, simulation: Simulation, inventory: () => Inventory): void {
    const removal = this.#known[name];
    if (removal === undefined) return;

    const before = inventory();
    try {
      this.#taken.push(removal(simulation));
    } catch {
      return; // what it removes does not exist now
    }
    const after = inventory();
    for (const key of touchedBy(before, after)) {
      this.keys.add(key);
      const row = after.get(key);
      if (row !== undefined) this.rows.set(key, row);
    }
  }
}
