import type { Form } from '../../forms/form.js';
import { sorted } from '../../forms/lists.js';

/** A resource, or a part of one, as plain members. */
export type Members = Readonly<Record<string, unknown>>;

/** The parts of a resource that are reported one by one: rules, routes, entries. */
export interface PartKind {
  readonly noun: string;
  /** The key that distinguishes a part from the others. */
  readonly key: (part: Members) => string;
  /** Its readable form. */
  readonly text: (part: Members) => string;
  /** Of the part itself, and of the objects in it. */
  readonly parts: Parts;
}

/** The parts of a resource by the member that holds them. */
export type Parts = Readonly<Record<string, PartKind | undefined>>;

/** How a table defines parts: by a readable form, by what distinguishes them, or by both. */
interface PartRow<T> {
  readonly noun: string;
  /** By default the key. */
  readonly text?: (part: T) => string;
  /** By default, and where it is undefined, the text. */
  readonly key?: (part: T) => string | undefined;
  readonly parts?: Readonly<Record<string, PartRow<never>>>;
}

/** The parts of `T`: of members that are lists of objects. */
type PartRows<T> = {
  readonly [M in keyof T]?: NonNullable<T[M]> extends readonly (infer Part extends object)[] ? PartRow<Part> : never;
};

function partsOf(rows: Readonly<Record<string, PartRow<never>>>): Parts {
  return Object.fromEntries(
    Object.entries(rows).map(([member, row]) => {
      const { noun, key, text = (one) => key?.(one) ?? '', parts = {} } = row as PartRow<Members>;
      return [member, { noun, key: (one) => key?.(one) ?? text(one), text, parts: partsOf(parts) } satisfies PartKind];
    }),
  );
}

/** A list of a region: all that the decoder, the order, differences and looking up need to know of it. */
export interface Resource<T, Key extends string, Always extends boolean> {
  /** The form of the list, with its order. */
  readonly items: Form<readonly T[]>;
  /** The member that distinguishes an item from the others. */
  readonly key: Key;
  /** Whether every snapshot has the list; otherwise it is undefined where it was not read. */
  readonly always: Always;
  /** The noun for one before its key, and for several. */
  readonly noun: string;
  readonly nouns: string;
  /** The same where the list, or one of its items, could not be read. */
  readonly unread: { readonly one: string; readonly all: string };
  /** Differences of two snapshots are listed in this order: lists that decide about paths have low numbers. */
  readonly diffOrder: number;
  /** Whether what changes in it can change whether calls arrive. */
  readonly affectsPaths: boolean;
  /**
   * `scope`: the list contains by contract what was in scope, so that a resource missing from it does not exist.
   * `some`: such a resource may only not have been read, unless the list is whole.
   */
  readonly holds: 'scope' | 'some';
  /** Whether it holds all there is where every gateway was read. */
  readonly wholeWithGateways: boolean;
  /** The members by which a cloud tells an item from all others of a region, besides its ID. */
  readonly natural: readonly string[] | undefined;
  /** What differences name one by one. */
  readonly parts: Parts;
}

interface Definition<T, Key extends string, Always extends boolean> {
  /** By default `id`. */
  readonly key?: Key;
  /** By default `false`. */
  readonly always?: Always;
  /** Several items may have one key. */
  readonly repeats?: boolean;
  /** The members for sorting; by default the key. */
  readonly by?: readonly (keyof T & string)[];
  readonly noun: string;
  /** By default the noun with an s. */
  readonly nouns?: string;
  readonly unread?: { readonly one?: string; readonly all?: string };
  readonly diffOrder: number;
  /** By default `true`. */
  readonly affectsPaths?: boolean;
  /** By default `some`. */
  readonly holds?: 'scope' | 'some';
  readonly wholeWithGateways?: boolean;
  readonly natural?: readonly (keyof T & string)[];
  readonly parts?: PartRows<T>;
}

/** Defines a list of a region by the form of its items: a row of `RESOURCES`. */
export function resource<
  T extends object,
  const Key extends keyof T & string = 'id' & keyof T,
  const Always extends boolean = false,
>(form: Form<T>, definition: Definition<T, Key, Always>): Resource<T, Key, Always> {
  const { key = 'id' as Key, noun, nouns = `${noun}s`, unread, diffOrder, affectsPaths = true } = definition;
  return {
    items: sorted(form, definition.by ?? [key], { once: definition.repeats === true ? undefined : [key] }),
    key,
    always: (definition.always ?? false) as Always,
    noun,
    nouns,
    unread: { one: unread?.one ?? noun, all: unread?.all ?? nouns },
    diffOrder,
    affectsPaths,
    holds: definition.holds ?? 'some',
    wholeWithGateways: definition.wholeWithGateways ?? false,
    natural: definition.natural,
    parts: partsOf((definition.parts ?? {}) as Readonly<Record<string, PartRow<never>>>),
  };
}
