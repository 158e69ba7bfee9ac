/**
 * The order of a list. `set`: it has no meaning, the list is sorted. `head`: the first is special (a network's primary
 * block, an interface's primary address), the others are sorted. For lists of objects: the members for sorting.
 * A list without an order keeps its own, which has a meaning.
 */
export type Order = 'set' | 'head' | Items;

/** A list of objects, or one object. */
export interface Items {
  /** The members that distinguish them, the most significant first; undefined keeps their order. */
  readonly by: readonly string[] | undefined;
  /** The orders of the lists inside, by member. */
  readonly of: Readonly<Record<string, Order>>;
}
