import type { Link } from '../model/link.js';
import type { PlanTraits } from '../model/traits.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { LINK_TRAITS } from './link/link-table.js';
import { createdLinkKind } from './link/link-traits.js';

/** The traits of links that are created in a region, for the planner. */
export function traitsOf(region: Pick<RegionSnapshot, 'provider'>): PlanTraits {
  return LINK_TRAITS[createdLinkKind(region)].plans;
}

/** The traits of an existing link, for the planner. */
export function traitsOfLink({ kind }: Pick<Link, 'kind'>): PlanTraits {
  return LINK_TRAITS[kind].plans;
}
