import type { Allowlist } from '../model/allowlist.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { RegionIndex } from './views.js';

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
