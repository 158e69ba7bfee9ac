import type { Retirement } from '../model/traits.js';
import { successorOf } from '../model/successor.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';

/** Ends that prevent a new link. */
const NEEDED: ReadonlySet<Retirement['ends']> = new Set(['sale', 'service']);

/**
 * Why the cloud will refuse to create the link although nothing in the account prevents it: the provider no
 * longer sells, or no longer runs, the product. Undefined where it does. The text depends on the retirement
 * dates that have passed, not on how long ago, so that a plan made yesterday is the same today.
 */
export function retiredText(region: RegionSnapshot, name: string, takenAt: string): string | undefined {
  const over = (region.retirement ?? []).filter(
    ({ at, ends }) => NEEDED.has(ends) && Date.parse(at) <= Date.parse(takenAt),
  );
  if (over.length === 0) return undefined;
  const dates = over.map(({ at, what }) => `${what} as of ${at.slice(0, 10)}`).join(', ');
  const successor = successorOf(region.provider);
  const move =
    successor === undefined ? 'the product that the provider offers instead' : `${successor.name}: ${successor.page}`;
  return `${dates}, so this will be refused; write the ID of an existing link as links.${name}.id, or move to ${move}`;
}
