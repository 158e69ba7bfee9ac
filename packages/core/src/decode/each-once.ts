import { list, type AnyForm, type Form } from '../forms/form.js';

/**
 * A list whose members have distinct IDs. Of two entries with one ID it cannot be determined which applies,
 * and a lookup would silently return the later one. The error names the path of the second entry and the ID.
 * @param further members that distinguish entries with one ID
 */
export function eachOnce<Key extends string, T extends { readonly [K in Key]: string }>(
  item: Form<T>,
  key: Key,
  further: readonly (keyof T)[] = [],
): Form<readonly T[]> {
  const all = list(item);
  return {
    ...all,
    check: (given, walk) => {
      all.check(given, walk);
      if (!Array.isArray(given) || walk.issues.length > 0) return;
      const second = secondOf(given as readonly T[], key, further);
      if (second < 0) return;
      const twice: AnyForm = {
        check: (id) => walk.add(`${JSON.stringify(id)} is in this list twice`),
        schema: {},
      };
      walk.into(second, { check: (entry) => walk.into(key, twice, (entry as T)[key]), schema: {} }, given[second]);
    },
  };
}

/**
 * The index of the first entry whose key occurred before, or -1. Usually one pass is enough, because files
 * that Postern writes are sorted.
 */
function secondOf<Key extends string, T extends { readonly [K in Key]: string }>(
  items: readonly T[],
  key: Key,
  further: readonly (keyof T)[],
): number {
  if (isAscending(items, key)) return -1;
  const named = (item: T): string =>
    further.length === 0 ? item[key] : JSON.stringify([item[key], ...further.map((one) => item[one])]);
  const seen = new Set<string>();
  for (const item of items) seen.add(named(item));
  if (seen.size === items.length) return -1;
  seen.clear();
  return items.findIndex((item) => seen.size === seen.add(named(item)).size);
}

function isAscending<Key extends string>(items: readonly { readonly [K in Key]: string }[], key: Key): boolean {
  for (let at = 1; at < items.length; at += 1) {
    if ((items[at - 1]?.[key] ?? '') >= (items[at]?.[key] ?? '')) return false;
  }
  return true;
}
