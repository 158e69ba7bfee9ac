import { usdText } from '../../ground/text/quantities.js';
import type { Fit, Reason } from '../advice.js';

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

/** One criterion: the lower number goes first. `text` says why, of the winner over the other. */
interface Criterion {
  readonly value: (one: Ranked) => number;
  readonly text: (one: Ranked, other: Ranked) => string;
}

const FITS: Readonly<Record<Fit, number>> = { yes: 0, unknown: 1, no: 2 };

const FIT: Criterion = {
  value: ({ fits }) => FITS[fits],
  text: ({ fits }, other) =>
    fits === 'unknown'
      ? `whether it fits is unknown, and "${other.title}" does not fit`
      : other.fits === 'no'
        ? `it fits, and "${other.title}" does not`
        : `it fits, and whether "${other.title}" fits is unknown`,
};
const LACKS: Criterion = {
  value: ({ lacks }) => lacks,
  text: (_, other) => `it lacks less than ${other.title}`,
};
const AGAINST: Criterion = {
  value: ({ against }) => against,
  text: ({ against }, other) => `fewer facts are open (${against}, not ${other.against}) than with ${other.title}`,
};
const APART: Criterion = {
  value: ({ apart }) => Number(!apart),
  text: (_, other) => `its teams deploy independently, those of ${other.title} do not`,
};
const HOPS: Criterion = {
  value: ({ hops }) => hops,
  text: ({ hops }, other) => `a call passes fewer hops (${hops}, not ${other.hops}) than with ${other.title}`,
};
const COST: Criterion = {
  value: ({ monthlyUsd, leastUsd }) => monthlyUsd ?? leastUsd,
  text: (one, other) => `it costs less (${usd(one)}) than ${other.title} (${usd(other)})`,
};
const CALLS: Criterion = {
  value: ({ callUsd }) => callUsd,
  text: ({ callUsd }, other) =>
    `a million calls costs less (USD ${callUsd}) than with ${other.title} (${other.callUsd})`,
};
const RADIUS: Criterion = {
  value: ({ radius }) => radius,
  text: ({ radius }, other) => `a fault stops fewer services (${radius}, not ${other.radius}) than with ${other.title}`,
};

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
): readonly (T & { readonly why: Reason })[] {
  const order = criteria(latencyMs);
  const compare = (a: Ranked, b: Ranked): number => {
    for (const { value } of order) if (value(a) !== value(b)) return value(a) - value(b);
    return 0;
  };
  const sorted = options.toSorted(compare);
  return sorted.map((one, at) => ({
    ...one,
    why: { code: 'RANK', message: whyText(one, sorted[at + 1], at + 1, order) },
  }));
}

function whyText(one: Ranked, next: Ranked | undefined, rank: number, order: readonly Criterion[]): string {
  if (one.fits === 'no') return `Rank ${rank}: it does not fit.`;
  if (next === undefined) return `Rank ${rank}: it is the only option that is left.`;
  const first = order.find(({ value }) => value(one) !== value(next));
  return first === undefined
    ? `Rank ${rank}: equal to ${next.title} in all that is compared.`
    : `Rank ${rank}: ${first.text(one, next)}.`;
}

function usd({ monthlyUsd, leastUsd }: Ranked): string {
  return monthlyUsd === undefined ? `at least USD ${usdText(leastUsd)}` : `USD ${usdText(monthlyUsd)}`;
}
