import type { Evidence, Finding } from '../../do/findings/finding.js';
import { grouped } from '../../ground/grouped.js';

/** How many hops are shown before the one that decides, and of a walk where none does. */
const BEFORE = 1;
const FIRST = 3;

/** The hops of a walk, where the finding is about one. */
export function hopsOf({ evidence }: Pick<Finding, 'evidence'>): readonly Evidence[] {
  return evidence.filter(({ hop }) => hop !== undefined);
}

/**
 * The hop that decided a verdict: the one that the params name, since a walk may continue after a stop; else
 * the first that has the verdict; -1 where none does.
 */
export function decidingHop(
  hops: readonly Evidence[],
  { verdict, params }: Pick<Finding, 'verdict' | 'params'>,
): number {
  if (verdict === 'pass') return -1;

  const named = hops.findIndex((one) => one.verdict === verdict && one.hop === params['hop']);
  return named < 0 ? hops.findIndex((one) => one.verdict === verdict) : named;
}

/** The deciding hop, and what comes just before it. */
export interface HopWindow {
  /** The last one is that which decided, where one did. */
  readonly hops: readonly Evidence[];
  readonly deciding: Evidence | undefined;
  readonly cutBefore: boolean;
}

/** The hops of a finding up to the one that decided its verdict. */
export function hopWindow(finding: Pick<Finding, 'evidence' | 'verdict' | 'params'>): HopWindow {
  const hops = hopsOf(finding);
  const at = decidingHop(hops, finding);
  if (at < 0) return { hops: hops.slice(0, FIRST), deciding: undefined, cutBefore: false };

  const from = Math.max(0, at - BEFORE);
  return { hops: hops.slice(from, at + 1), deciding: hops[at], cutBefore: from > 0 };
}

/** The findings of one integration, or of none. */
export interface Group<T = Finding> {
  /** `null`: about links of several integrations, or about none. */
  readonly integration: string | null;
  readonly findings: readonly T[];
}

/** Findings by integration, in order. */
export function groupsOf(findings: readonly Finding[]): readonly Group[] {
  return groupsBy(findings, ({ integration }) => integration);
}

/** Groups items about findings by their integration, in order. */
export function groupsBy<T>(things: readonly T[], integrationOf: (thing: T) => string | null): readonly Group<T>[] {
  return [...grouped(things, integrationOf)].map(([integration, findings]) => ({ integration, findings }));
}
