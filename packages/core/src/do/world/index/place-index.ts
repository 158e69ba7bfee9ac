import { placeKey, isSameService } from '../../model/traits.js';
import { InvalidInputError } from '../../../ground/errors.js';
import type { LinkSpec, Spec } from '../../spec.js';
import type { Snapshot, RegionSnapshot } from '../../snapshot/snapshot.js';
import type { CheckInput, RegionIndex } from '../views.js';
import type { IndexRegion } from './region-index.js';
import { displayText } from '../../../ground/text/display.js';
import { placeOf } from '../../model/reference.js';

/**
 * The part of the snapshot with the region of a link of the spec.
 * @throws {InvalidInputError} `INVALID_INPUT` when the snapshot does not contain that region, or contains
 *   several and the spec does not determine which.
 */
export function regionOf(snapshot: Snapshot, spec: Spec, name: string, link: LinkSpec): RegionSnapshot {
  const matchingRegions = snapshot.regions.filter(
    ({ provider, product, region, account }) =>
      isSameService({ provider, product, region }, { provider: link.provider, region: link.region }) &&
      (link.account ?? account) === account,
  );
  const [only, ...others] = matchingRegions;
  if (only !== undefined && others.length === 0) return only;

  const reached = matchingRegions.filter(({ access }) =>
    access?.some(
      ({ account, profile, assumeRole }) =>
        account === link.account && profile === link.profile && assumeRole === link.assumeRole,
    ),
  );
  const [chosen] = reached;
  if (chosen !== undefined && reached.length === 1) return chosen;

  const where = `${link.provider} ${link.region}${link.account === undefined ? '' : ` of account ${link.account}`}`;
  throw new InvalidInputError(
    'INVALID_INPUT',
    matchingRegions.length === 0
      ? `the snapshot does not include ${where}; it includes ${placesOf(snapshot, link.provider)}`
      : `the snapshot includes ${where} for several accounts: ${matchingRegions.map(({ account }) => account).join(', ')}`,
    {
      place: placeOf(spec, `links.${name}`),
      remedy: matchingRegions.length === 0 ? 'Take a snapshot with this spec.' : `Write the account of link ${name}.`,
    },
  );
}

/** The limit of regions that a message lists. */
const MOST_PLACES = 5;

/** `aws eu-west-1 of account 111122223333 and 2 more`: those of the requested cloud first. */
function placesOf({ regions }: Snapshot, wanted: string): string {
  const ranked = regions.toSorted((a, b) => Number(b.provider === wanted) - Number(a.provider === wanted));
  const places = ranked.map(({ provider, region, account }) => `${provider} ${region} of account ${account}`);
  const more = places.length - MOST_PLACES;
  const shown = places.slice(0, MOST_PLACES).map(displayText).join(', ');
  return `${shown || 'no region'}${more > 0 ? ` and ${more} more` : ''}`;
}

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
export function placeIndex(snapshot: Snapshot, spec: Spec, index: IndexRegion): PlaceIndex {
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
      const matchingRegions = known.get(key);
      if (matchingRegions !== undefined) return matchingRegions;

      const found = find(regionOf(snapshot, spec, name, link));
      if (found === undefined) throw new InvalidInputError('INVALID_INPUT', `link ${name}: its region is not indexed`);

      known.set(key, found);
      return found;
    },
  };
}
