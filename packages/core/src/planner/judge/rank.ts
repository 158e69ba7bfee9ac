import { usdText } from '../../ground/text/quantities.js';
import type { Fit } from '../advice.js';
import { rankedBy, type JudgedReason } from './reasons.js';

/** What options are compared by. */
export interface Ranked {
  readonly title: string;
  readonly fits: Fit;
  /** How many reasons speak against it, or leave it open. */
  readonly against: number;
  /** How much it lacks that no quota and no budget changes. */
  readonly lacks: number;
  /** Whether teams deploy apart. */
  readonly apart: boolean;
  readonly hops: number;
  readonly monthlyUsd: number | undefined;
  readonly leastUsd: number;
  /** The price of a million calls; 0 where calls have none. */
  readonly callUsd: number;
  /** Services that one fault stops. */
  readonly radius: number;
}

/** One criterion: the lower number goes first. */
interface Criterion {
  readonly value: (one: Ranked) => number;
  /** Its text, and what that shows of both options, where that is not the number. */
  readonly by: string | ((one: Ranked, other: Ranked) => string);
  readonly shown?: ((one: Ranked) => string) | undefined;
}

const FITS: Readonly<Record<Fit, number>> = { yes: 0, unknown: 1, no: 2 };

const FIT: Criterion = {
  value: ({ fits }) => FITS[fits],
  by: ({ fits }, other) => (fits === 'unknown' ? 'unknown' : other.fits === 'no' ? 'fits' : 'known'),
};
const LACKS: Criterion = { by: 'lacks', value: ({ lacks }) => lacks };
const AGAINST: Criterion = { by: 'against', value: ({ against }) => against };
const APART: Criterion = { by: 'apart', value: ({ apart }) => Number(!apart) };
const HOPS: Criterion = { by: 'hops', value: ({ hops }) => hops };
const COST: Criterion = { by: 'cost', value: ({ monthlyUsd, leastUsd }) => monthlyUsd ?? leastUsd, shown: usd };
const CALLS: Criterion = { by: 'calls', value: ({ callUsd }) => callUsd };
const RADIUS: Criterion = { by: 'radius', value: ({ radius }) => radius };

/** In this order. A needed latency makes hops count before cost. */
function criteria(latencyMs: number | undefined): readonly Criterion[] {
  return latencyMs === undefined
    ? [FIT, LACKS, AGAINST, APART, COST, CALLS, HOPS, RADIUS]
    : [FIT, LACKS, AGAINST, APART, HOPS, COST, CALLS, RADIUS];
}

/** Options in their order, best first; equals keep the order of the table. Each with one sentence that says why. */
export function ranked<T extends Ranked>(
  options: readonly T[],
  latencyMs: number | undefined,
): readonly (T & { readonly why: JudgedReason })[] {
  const order = criteria(latencyMs);
  const compare = (a: Ranked, b: Ranked): number => {
    for (const { value } of order) if (value(a) !== value(b)) return value(a) - value(b);
    return 0;
  };
  const sorted = options.toSorted(compare);
  return sorted.map((one, at) => ({ ...one, why: whyOf(one, sorted[at + 1], at + 1, order) }));
}

function whyOf(one: Ranked, next: Ranked | undefined, rank: number, order: readonly Criterion[]): JudgedReason {
  const alone = { rank, other: next?.title, own: undefined, others: undefined };
  if (one.fits === 'no') return rankedBy.RANK({ ...alone, by: 'unfit' });
  if (next === undefined) return rankedBy.RANK({ ...alone, by: 'last' });

  const first = order.find(({ value }) => value(one) !== value(next));
  if (first === undefined) return rankedBy.RANK({ ...alone, by: 'nothing' });

  const { by, value, shown = value } = first;
  return rankedBy.RANK({
    ...alone,
    by: typeof by === 'string' ? by : by(one, next),
    own: shown(one),
    others: shown(next),
  });
}

function usd({ monthlyUsd, leastUsd }: Ranked): string {
  return monthlyUsd === undefined ? `at least USD ${usdText(leastUsd)}` : `USD ${usdText(monthlyUsd)}`;
}
