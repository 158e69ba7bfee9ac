import type { Link } from '../model/link.js';
import type { LinkSpec } from '../model/spec.js';
import type { PlanTraits } from '../model/traits.js';
import { LINK_TRAITS } from './link/link-table.js';
import { createdLinkKind, declaredKind } from './link/link-traits.js';

/** The traits of links that a spec means in a region where it names no kind, for the planner. */
export function traitsOf(region: { readonly provider: string }): PlanTraits {
  return LINK_TRAITS[createdLinkKind(region)].plans;
}

/** The traits of a link that a spec declares, for the planner. */
export function traitsOfSpec(link: Pick<LinkSpec, 'kind' | 'provider'>): PlanTraits {
  return LINK_TRAITS[declaredKind(link)].plans;
}

/** The traits of an existing link, for the planner. */
export function traitsOfLink({ kind }: Pick<Link, 'kind'>): PlanTraits {
  return LINK_TRAITS[kind].plans;
}
