import type { Form } from '../../forms/form.js';
import { sorted } from '../../forms/lists.js';

/** A resource, or a part of one, as plain members. */
export type Members = Readonly<Record<string, unknown>>;

/** The parts of a resource that are reported one by one: rules, routes, entries. */
export interface PartKind {
  readonly noun: string;
  /** The key that distinguishes a part from the others. */
  readonly key: (part: Members) => string;
  /** Its readable form; by default its key. */
  readonly text?: ((part: Members) => string) | undefined;
  /** Of the part itself, and of the objects in it. */
  readonly parts?: Parts | undefined;
}

/** The parts of a resource by the member that holds them. */
export type Parts = Readonly<Record<string, PartKind | undefined>>;

/** Parts that are distinguished by their IDs, where they have them, and that are described in text. */
export function part<T>(noun: string, text: (part: T) => string, id?: (part: T) => string | undefined): PartKind {
  const words = (one: Members): string => text(one as T);
  return { noun, key: (one) => id?.(one as T) ?? words(one), text: words };
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
  /** What differences name one by one. */
  readonly parts: Parts;
}

interface Definition<T, Key extends string, Always extends boolean> {
  readonly key: Key;
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
  readonly parts?: Parts;
}

/** Defines a list of a region by the form of its items. Name it in `RESOURCES`. */
export function resource<T extends object, const Key extends keyof T & string, const Always extends boolean = false>(
  form: Form<T>,
  definition: Definition<T, Key, Always>,
): Resource<T, Key, Always> {
  const { key, noun, nouns = `${noun}s`, unread, diffOrder, affectsPaths = true, holds = 'some' } = definition;
  return {
    items: sorted(form, definition.by ?? [key], { once: definition.repeats === true ? undefined : [key] }),
    key,
    always: (definition.always ?? false) as Always,
    noun,
    nouns,
    unread: { one: unread?.one ?? noun, all: unread?.all ?? nouns },
    diffOrder,
    affectsPaths,
    holds,
    wholeWithGateways: definition.wholeWithGateways ?? false,
    parts: definition.parts ?? {},
  };
}
