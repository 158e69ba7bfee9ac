import { InvalidInputError, type SourcePlace } from '../../errors.js';
import type { LookUp } from '../../model/spec.js';

/** What a look-up can find: a resource with an id, perhaps a name and tags. */
export interface Findable {
  readonly id: string;
  readonly name?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A look-up in words: `subnet-1`, `name "private"`, `tag tier=private`. */
export function lookUpText(by: LookUp): string {
  if (typeof by === 'string') return by;
  if ('name' in by) return `name ${JSON.stringify(by.name)}`;
  const tags = Object.entries(by.tag).map(([key, value]) => `${key}=${value}`);
  return `tag ${tags.join(' and ')}`;
}

/** Everything that a look-up fits. */
export function matches<T extends Findable>(items: readonly T[], by: LookUp): readonly T[] {
  if (typeof by === 'string') return items.filter((item) => item.id === by);
  if ('name' in by) return items.filter((item) => item.name === by.name);
  const wanted = Object.entries(by.tag);
  return items.filter((item) =>
    wanted.every(([key, value]) => Object.hasOwn(item.tags, key) && item.tags[key] === value),
  );
}

/** What decides where a name or tag fits several resources. */
export interface Nearness {
  /** The network that the spec names for the link; asked for only where it decides. */
  readonly networkId: () => string | undefined;
  /** What the link has now, where it exists. */
  readonly own: ReadonlySet<string>;
}

/** Of several fits those in the named network, and of several of those the one that the existing link has. */
export function narrowed<T extends { readonly id: string; readonly networkId?: string | undefined }>(
  found: readonly T[],
  { networkId, own }: Nearness,
): readonly T[] {
  if (found.length < 2) return found;
  const wanted = networkId();
  const there = wanted === undefined ? [] : found.filter((one) => one.networkId === wanted);
  const near = there.length > 0 ? there : found;
  const kept = near.filter(({ id }) => own.has(id));
  return kept.length === 1 ? kept : near;
}

/**
 * The one resource that a look-up fits, or undefined where there is none.
 * @throws {InvalidInputError} `AMBIGUOUS`, listing the candidates.
 */
export function findOne<T extends Findable>(
  items: readonly T[],
  by: LookUp,
  what: string,
  place: SourcePlace,
): T | undefined {
  const found = matches(items, by);
  if (found.length <= 1) return found[0];
  const candidates = found.map(({ id }) => id).toSorted();
  throw new InvalidInputError(
    'AMBIGUOUS',
    `${lookUpText(by)} fits ${found.length} ${what}s: ${candidates.join(', ')}`,
    {
      place,
      remedy: `Write the id of the ${what} that is meant: ${candidates.slice(0, 10).join(', ')}.`,
      details: { candidates },
    },
  );
}
