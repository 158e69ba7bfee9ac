import type { Simulation } from '@postern/simulator';
import type { Inventory } from '../inventory/inventory.js';
import type { LocalRow } from '../inventory/row-of.js';
import type { Place } from '../places.js';
import { alibabaMoveRows } from './alibaba-move-rows.js';
import { awsMoveRows } from './aws-move-rows.js';

/** What moves may change, as the cloud's own operations show it. Each rule, block and method is a row of its own. */
export function moveInventory(simulation: Simulation, { provider, region }: Place): Inventory {
  const rows: readonly LocalRow[] =
    provider === 'aws' ? awsMoveRows(simulation, region) : alibabaMoveRows(simulation, region);
  return new Map(rows.map((row) => [`${row.type} ${row.id}`, { ...row, region }]));
}
