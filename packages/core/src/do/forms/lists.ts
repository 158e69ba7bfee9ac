import { list, type AnyForm, type Form } from './form.js';
import { MAX_JSON_DEPTH } from '../../ground/json.js';

/** A list without an order: it is sorted. */
export function set(item: Form<string>): Form<readonly string[]> {
  return { ...list(item), order: 'set' };
}

/** A list of which the first is special; the others are sorted. */
export function head(item: Form<string>): Form<readonly string[]> {
  return { ...list(item), order: 'head' };
}

/**
 * A list of objects without an order: it is sorted by these members, the most significant first.
 * @param options `once`: the members that distinguish an entry. Of two entries with one ID it cannot be determined which
 *   applies, and a lookup would silently return the later one, so both are refused. The error names the path of the
 *   second entry, and the first of these members.
 */
export function sorted<T extends object>(
  item: Form<T>,
  by: readonly (keyof T & string)[],
  { once }: { readonly once?: readonly (keyof T & string)[] | undefined } = {},
): Form<readonly T[]> {
  const all = list(item);
  const order = { by, of: typeof item.order === 'object' ? item.order.of : {} };
  if (once === undefined) return { ...all, order };

  return {
    ...all,
    order,
    check: (given, walk) => {
      all.check(given, walk);
      if (!Array.isArray(given) || walk.issues.length > 0) return;

      const second = secondOf(given as readonly T[], once);
      if (second < 0) return;

      const [key] = once as readonly [keyof T & string];
      const twice: AnyForm = { check: (id) => walk.add(`${JSON.stringify(id)} is in this list twice`), schema: {} };
      walk.into(second, { check: (entry) => walk.into(key, twice, (entry as T)[key]), schema: {} }, given[second]);
    },
  };
}

/** A list whose members have distinct IDs, sorted by them. */
export function eachOnce<T extends object>(item: Form<T>, key: keyof T & string): Form<readonly T[]> {
  return sorted(item, [key], { once: [key] });
}

/**
 * The index of the first entry that occurred before, or -1. Usually one pass is enough, because files that Postern
 * writes are sorted.
 */
function secondOf<T>(items: readonly T[], once: readonly (keyof T)[]): number {
  const [key] = once as readonly [keyof T];
  if (isAscending(items, key)) return -1;

  const named = (item: T): unknown => (once.length === 1 ? item[key] : JSON.stringify(once.map((one) => item[one])));
  const seen = new Set<unknown>();
  for (const item of items) seen.add(named(item));
  if (seen.size === items.length) return -1;

  seen.clear();
  return items.findIndex((item) => seen.size === seen.add(named(item)).size);
}

function isAscending<T>(items: readonly T[], key: keyof T): boolean {
  return items.every((item, at) => at === 0 || (items[at - 1]?.[key] ?? '') < (item[key] ?? ''));
}

/**
 * The number of members of all objects in a value; negative where its text needs a closer look: for a member that is named
 * `__proto__`, a number that may not be the written one, or more than {@link MAX_JSON_DEPTH} levels.
 */
export function membersOf(value: unknown, depth = 0): number {
  if (typeof value === 'number') return isDoubtful(value) ? Number.NEGATIVE_INFINITY : 0;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === MAX_JSON_DEPTH) return Number.NEGATIVE_INFINITY;

  let found = 0;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item !== 'string') found += membersOf(item, depth + 1);
    }
    return found;
  }

  for (const key in value) {
    if (key === '__proto__') return Number.NEGATIVE_INFINITY;

    found += 1;
    const member = (value as Record<string, unknown>)[key];
    if (typeof member !== 'string') found += membersOf(member, depth + 1);
  }
  return found;
}

/** Whether the text may have had another number: this is -0, infinite, or an integer that doubles do not hold one by one. */
export function isDoubtful(value: number): boolean {
  return Number.isInteger(value) ? !Number.isSafeInteger(value) || Object.is(value, -0) : !Number.isFinite(value);
}
