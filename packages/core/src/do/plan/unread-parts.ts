import { isPosternError } from '../../ground/errors.js';
import { isSamePlace } from '../model/traits.js';
import type { Spec } from '../spec.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { regionOf } from '../world/index/place-index.js';
import { withMovedOwners } from '../world/resolve/moved-owners.js';
import { markedNames } from '../world/resolve/lost-marks.js';
import type { UnreadPart } from './plan.js';

/** A snapshot and a spec without the accounts and regions that could not be read. */
export interface ReadParts {
  readonly snapshot: Snapshot;
  readonly spec: Spec;
  /** What was removed. */
  readonly unread: readonly UnreadPart[];
  /**
   * Names of links and integrations that were removed: a resource with one of these names never counts as
   * undeclared.
   */
  readonly held: ReadonlySet<string>;
}

/**
 * Removes the accounts and regions that could not be read from a snapshot, and the parts in them from the
 * spec. Marks of renamed integrations and targets have the new names; see `withMovedOwners`.
 */
export function readParts(given: Snapshot, spec: Spec): ReadParts {
  const snapshot = withMovedOwners(given, spec);
  if (snapshot.regions.every(({ unread }) => unread === undefined)) {
    return { snapshot, spec, unread: [], held: new Set() };
  }
  const unread = snapshot.regions.flatMap((region) => unreadPart(snapshot, spec, region) ?? []);
  const without = <T>(record: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
  const links = unread.flatMap((part) => part.links);
  const integrations = unread.flatMap((part) => part.integrations);
  const former = links.flatMap((name) => markedNames(spec, name));
  return {
    snapshot: { ...snapshot, regions: snapshot.regions.filter((region) => region.unread === undefined) },
    spec: { ...spec, links: without(spec.links, links), integrations: without(spec.integrations, integrations) },
    unread,
    held: new Set([...former, ...integrations]),
  };
}

function unreadPart(snapshot: Snapshot, spec: Spec, region: RegionSnapshot): UnreadPart | undefined {
  if (region.unread === undefined) return undefined;
  const links = Object.keys(spec.links).filter((name) => liesIn(snapshot, spec, name, region));
  const integrations = Object.keys(spec.integrations).filter((name) =>
    links.includes(spec.integrations[name]?.link ?? ''),
  );
  return {
    provider: region.provider,
    region: region.region,
    account: region.account,
    links,
    integrations,
    ...region.unread,
  };
}

/** Where the region of a link cannot be determined, `resolveSpec` reports it. */
function liesIn(snapshot: Snapshot, spec: Spec, name: string, region: RegionSnapshot): boolean {
  const link = spec.links[name];
  try {
    return link !== undefined && isSamePlace(regionOf(snapshot, spec, name, link), region);
  } catch (error) {
    if (isPosternError(error)) return false;
    throw error;
  }
}
