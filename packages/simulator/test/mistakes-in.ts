import type { Mistake } from './mutated.js';

/** What a mistake is, the text that it replaces, and by what. */
type Row = readonly [what: string, from: string, to: string];

/** Mistakes of one file; with an object, also of one cloud or entry. */
export function mistakesIn<const M extends { readonly file: string }>(
  of: M | string,
  rows: readonly Row[],
): readonly (M & Mistake & { readonly what: string })[] {
  const shared = typeof of === 'string' ? ({ file: of } as unknown as M) : of;
  return rows.map(([what, from, to]) => ({ ...shared, what, from, to }));
}
