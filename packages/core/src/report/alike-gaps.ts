import type { ReportGap } from '../findings/finding.js';
import type { Gap } from '../snapshot/snapshot.js';
import { differingSpan } from './differing-span.js';
import { likewiseText } from './likewise.js';

/** A gap, with its place where it is told beside others. */
type PlacedGap = Gap & Partial<Pick<ReportGap, 'provider' | 'region' | 'account'>>;

/** An id, a number, an address, an ARN. */
const FACT = /\d|[^-]-[^-]|[^ ][./_][^ ]/;

/**
 * Gaps as people are told of them. A call that is made for each of many things and refused each time leaves a gap for each: what one operation
 * leaves for one reason and differs in names and ids only is one entry, `health of the targets of tg-1, likewise tg-2, tg-3 and 7 more`. So is what
 * one refused call leaves in several lists. The order is that of the first of each; JSON reports have them all.
 */
export function alikeGaps<T extends PlacedGap>(gaps: readonly T[]): readonly T[] {
  const told = new Map<
    string,
    { readonly first: T; readonly words: readonly string[]; readonly others: Set<string> }
  >();
  for (const gap of gaps) {
    const { provider, region, account, operation, code, permission } = gap;
    const words = gap.what.split(' ');
    const rest = words.map((word) => (names(word, gap) ? '' : word)).join(' ');
    const key = JSON.stringify([provider, region, account, operation, code, permission, rest]);
    const known = told.get(key);
    if (known === undefined) told.set(key, { first: gap, words, others: new Set() });
    else if (gap.what !== known.first.what) known.others.add(differingSpan(known.words, words));
  }
  return [...told.values()].map(({ first, others }) =>
    others.size === 0 ? first : { ...first, what: `${first.what}, ${likewiseText([...others])}` },
  );
}

/** Whether a word is a name: the id of what could not be read, or what looks like one. */
function names(word: string, { id }: Gap): boolean {
  return FACT.test(word) || (id !== undefined && id !== '' && word.includes(id));
}
