import type { LookUp } from '../../model/spec.js';
import { lookUpText } from '../resolve/find-one.js';
import type { ItemOf, Missing, RegionIndex, Unresolved } from '../views.js';

/** The lists that a look-up by name or tag can search. */
export type LookUpList = 'links' | 'networks' | 'subnets' | 'securityGroups';

const WORD: Readonly<Record<LookUpList, string>> = {
  links: 'link',
  networks: 'network',
  subnets: 'subnet',
  securityGroups: 'security group',
};

/** What a look-up came to: the one thing that fits it, or why there is none. */
export type LookedUp<T> =
  | { readonly value: T }
  | {
      readonly unresolved: Unresolved;
      /** The fact that an unknown rests on. */
      readonly missing?: Missing | undefined;
    };

/** Says that something could not be read, as the verdict of a name that rests on it. */
export function unknownBecause(missing: Missing, about: string): Unresolved {
  return {
    verdict: 'unknown',
    code: missing.permission === undefined ? 'INCOMPLETE_LIST' : 'PERMISSION_DENIED',
    message: `${about}: ${missing.what} could not be read`,
    remedy: missing.remedy,
  };
}

/** A look-up that rests on a fact that is missing. */
export function unanswered(
  missing: Missing,
  about: string,
): { readonly unresolved: Unresolved; readonly missing: Missing } {
  return { unresolved: unknownBecause(missing, about), missing };
}

/**
 * Answers one look-up as a plan would, but by hash: an id costs the same in a list of any length, and a list is searched by
 * name or tag once for all look-ups. `fits` narrows what a name or tag may mean, and `near` decides where it fits several.
 */
export function lookUp<L extends LookUpList>(
  region: RegionIndex,
  list: L,
  by: LookUp,
  fits: (item: ItemOf<L>) => boolean = () => true,
  near: (found: readonly ItemOf<L>[]) => readonly ItemOf<L>[] = (found) => found,
): LookedUp<ItemOf<L>> {
  const what = WORD[list];
  const { region: place, account } = region.region;
  const nothing: Unresolved = {
    verdict: 'fail',
    code: 'NOT_FOUND',
    message: `there is no ${what} ${typeof by === 'string' ? by : `with ${lookUpText(by)}`} in ${place}`,
    remedy: `Write the id of a ${what} that exists in ${place} of account ${account}.`,
  };
  if (typeof by === 'string') {
    const found = region.find(list, by);
    if (found.is === 'found') return { value: found.value };
    if (found.is === 'absent') return { unresolved: nothing };
    return unanswered(found.missing, `nobody can say whether there is a ${what} ${by}`);
  }
  // A look-up by name or tag is sure only when the whole list was read: a second fit may hide in a gap.
  const gap = region.missing(list);
  const found = near(matching(region, list, by).filter(fits));
  const [value, ...others] = found;
  if (others.length > 0) {
    const candidates = found.map(({ id }) => id).toSorted();
    const message = `${lookUpText(by)} fits ${found.length} ${what}s: ${candidates.slice(0, 10).join(', ')}`;
    const remedy = `Write the id of the ${what} that is meant: ${candidates.slice(0, 10).join(', ')}.`;
    return { unresolved: { verdict: 'fail', code: 'AMBIGUOUS', message, remedy } };
  }
  if (gap !== undefined && (value === undefined || gap.failed === true)) {
    return unanswered(gap, `nobody can say which ${what} ${lookUpText(by)} means`);
  }
  return value === undefined ? { unresolved: nothing } : { value };
}

function matching<L extends LookUpList>(
  region: RegionIndex,
  list: L,
  by: Exclude<LookUp, string>,
): readonly ItemOf<L>[] {
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
