import type { Link } from '../model/link.js';
import type { PlanTraits } from '../model/traits.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { createdKind, rulesOf } from './link/index.js';

/** Of a cloud or a kind that is not known: links are free, and an allowlist is a security group. */
const DEFAULTS: PlanTraits = {
  linksCostMoney: false,
  targetsAreResources: false,
  allowlistNeedsCreation: true,
  allowlistHasPorts: true,
};

/** The traits of links that are created in a region, for the planner. */
export function traitsOf({ provider }: Pick<RegionSnapshot, 'provider'>): PlanTraits {
  return createdKind(provider)?.traits ?? DEFAULTS;
}

/** The traits of an existing link, for the planner. */
export function traitsOfLink({ kind }: Pick<Link, 'kind'>): PlanTraits {
  return rulesOf(kind)?.traits ?? DEFAULTS;
}
