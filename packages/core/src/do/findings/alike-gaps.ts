import type { ReportGap } from './finding.js';
import type { Gap } from '../snapshot/snapshot.js';
import { differingSpan } from '../../ground/text/display.js';
import { similarText } from '../../ground/text/similar-text.js';

/** A gap, with its region where it is reported beside others. */
export type PlacedGap = Gap & Partial<Pick<ReportGap, 'provider' | 'region' | 'account'>>;

/** An id, a number, an address, an ARN. */
const FACT = /\d|[^-]-[^-]|[^ ][./_][^ ]/;

/**
 * Gaps as the text report shows them. A call that is repeated for many resources and refused each time leaves a gap
 * for each. The gaps that one operation leaves for one reason, and that differ in names and IDs only, become one
 * entry: `health of the targets of tg-1, likewise tg-2, tg-3 and 7 more`. So do the gaps that one refused call leaves
 * in several lists. The order is that of the first gap of each entry. JSON reports contain all gaps.
 */
export function alikeGaps<T extends PlacedGap>(gaps: readonly T[]): readonly T[] {
  const entries = new Map<
    string,
    { readonly first: T; readonly words: readonly string[]; readonly others: Set<string> }
  >();
  for (const gap of gaps) {
    const { provider, region, account, operation, code, permission } = gap;
    const words = gap.what.split(' ');
    const rest = words.map((word) => (names(word, gap) ? '' : word)).join(' ');
    const key = JSON.stringify([provider, region, account, operation, code, permission, rest]);
    const known = entries.get(key);
    if (known === undefined) entries.set(key, { first: gap, words, others: new Set() });
    else if (gap.what !== known.first.what) known.others.add(differingSpan(known.words, words));
  }
  return [...entries.values()].map(({ first, others }) =>
    others.size === 0 ? first : { ...first, what: `${first.what}, ${similarText([...others])}` },
  );
}

/** Whether a word is a name: the ID of what could not be read, or a word in the form of one. */
function names(word: string, { id }: Gap): boolean {
  return FACT.test(word) || (id !== undefined && id !== '' && word.includes(id));
}
