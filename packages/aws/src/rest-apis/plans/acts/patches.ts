import { blocks, isChanged, isSame, several, single, word, type ActValues } from '@postern/core/internal/overlay';
import { escaped } from '../../cloud/method-throttles.js';

/** A change of a resource of a REST API. */
export interface Patch {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: string | undefined;
}

/** What of a change an attribute becomes. */
export type PatchesOf = (before: unknown, value: unknown) => readonly Patch[];

/** A single value; an empty one where it is removed. */
export const replaced =
  (path: string): PatchesOf =>
  (_before, value) => [{ op: 'replace', path, value: word(value) ?? '' }];

/** A single value that cannot be an empty text: it is absent. */
export const replacedOrAbsent =
  (path: string): PatchesOf =>
  (_before, value) => [{ op: 'replace', path, value: word(value) }];

/** Values by key. `isAdded`: what is new is added, and not a replacement. */
export function keyed(path: string, isAdded = true): PatchesOf {
  return (before, value) => {
    const [were, are] = [entriesOf(before), entriesOf(value)];
    const removed = Object.keys(were).filter((key) => !(key in are));
    const changed = Object.entries(are).filter(([key, text]) => !isSame(were[key], text));
    return [
      ...removed.map((key): Patch => ({ op: 'remove', path: `${path}/${escaped(key)}` })),
      ...changed.map(([key, text]): Patch => ({
        op: key in were || !isAdded ? 'replace' : 'add',
        path: `${path}/${escaped(key)}`,
        value: word(text) ?? '',
      })),
    ];
  };
}

function entriesOf(value: unknown): Readonly<Record<string, unknown>> {
  return (single(value) ?? {}) as Readonly<Record<string, unknown>>;
}

function differences(before: unknown, value: unknown): readonly (readonly ['add' | 'remove', string])[] {
  const [were, are] = [several(before).map(String), several(value).map(String)];
  return [
    ...are.filter((one) => !were.includes(one)).map((one) => ['add', one] as const),
    ...were.filter((one) => !are.includes(one)).map((one) => ['remove', one] as const),
  ];
}

/** Texts of a set, each a value of the path. */
export const listed =
  (path: string): PatchesOf =>
  (before, value) =>
    differences(before, value).map(([op, text]) => ({ op, path, value: text }));

/** Texts of a set, each a part of the path. */
export const listedInPath =
  (path: string): PatchesOf =>
  (before, value) =>
    differences(before, value).map(([op, text]) => ({ op, path: `${path}/${escaped(text)}` }));

/** The members of a block; `whole` is removed where the block is. */
export function inBlock(members: Readonly<Record<string, PatchesOf>>, whole?: string): PatchesOf {
  return (before, value) => {
    const [was, is] = [blocks(before)[0], blocks(value)[0]];
    if (is === undefined) return whole === undefined ? [] : [{ op: 'remove', path: whole }];

    return patches(was ?? {}, is, members);
  };
}

/** What a change sends: nothing of what stays. */
export function patches(
  before: ActValues,
  values: ActValues,
  table: Readonly<Record<string, PatchesOf>>,
): readonly Patch[] {
  return Object.entries(table).flatMap(([name, patchesOf]) =>
    isChanged(before, values, name) ? patchesOf(before[name], values[name]) : [],
  );
}
