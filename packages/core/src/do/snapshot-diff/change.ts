import type { AnyForm } from '../forms/form.js';
import type { SnapshotList, Gap, RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { resourceEntries, type ResourceList } from '../snapshot/resources/resources.js';
import type { Members, Resource } from '../snapshot/resources/resource.js';

/** One difference between two snapshots. */
export interface SnapshotChange {
  /**
   * `unread`: one of the snapshots may be incomplete, so that a change cannot be determined; `gap`: the
   * unread parts differ.
   */
  readonly kind: 'added' | 'removed' | 'changed' | 'unread' | 'gap';
  /** Whether it may change which calls arrive. */
  readonly paths: boolean;
  readonly provider: string;
  readonly region: string;
  readonly account: string;
  readonly list?: SnapshotList | undefined;
  readonly id?: string | undefined;
  /** The changed resource: `security group sg-1 (web)`. */
  readonly subject: string;
  /** The changes, a clause each: `rule out tcp 443 to 10.0.0.0/8 removed`. */
  readonly details: readonly string[];
}

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

/** A list of a region, and how its items are described. */
export interface Kind extends Resource<unknown, string, boolean> {
  readonly list: ResourceList;
  /** The forms of the members of its items. */
  readonly members: AnyForm['members'];
}

/** Every list of a region, those that decide about paths first. */
export const KINDS: readonly Kind[] = resourceEntries()
  .map(([list, one]) => ({ list, members: one.items.members, ...one }))
  .toSorted((a, b) => a.diffOrder - b.diffOrder);

/** The items of a list; undefined where it was not read. */
export function itemsOf(region: RegionSnapshot, { list }: Kind): readonly Members[] | undefined {
  return region[list] as readonly Members[] | undefined;
}
