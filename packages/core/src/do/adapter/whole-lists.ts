import type { Gaps } from '../snapshot/gaps.js';
import type { SnapshotList } from '../snapshot/snapshot.js';

/** The lists of a region that `checks` of a scope asks for as a whole. An adapter returns an empty one where its cloud has none. */
export const NETWORK_LISTS = [
  'links',
  'networks',
  'subnets',
  'securityGroups',
  'interfaces',
  'routeTables',
  'networkAcls',
  'prefixLists',
  'peerings',
  'transitGateways',
  'virtualGateways',
  'zones',
] as const satisfies readonly SnapshotList[];

/** Those of the lists that were read to their end, for `RegionSnapshot.whole`: a list with a gap about all of it is none of them. */
export function wholeLists(lists: readonly SnapshotList[], { list }: Pick<Gaps, 'list'>): readonly SnapshotList[] {
  const lacking = new Set(list.flatMap(({ of, id }) => (id === undefined ? [of] : [])));
  return lists.filter((each) => !lacking.has(each));
}
