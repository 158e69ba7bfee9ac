import type { Allowlist } from '../model/allowlist.js';
import type { Link } from '../model/link.js';
import type { LinkSpec } from '../spec.js';

/** On a link that may not be deleted; it outlives the link's place in the spec. */
export const PROTECT_TAG = 'postern:protect';

/**
 * Best first: links that carry calls, then links that will, then the rest; of equals the oldest, so that two
 * runs make the same choice.
 */
export function byUse(a: Link, b: Link): number {
  const rank = ['ready', 'inactive', 'pending', 'unknown', 'failed', 'deleting'];
  const age = (link: Link): string => `${link.createdAt ?? ''} ${link.id}`;
  return rank.indexOf(a.state) - rank.indexOf(b.state) || (age(a) < age(b) ? -1 : 1);
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
