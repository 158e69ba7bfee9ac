import { placeKey } from '../../model/product.js';
import { InvalidInputError } from '../../../ground/errors.js';
import type { LinkSpec, Spec } from '../../spec.js';
import { regionOf } from './find-region.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { CheckInput, RegionIndex } from '../views.js';
import { indexRegion, type IndexRegion } from './region-index.js';

/** The accounts and regions of a snapshot, each indexed once. */
export interface PlaceIndex {
  /**
   * The place that a link of the spec lives in.
   * @throws {InvalidInputError} `INVALID_INPUT` where the snapshot does not show it.
   */
  readonly ofLink: (name: string, link: LinkSpec) => RegionIndex;
  readonly find: CheckInput['regionOf'];
  /** Whether all resources of every project were in scope. */
  readonly isAll: boolean;
}

/** Finds places of `snapshot` for the links of `spec`: by hash, since a spec may have thousands of links. */
export function placeIndex(
  snapshot: Snapshot,
  spec: Spec,
  index: IndexRegion = (region) => indexRegion(region, spec.clouds),
): PlaceIndex {
  const indexes = new Map<string, RegionIndex>();
  for (const region of snapshot.regions) {
    const key = placeKey(region);
    if (!indexes.has(key)) indexes.set(key, index(region));
  }
  const find: PlaceIndex['find'] = (place) => indexes.get(placeKey(place));
  const known = new Map<string, RegionIndex>();
  return {
    find,
    isAll: snapshot.scope === 'all',
    ofLink(name, link) {
      const { provider, region, account, profile, assumeRole } = link;
      const key = JSON.stringify([provider, region, account, profile, assumeRole]);
      const there = known.get(key);
      if (there !== undefined) return there;
      const found = find(regionOf(snapshot, spec, name, link));
      if (found === undefined) throw new InvalidInputError('INVALID_INPUT', `link ${name}: its region is not indexed`);
      known.set(key, found);
      return found;
    },
  };
}
