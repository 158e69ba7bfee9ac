import type { Allowlist } from '../model/allowlist.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';

const known = new WeakMap<RegionSnapshot['allowlists'], ReadonlyMap<string, Allowlist>>();

/** The allowlist of a link, by hash. */
export function allowlistOf({ allowlists }: Pick<RegionSnapshot, 'allowlists'>, linkId: string): Allowlist | undefined {
  const byLink = known.get(allowlists) ?? new Map(allowlists.map((list) => [list.linkId, list]));
  known.set(allowlists, byLink);
  return byLink.get(linkId);
}
