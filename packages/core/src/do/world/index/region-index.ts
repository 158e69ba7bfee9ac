import type { Clouds } from '../../kinds/cloud/clouds.js';
import { RESOURCES } from '../../snapshot/resources/resources.js';
import type { Gap, RegionSnapshot, Snapshot } from '../../snapshot/snapshot.js';
import type { Found, IndexedList, Missing, RegionIndex, CheckInput } from '../views.js';
import { derivedFrom } from '../derived.js';
import { gapFacts, partFact, unreadFact } from './gap-facts.js';
import { placeKey, isSameService } from '../../model/traits.js';
import { InvalidInputError } from '../../../ground/errors.js';
import type { LinkSpec, Spec } from '../../spec.js';
import { displayText } from '../../../ground/text/display.js';
import { placeOf } from '../../model/reference.js';

interface WithId {
  readonly id: string;
}

/** Indexes a region, or returns the index of it that the call has made before. */
export type IndexRegion = (region: RegionSnapshot) => RegionIndex;

/** For a call that looks at the same regions several times. */
export function indexOnce(clouds: Clouds): IndexRegion {
  const indexes = new Map<RegionSnapshot, RegionIndex>();
  return (region) => {
    let index = indexes.get(region);
    if (index === undefined) indexes.set(region, (index = indexRegion(region, clouds)));
    return index;
  };
}

type All = { readonly items: readonly WithId[]; readonly missing: Missing | undefined };

/**
 * Indexes one account and region. Nothing is read before its first use. Each list is then processed once, so
 * that a look-up is one hash access. Results follow the rules for missing resources:
 *
 * - a list that is `undefined` was not read: `unknown`;
 * - a resource missing from a list that a gap affects: `unknown`, naming the permission;
 * - a resource missing from a list that is `whole`, or that contains by contract what was in scope (links,
 *   gateways, targets, …): `absent`;
 * - a resource missing from another network list: `unknown`.
 *
 * A caller that looks up a resource of another account or region must know that it cannot be in this index.
 */
export function indexRegion(given: RegionSnapshot, clouds: Clouds): RegionIndex {
  const region = ofKnownKinds(given, clouds);
  const byId = new Map<IndexedList, ReadonlyMap<string, Found<WithId>>>();
  const alls = new Map<IndexedList, All>();
  const groups = new Map<IndexedList, Map<string, ReadonlyMap<string, readonly WithId[]>>>();
  const gapFact = gapFacts(region);

  const idsOf = (list: IndexedList): ReadonlyMap<string, Found<WithId>> => {
    const known = byId.get(list);
    if (known !== undefined) return known;

    const ids = new Map<string, Found<WithId>>();
    // Of two resources with one ID the first counts, as it does for plans. The results are created here, once
    // for all callers.
    for (const item of (region[list] ?? []) as readonly WithId[]) {
      if (!ids.has(item.id)) ids.set(item.id, { is: 'found', value: item });
    }
    byId.set(list, ids);
    return ids;
  };

  const index = {
    region,
    clouds,
    find(list: IndexedList, id: string): Found<WithId> {
      const found = idsOf(list).get(id);
      if (found !== undefined) return found;

      const missing = gapFact(list, id) ?? unreadFact(region, list, id);
      return missing === undefined ? { is: 'absent' } : { is: 'unknown', missing };
    },
    all(list: IndexedList): All {
      const known = alls.get(list);
      if (known !== undefined) return known;

      const all: All = {
        items: (region[list] ?? []) as readonly WithId[],
        missing: gapFact(list) ?? partFact(region, list),
      };
      alls.set(list, all);
      return all;
    },
    missing(list: Parameters<RegionIndex['missing']>[0], id?: string): Missing | undefined {
      const gap = gapFact(list, id);
      if (gap !== undefined) return gap;
      if (id !== undefined && isIndexed(list) && idsOf(list).has(id)) return undefined;

      return unreadFact(region, list, id);
    },
    group(list: IndexedList, name: string, keys: (item: never) => readonly (string | undefined)[]) {
      let own = groups.get(list);
      if (own === undefined) groups.set(list, (own = new Map<string, ReadonlyMap<string, readonly WithId[]>>()));
      const known = own.get(name);
      if (known !== undefined) return known;

      const made = new Map<string, WithId[]>();
      for (const item of (region[list] ?? []) as readonly WithId[]) {
        for (const key of keys(item as never)) {
          if (key === undefined) continue;

          const members = made.get(key);
          if (members === undefined) made.set(key, [item]);
          else if (members.at(-1) !== item) members.push(item); // a key may occur twice
        }
      }
      own.set(name, made);
      return made;
    },
    derived: derivedFrom((): RegionIndex => index as RegionIndex),
  };
  // One implementation for all lists; each call's own types are those of RegionIndex.
  return index as RegionIndex;
}

function isIndexed(list: Parameters<RegionIndex['missing']>[0]): list is IndexedList {
  return list !== 'quotas' && RESOURCES[list].key === 'id';
}

/**
 * A region without links and gateways of kinds that no cloud of the set has: what a later version, or a program with other clouds, has
 * written. Each is a gap, so that what depends on it is unknown.
 */
function ofKnownKinds(region: RegionSnapshot, clouds: Clouds): RegionSnapshot {
  const links = region.links.filter(({ kind }) => clouds.hasLink(kind));
  const gateways = region.gateways.filter(({ kind }) => clouds.hasGateway(kind));
  if (links.length === region.links.length && gateways.length === region.gateways.length) return region;

  const gapOf = (of: 'links' | 'gateways', { id, kind }: { readonly id: string; readonly kind: string }): Gap => ({
    what: `${id}, of kind ${kind}, which no cloud of this program has`,
    operation: 'read',
    code: 'UNSUPPORTED',
    of,
    id,
  });
  const gaps = [
    ...region.links.flatMap((one) => (clouds.hasLink(one.kind) ? [] : [gapOf('links', one)])),
    ...region.gateways.flatMap((one) => (clouds.hasGateway(one.kind) ? [] : [gapOf('gateways', one)])),
  ];
  return { ...region, links, gateways, gaps: [...region.gaps, ...gaps] };
}

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
