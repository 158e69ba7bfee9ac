import { ERROR_CODES, type ErrorCode } from '../../../ground/error-codes.js';
import type { LookUp } from '../../spec.js';
import { nearest } from '../../../ground/text/nearest.js';
import type { ItemOf, Missing, RegionIndex, Unresolved } from '../views.js';
import { canonicalJson } from '../../../ground/hash.js';
import type { Asked, RegionSnapshot, SnapshotList } from '../../snapshot/snapshot.js';

/** The lists that a look-up by name or tag can search. */
export type LookUpList = 'links' | 'networks' | 'subnets' | 'securityGroups';

const WORD: Readonly<Record<LookUpList, string>> = {
  links: 'link',
  networks: 'network',
  subnets: 'subnet',
  securityGroups: 'security group',
};

/** The result of a look-up: the only match, or why there is none. */
export type LookedUp<T> = { readonly value: T } | { readonly unresolved: Unresolved };

/** The verdict for the name at `path` that depends on something that could not be read. */
export function unknownBecause(missing: Missing, path: string, about: string): Unresolved {
  return {
    verdict: 'unknown',
    code: gapCode(missing),
    path,
    message: `${about}: ${missing.what} could not be read`,
    remedy: missing.remedy,
    missing,
  };
}

/** A gap may come from a file: a code that Postern does not have means only that the list is incomplete. */
export function gapCode({ gap }: Missing): ErrorCode {
  return gap !== undefined && Object.hasOwn(ERROR_CODES, gap.code) ? (gap.code as ErrorCode) : 'INCOMPLETE_LIST';
}

/** How a look-up by name or tag is narrowed. */
export interface Narrowing<T> {
  /** Restricts the resources that the name or tag may refer to. */
  readonly fits?: ((item: T) => boolean) | undefined;
  /** Decides where several match. */
  readonly near?: Nearness | undefined;
}

/**
 * Resolves the look-up at `path`, by hash: an ID takes the same time in a list of any length, and a list is
 * searched by name or tag once for all look-ups.
 */
export function lookUp<L extends LookUpList>(
  region: RegionIndex,
  list: L,
  by: LookUp,
  path: string,
  { fits, near }: Narrowing<ItemOf<L>> = {},
): LookedUp<ItemOf<L>> {
  const what = WORD[list];
  const { region: place } = region.region;
  const nothing: Unresolved = {
    verdict: 'fail',
    code: 'NOT_FOUND',
    path,
    message: `${what} ${typeof by === 'string' ? by : `with ${lookUpText(by)}`} does not exist in ${place}`,
    remedy: absentRemedy(region, list, by),
  };
  if (typeof by === 'string') {
    const found = region.find(list, by);
    if (found.is === 'found') return { value: found.value };
    if (found.is === 'absent') return { unresolved: nothing };

    return { unresolved: unknownBecause(found.missing, path, `cannot determine whether ${what} ${by} exists`) };
  }

  // A look-up by name or tag is certain only when the whole list was read: a gap may contain a second match.
  const gap = region.missing(list);
  const fitting = matching(region, list, by).filter(fits ?? (() => true));
  const found = near === undefined ? fitting : narrowed(fitting, near);
  const [value, ...others] = found;
  if (others.length > 0) return { unresolved: ambiguous(by, what, path, found) };
  if (gap !== undefined && (gap.failed === true || (value === undefined && !wasAsked(region.region, list, by)))) {
    return { unresolved: unknownBecause(gap, path, `cannot determine which ${what} has ${lookUpText(by)}`) };
  }

  return value === undefined ? { unresolved: nothing } : { value };
}

/** The remedy in the form in which the spec names the resource: by ID, name or tag. */
function absentRemedy<L extends LookUpList>({ region }: RegionIndex, list: L, by: LookUp): string {
  const where = `a ${WORD[list]} that exists in ${region.region} of account ${region.account}`;
  if (typeof by === 'string') return `Write the ID of ${where}.`;
  if ('tag' in by) return `Write the tags, or the ID, of ${where}.`;

  const names = region[list].flatMap(({ name }) => name ?? []);
  const similar = nearest(by.name, names);
  return similar === undefined ? `Write the name, or the ID, of ${where}.` : `Did you mean ${similar}?`;
}

function ambiguous(by: LookUp, what: string, path: string, found: readonly { readonly id: string }[]): Unresolved {
  const candidates = found.map(({ id }) => id).toSorted();
  const some = candidates.slice(0, 10).join(', ');
  return {
    verdict: 'fail',
    code: 'AMBIGUOUS',
    path,
    message: `${lookUpText(by)} matches ${found.length} ${what}s: ${some}`,
    remedy: `Write the ID of the intended ${what}: ${some}.`,
    details: { candidates },
  };
}

/** A look-up as text: `subnet-1`, `name "private"`, `tag tier=private`. */
export function lookUpText(by: LookUp): string {
  if (typeof by === 'string') return by;
  if ('name' in by) return `name ${JSON.stringify(by.name)}`;

  const tags = Object.entries(by.tag).map(([key, value]) => `${key}=${value}`);
  return `tag ${tags.join(' and ')}`;
}

/** The facts that decide where a name or tag matches several resources. */
export interface Nearness {
  /** The network that the spec names for the link; called only where it decides. */
  readonly networkId: () => string | undefined;
  /** What the link has now, where it exists. */
  readonly own: ReadonlySet<string>;
}

/** Of several matches those in the named network, and of several of those the one that the existing link has. */
function narrowed<T extends { readonly id: string; readonly networkId?: string | undefined }>(
  found: readonly T[],
  { networkId, own }: Nearness,
): readonly T[] {
  if (found.length < 2) return found;

  const wanted = networkId();
  const inNetwork = wanted === undefined ? [] : found.filter((one) => one.networkId === wanted);
  const near = inNetwork.length > 0 ? inNetwork : found;
  const kept = near.filter(({ id }) => own.has(id));
  return kept.length === 1 ? kept : near;
}

export function matching<L extends LookUpList>(region: RegionIndex, list: L, by: LookUp): readonly ItemOf<L>[] {
  if (typeof by === 'string') {
    const found = region.find(list, by);
    return found.is === 'found' ? [found.value] : [];
  }
  if ('name' in by) return region.group(list, 'name', (item) => [item.name]).get(by.name) ?? [];

  const wanted = Object.entries(by.tag);
  const tagged = region.group(list, 'tag', (item) => Object.entries(item.tags).map(([key, value]) => tag(key, value)));
  const [first] = wanted;
  const some = first === undefined ? [] : (tagged.get(tag(...first)) ?? []);
  return some.filter(({ tags }) => wanted.every(([key, value]) => Object.hasOwn(tags, key) && tags[key] === value));
}

function tag(key: string, value: string): string {
  return JSON.stringify([key, value]);
}

type AskedList = Exclude<keyof Asked, 'project'>;

/** The scope of an observation that does not read whole lists, in the form of a snapshot. */
export function askedFor(
  project: string,
  lookUps: { readonly [L in AskedList]?: readonly LookUp[] | undefined },
): Asked {
  const { networks, subnets, securityGroups } = lookUps;
  return {
    project,
    ...(networks === undefined ? {} : { networks: networks.map(askedText) }),
    ...(subnets === undefined ? {} : { subnets: subnets.map(askedText) }),
    ...(securityGroups === undefined ? {} : { securityGroups: securityGroups.map(askedText) }),
  };
}

/** Whether `by` was in the scope of an observation, so that each match is in the list, apart from gaps. */
export function wasAsked({ asked }: RegionSnapshot, list: SnapshotList, by: LookUp): boolean {
  if (asked === undefined || !isAskedFor(list)) return false;

  return asked[list]?.includes(askedText(by)) === true;
}

/** Whether nothing was looked up in a list yet: the observation reads it if the plan is not empty. */
export function wasPostponed({ asked, whole }: RegionSnapshot, list: AskedList): boolean {
  return asked !== undefined && asked[list] === undefined && whole?.includes(list) !== true;
}

function isAskedFor(list: SnapshotList): list is AskedList {
  return list === 'networks' || list === 'subnets' || list === 'securityGroups';
}

function askedText(by: LookUp): string {
  return typeof by === 'string' ? by : canonicalJson(by);
}
