import type { Retirement } from '../model/traits.js';
import { successorOf } from '../model/successor.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';

/** What is over that a new link would need. */
const NEEDED: ReadonlySet<Retirement['ends']> = new Set(['sale', 'service']);

/**
 * Why making the link will be refused although nothing in the account stands in its way: the provider sells, or runs, the product no
 * more. Undefined where it does. It depends on the days that have come and not on how long ago, so that a plan of yesterday is one of today.
 */
export function retiredText(region: RegionSnapshot, name: string, takenAt: string): string | undefined {
  const over = (region.retirement ?? []).filter(
    ({ at, ends }) => NEEDED.has(ends) && Date.parse(at) <= Date.parse(takenAt),
  );
  if (over.length === 0) return undefined;
  const dates = over.map(({ at, what }) => `${what} as of ${at.slice(0, 10)}`).join(', ');
  const successor = successorOf(region.provider);
  const move = successor === undefined ? 'what the provider offers instead' : `${successor.name}: ${successor.page}`;
  return `${dates}, so this will be refused; write a link that exists under links.${name}.id, or move to ${move}`;
}
