import type { Evidence, Finding } from '../checks/finding.js';

/** How many hops are shown before and after the one that decides. */
const BEFORE = 2;
const AFTER = 1;

/** The hops of a walk, where the finding is about one. */
export function hopsOf({ evidence }: Pick<Finding, 'evidence'>): readonly Evidence[] {
  return evidence.filter(({ hop }) => hop !== undefined);
}

/** The hop that decided: the first that failed, else the first that nobody can judge. */
export function decidingHop(hops: readonly Evidence[]): number {
  const failed = hops.findIndex(({ verdict }) => verdict === 'fail');
  return failed >= 0 ? failed : hops.findIndex(({ verdict }) => verdict === 'unknown');
}

/** The deciding hop among its neighbours. */
export interface HopWindow {
  readonly hops: readonly Evidence[];
  /** Where the deciding one stands in `hops`; -1 where none does. */
  readonly deciding: number;
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** The hops around the one that decided. */
export function hopWindow(hops: readonly Evidence[]): HopWindow {
  const at = decidingHop(hops);
  const from = Math.max(0, at - BEFORE);
  const to = at < 0 ? BEFORE + AFTER : at + AFTER + 1;
  return {
    hops: hops.slice(from, to),
    deciding: at < 0 ? -1 : at - from,
    cutBefore: from > 0,
    cutAfter: to < hops.length,
  };
}
