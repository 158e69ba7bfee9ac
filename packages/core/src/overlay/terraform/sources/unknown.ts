import type { Value } from '../../declared/values.js';

/** A value that is known after the apply alone: which texts it may be, and why it may be another one. */
export class Unknown {
  constructor(
    readonly texts: readonly string[],
    readonly reasons: readonly string[] = [],
  ) {}
}

/** A value of which parts may be unknown. */
export type Evaluated = Value | Unknown | readonly Evaluated[] | { readonly [name: string]: Evaluated };

/** It does not exist: an index behind the end of a list, a key that an object lacks. */
export const ABSENT: unique symbol = Symbol('absent');

export type Found = Evaluated | typeof ABSENT;

export function isUnknown(value: Found): value is Unknown {
  return value instanceof Unknown;
}

export function isObject(value: Found): value is { readonly [name: string]: Evaluated } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

export function isList(value: Found): value is readonly Evaluated[] {
  return Array.isArray(value);
}

/** The values of a list or of an object. */
export function membersIn(value: Found): readonly Evaluated[] {
  return isList(value) ? value : isObject(value) ? Object.values(value) : [];
}

/**
 * The members of an object in the order of their names, as Terraform has them.
 * @see https://developer.hashicorp.com/terraform/language/expressions/for#element-order
 */
export function entriesOf<T>(of: { readonly [name: string]: T }): readonly (readonly [string, T])[] {
  return Object.keys(of)
    .toSorted()
    .map((name) => [name, of[name] as T] as const);
}

/** Whether nothing of a value is unknown. */
export function isKnown(value: Found): value is Value {
  if (value === ABSENT || isUnknown(value)) return false;
  return membersIn(value).every(isKnown);
}

/** What any of several values may be. */
export function eitherOf(values: readonly Found[]): Unknown {
  const texts = new Set<string>();
  const reasons = new Set<string>();
  const add = (value: Found): void => {
    if (isUnknown(value)) {
      for (const one of value.texts) texts.add(one);
      for (const one of value.reasons) reasons.add(one);
    } else if (typeof value === 'string' || typeof value === 'number') texts.add(String(value));
    else for (const one of membersIn(value)) add(one);
  };
  for (const one of values) add(one);
  return new Unknown([...texts], [...reasons]);
}
