import { contains, highest, type Prefix } from './prefix.js';

/**
 * The relation of one block to another. Blocks nest or are disjoint, so two never overlap partly:
 * ```
 * equals    ├────┤      contains  ├────────┤     within      ├──┤      adjacent  ├──┤         disjoint  ├──┤
 *           ├────┤                  ├──┤                 ├────────┤                  ├──┤                    ├──┤
 * ```
 */
export type PrefixRelation = 'equals' | 'contains' | 'within' | 'adjacent' | 'disjoint';

/** The relation of `a` to `b`: `relation(10.0.0.0/8, 10.1.0.0/16)` is `contains`. */
export function relation(a: Prefix, b: Prefix): PrefixRelation {
  if (contains(a, b)) return a.bits === b.bits ? 'equals' : 'contains';
  if (contains(b, a)) return 'within';
  if (a.address.family !== b.address.family) return 'disjoint';
  const touch = highest(a).value + 1n === b.address.value || highest(b).value + 1n === a.address.value;
  return touch ? 'adjacent' : 'disjoint';
}

/** Sorts IPv4 before IPv6, then by lowest address, then larger blocks first: for `Array.sort`. */
export function comparePrefixes(a: Prefix, b: Prefix): number {
  if (a.address.family !== b.address.family) return a.address.family - b.address.family;
  if (a.address.value !== b.address.value) return a.address.value < b.address.value ? -1 : 1;
  return a.bits - b.bits;
}
