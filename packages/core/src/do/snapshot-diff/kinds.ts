import type { Members, Resource } from '../snapshot/resources/resource.js';
import { resourceEntries, type ResourceList } from '../snapshot/resources/resources.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';

/** A list of a region, and how its items are described. */
export interface Kind extends Resource<unknown, string, boolean> {
  readonly list: ResourceList;
}

/** Members that never change the path of a call, in any resource. */
export const CALM: ReadonlySet<string> = new Set([
  'name',
  'tags',
  'createdAt',
  'description',
  'reason',
  'freeAddresses',
  'maxEntries',
  'nativeState',
  'owner',
  'because',
  'notAfter',
  'deployed',
  'deploymentId',
  'createdBy',
]);

/** Every list of a region, those that decide about paths first. */
export const KINDS: readonly Kind[] = resourceEntries()
  .map(([list, one]) => ({ list, ...one }))
  .toSorted((a, b) => a.diffOrder - b.diffOrder);

/** The items of a list; undefined where it was not read. */
export function itemsOf(region: RegionSnapshot, { list }: Kind): readonly Members[] | undefined {
  return region[list] as readonly Members[] | undefined;
}
