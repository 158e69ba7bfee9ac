import { linkTraits } from '../kinds/cloud/link-kinds.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import type { Link } from '../model/link.js';
import type { LinkSpec } from '../spec.js';
import type { LinkView, Missing, RegionIndex } from './views.js';
import type { Allowlist } from '../model/allowlist.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';

/** Whether a plan would create the link: it is declared with what it is created from, and certainly does not exist yet. */
export function isNew(view: LinkView): boolean {
  return view.unseen === undefined && mayBeNew(view);
}

/**
 * Whether a plan would create the link, as far as it is known: it is declared with what it is created from, and was not
 * found.
 */
export function mayBeNew({ link, spec, region }: LinkView): boolean {
  return (
    link === undefined &&
    spec.id === undefined &&
    spec.owner !== 'external' &&
    createdFrom(spec, region.clouds) !== undefined
  );
}

/** What the spec writes to create the link from; undefined: nothing. */
export function createdFrom(spec: LinkSpec, clouds: Clouds): LinkSpec['subnets'] | LinkSpec['loadBalancer'] {
  return spec[linkTraits(clouds, spec).createdFrom];
}

/**
 * Whether the link has interfaces in subnets of its own: a V1 link uses a load balancer, a conventional
 * instance has none.
 */
export function standsInSubnets(link: LinkView): boolean {
  return link.traits.callsFrom === 'subnets';
}

/**
 * Why names of the spec's subnets or groups could not be looked up; undefined where all were, or some
 * certainly do not exist.
 */
export function unreadOf({ unread }: LinkView, list: 'subnets' | 'securityGroups'): Missing | undefined {
  return unread?.[list];
}

/** Why it cannot be determined whether the link exists; undefined where it was found, or certainly does not exist. */
export function unseen({ unseen: missing }: LinkView): Missing | undefined {
  return missing;
}

/**
 * Whether the spec names something for a link that certainly does not exist, so that no plan can create the link. Until that is
 * corrected, what the link would be like is not known.
 */
export function isMisnamed({ link, unresolved }: LinkView): boolean {
  return link === undefined && unresolved?.verdict === 'fail';
}

/** `link eu (vlink-1)`, or that it would be created, or that it is unknown whether it exists. */
export function linkText({ name, link, unseen: missing }: LinkView): string {
  if (link !== undefined) return `link ${name} (${link.id})`;

  return missing === undefined ? `link ${name} (not created yet)` : `link ${name} (cannot determine whether it exists)`;
}

/** On a link that may not be deleted; it outlives the link's place in the spec. */
export const PROTECT_TAG = 'postern:protect';

/**
 * Best first: links that carry calls, then links that will, then the rest; of equals the oldest, so that two
 * runs make the same choice.
 */
export function byUse(a: Link, b: Link): number {
  return BY_USE.indexOf(a.state) - BY_USE.indexOf(b.state) || (isOlder(a, b) ? -1 : 1);
}

const BY_USE: readonly Link['state'][] = ['ready', 'inactive', 'pending', 'unknown', 'failed', 'deleting'];

/**
 * The oldest first, of those that failed last. So the first of links that were created for one purpose by several runs at once is the same
 * one at any time, whichever becomes ready first.
 */
export function byAge(a: Link, b: Link): number {
  const isOver = ({ state }: Link): number => (state === 'failed' || state === 'deleting' ? 1 : 0);
  return isOver(a) - isOver(b) || (isOlder(a, b) ? -1 : 1);
}

/** Of equally old ones that whose ID sorts first is the older. */
function isOlder(a: Link, b: Link): boolean {
  const age = ({ createdAt = '', id }: Link): string => `${createdAt} ${id}`;
  return age(a) < age(b);
}

/** The link's groups without the managed group that holds its allowlist. */
export function withoutOwn(link: Link, allowlist: Allowlist | undefined): readonly string[] {
  return link.securityGroupIds.filter((id) => allowlist?.owned !== true || id !== allowlist.securityGroupId);
}

/** A link's state as text: `failed (FAILED): no free address`. */
export function stateText({ state, nativeState, reason }: Link): string {
  const word = nativeState.toLowerCase() === state ? state : `${state} (${nativeState})`;
  return reason === undefined || reason === '' || state === 'ready' ? word : `${word}: ${reason}`;
}

/** The tags that the spec declares for a link, besides the marks. */
export function declaredTags({ spec: { tags, protect } }: { readonly spec: LinkSpec }): Record<string, string> {
  return { ...tags, ...(protect === true ? { [PROTECT_TAG]: 'true' } : {}) };
}

/** The allowlist of a link, by hash. */
export function allowlistOf(index: RegionIndex, linkId: string): Allowlist | undefined {
  return index.derived('allowlists by link', byLink).get(linkId);
}

function byLink({ region }: RegionIndex): ReadonlyMap<string, Allowlist> {
  return new Map(region.allowlists.map((list) => [list.linkId, list]));
}

/** The allowlist of a link in a region that is not indexed. */
export function findAllowlist(
  { allowlists }: Pick<RegionSnapshot, 'allowlists'>,
  linkId: string,
): Allowlist | undefined {
  return allowlists.findLast((list) => list.linkId === linkId);
}
