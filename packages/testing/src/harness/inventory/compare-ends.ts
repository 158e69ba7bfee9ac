import { without, type Inventory } from './inventory.js';

/**
 * What differs between two shapes of resources; undefined where nothing does. `mayLack`: an edit deleted something. It may have
 * been what the spec does not declare any more, or get its present name where it is created again. Then no resource may be there
 * twice; what the spec declares is there, because the next plan is empty.
 */
export function differenceOf(
  own: readonly string[],
  expected: readonly string[],
  mayLack: boolean,
): string | undefined {
  if (own.join('\n') === expected.join('\n')) return undefined;

  const missing = expected.filter((line) => !own.includes(line));
  const extra = own.filter((line) => !expected.includes(line));
  if (mayLack && own.length <= expected.length) return undefined;

  return `missing: ${missing.join('; ')}; added: ${extra.join('; ')}; ${own.length} of ${expected.length}`;
}

/** What is expected outside of a lost region, and missing there. */
export function missingElsewhere(
  own: readonly string[],
  expected: readonly string[],
  lostRegion = '',
): string | undefined {
  const missing = expected.filter((line) => !line.startsWith(`${lostRegion} `) && !own.includes(line));
  return missing.length === 0 ? undefined : `missing in other regions: ${missing.join('; ')}`;
}

/** What is expected after a change by hand: without what the change removed, and the rest, except those IDs, as it left them. */
export function leftBy(before: Inventory, now: Inventory, expected: Inventory, ids: readonly string[]): Inventory {
  const kept = new Map([...expected].filter(([key]) => now.has(key) || !before.has(key)));
  return new Map([...kept, ...[...without(now, ids)].filter(([key]) => kept.has(key))]);
}
