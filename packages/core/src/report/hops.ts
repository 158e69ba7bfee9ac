import type { Evidence, Finding, Verdict } from '../checks/finding.js';

/** How many hops are shown before and after the one that decides. */
const BEFORE = 2;
const AFTER = 1;

/** The hops of a walk, where the finding is about one. */
export function hopsOf({ evidence }: Pick<Finding, 'evidence'>): readonly Evidence[] {
  return evidence.filter(({ hop }) => hop !== undefined);
}

/** The hop that decided a verdict: the first that has it; -1 where none does. */
function decidingHop(hops: readonly Evidence[], verdict: Verdict): number {
  return verdict === 'pass' ? -1 : hops.findIndex((hop) => hop.verdict === verdict);
}

/** The deciding hop among its neighbours. */
export interface HopWindow {
  readonly hops: readonly Evidence[];
  /** Where the deciding one stands in `hops`; -1 where none does. */
  readonly deciding: number;
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** The hops of a finding around the one that decided its verdict. */
export function hopWindow(finding: Pick<Finding, 'evidence' | 'verdict'>): HopWindow {
  const hops = hopsOf(finding);
  const at = decidingHop(hops, finding.verdict);
  const from = Math.max(0, at - BEFORE);
  const to = at < 0 ? BEFORE + AFTER : at + AFTER + 1;
  return {
    hops: hops.slice(from, to),
    deciding: at < 0 ? -1 : at - from,
    cutBefore: from > 0,
    cutAfter: to < hops.length,
  };
}
