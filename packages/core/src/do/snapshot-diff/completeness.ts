import { resourceEntries } from '../snapshot/resources/resources.js';
import type { Gap, RegionSnapshot, Snapshot, SnapshotList } from '../snapshot/snapshot.js';

/** How sure it is that what a list lacks is not there. */
export type Completeness =
  | { readonly is: 'whole' }
  /** It was to be read and could not be; or it was not read at all. */
  | { readonly is: 'unread'; readonly gap: Gap | undefined }
  /** It contains what was in scope. */
  | { readonly is: 'partial' };

/** Lists that hold all there is where every gateway was read. */
const WITH_ALL: ReadonlySet<SnapshotList> = new Set(
  resourceEntries().flatMap(([name, { wholeWithGateways }]) => (wholeWithGateways ? [name] : [])),
);

/** Whether a list would hold an item if it were there. */
export function completeness(snapshot: Snapshot, region: RegionSnapshot, list: SnapshotList, id: string): Completeness {
  const gap = region.gaps.find((one) => (one.of ?? list) === list && (one.id ?? id) === id);
  if (gap !== undefined || region[list] === undefined) return { is: 'unread', gap };
  const isWhole = region.whole?.includes(list) === true || (snapshot.scope === 'all' && WITH_ALL.has(list));
  return { is: isWhole ? 'whole' : 'partial' };
}

/** `DescribeSubnets answered PERMISSION_DENIED; allow ec2:DescribeSubnets`. */
export function gapText({ operation, code, permission }: Gap): string {
  return `${operation} returned ${code}${permission === undefined ? '' : `; allow ${permission}`}`;
}
