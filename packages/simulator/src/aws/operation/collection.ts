import { raise } from '../../simulation/raise.js';
import type { TagRow } from '../state/tag-row.js';
import type { AwsCall, ServiceError } from './operation.js';
import { page, type PageRules } from './page.js';

/** Rows that are created, listed, changed, tagged and deleted, and have no other effect. */
interface Kind<R> {
  readonly rows: (call: AwsCall) => Map<string, R>;
  /** What distinguishes rows; by default the text itself. */
  readonly key?: (name: string) => string;
  readonly missing: (name: string) => ServiceError;
  readonly exists: (name: string) => ServiceError;
}

/** Access to the rows of a kind, with the service's refusals. */
export function collection<R>({ rows, key = (name) => name, missing, exists }: Kind<R>) {
  /** @throws {ServiceError} `missing` */
  const get = (call: AwsCall, name: string): R => {
    return rows(call).get(key(name)) ?? raise(missing(name));
  };
  return {
    get,
    all: (call: AwsCall): R[] => [...rows(call).values()],
    find: (call: AwsCall, name: string): R | undefined => rows(call).get(key(name)),
    /** @throws {ServiceError} `exists` */
    refuseSecond(call: AwsCall, name: string): void {
      if (rows(call).has(key(name))) throw exists(name);
    },
    /** @throws {ServiceError} `exists` */
    add(call: AwsCall, name: string, row: R): R {
      if (rows(call).has(key(name))) throw exists(name);

      rows(call).set(key(name), row);
      return row;
    },
    /** Deletes a row and returns it. `check` may refuse it. @throws {ServiceError} `missing` */
    remove(call: AwsCall, name: string, check?: (row: R) => void): R {
      const row = get(call, name);
      check?.(row);
      rows(call).delete(key(name));
      return row;
    },
  };
}

/** A page of a list whose input and output have `Marker`, `MaxItems` and `IsTruncated`. */
export function markedPage<T>(
  items: readonly T[],
  input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
  rules: Pick<PageRules<T>, 'service' | 'list' | 'key'>,
) {
  const found = page(
    items,
    { size: input.MaxItems, token: input.Marker },
    { ...rules, defaultSize: 100, largest: 1000 },
  );
  return { items: found.items, IsTruncated: found.next !== undefined, Marker: found.next };
}

interface WireTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const tagsOf = (tags: readonly WireTag[] = []): TagRow =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

/** Tags as most services show them. */
export const tagList = (tags: TagRow) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Tags without some keys. */
export const withoutTags = (tags: TagRow, keys: readonly string[] = []): TagRow =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));

/** What a service answers to tags that it refuses. */
interface TagRefusals {
  /** Where a key that occurs twice is refused. */
  readonly twice?: (key: string) => ServiceError;
  readonly reserved: (key: string) => ServiceError;
  readonly tooMany: (most: number) => ServiceError;
}

/** Of one resource: the pages of these services have the same number. */
const MOST_TAGS = 50;

/** Tags after some were added. @throws {ServiceError} those of `refusals` */
export function mergedTags(
  before: TagRow,
  tags: readonly WireTag[],
  { twice, reserved, tooMany }: TagRefusals,
): TagRow {
  const keys = new Set<string>();
  for (const { Key = '' } of tags) {
    if (twice && keys.has(Key)) throw twice(Key);

    keys.add(Key);
    if (/^aws:/i.test(Key)) throw reserved(Key);
  }
  const all = { ...before, ...tagsOf(tags) };
  if (Object.keys(all).length > MOST_TAGS) throw tooMany(MOST_TAGS);

  return all;
}
