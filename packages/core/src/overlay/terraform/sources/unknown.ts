import { MOST_CHARACTERS, PARTS } from '../../declared/fuel.js';
import type { Value } from '../../declared/values.js';

/** A value that is known after the apply alone: which texts it may be, and why it may be another one. */
export class Unknown {
  constructor(
    readonly texts: readonly string[],
    readonly reasons: readonly string[] = [],
    /** A condition that is not known may leave it out. */
    readonly mayLack = false,
  ) {}
}

/** Exactly this text, in which IDs of what does not exist yet may stand. */
export class Exact extends Unknown {}

/** One of several values, such as resources: a step into it is one into each. */
export class OneOf extends Unknown {
  constructor(readonly values: readonly Found[]) {
    super([]);
    let all: Unknown | undefined;
    const found = (): Unknown => (all ??= eitherOf(values));
    Object.defineProperty(this, 'texts', { get: () => found().texts });
    Object.defineProperty(this, 'reasons', { get: () => found().reasons });
    Object.defineProperty(this, PARTS, { value: values });
  }
}

/** A list, or a set, of exactly these texts, whose order is not known. */
export class UnknownList extends Unknown {}

/** A value of which parts may be unknown. */
export type Evaluated = Value | Unknown | readonly Evaluated[] | { readonly [name: string]: Evaluated };

/** It does not exist: an index behind the end of a list, a key that an object lacks. */
export const ABSENT: unique symbol = Symbol('absent');

export type Found = Evaluated | typeof ABSENT;

/** What was looked for: a null that is there is a value. */
export const orAbsent = (value: Found | undefined): Found => (value === undefined ? ABSENT : value);

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

/** A value that a condition may leave out. */
export function perhaps(value: Evaluated): Evaluated {
  if (value instanceof OneOf) return new OneOf(value.values.map((one) => (one === ABSENT ? one : perhaps(one))));
  if (isUnknown(value)) return new Unknown(value.texts, value.reasons, true);
  if (isList(value)) return value.map(perhaps);
  if (!isObject(value)) return value;

  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, perhaps(one)]));
}

/** How many texts a list has, each of which is known or is one that the apply gives. Undefined: it may have others, or fewer. */
export function sizeOf(value: Found): number | undefined {
  if (value instanceof UnknownList) return value.texts.length;
  if (!isList(value)) return undefined;

  const isOne = (one: Evaluated): boolean =>
    isUnknown(one) ? one.texts.length === 1 && one.reasons.length === 0 && !one.mayLack : typeof one === 'string';
  return value.every(isOne) ? new Set(value.map((one) => (isUnknown(one) ? one.texts[0] : one))).size : undefined;
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

/** One of several values, those left out that do not exist. */
export function oneOf(values: readonly Found[]): Found {
  const existing = values.filter((one) => one !== ABSENT);
  const [only = ABSENT, ...others] = existing;
  if (others.length === 0 && values.length > 0) return only;

  return existing.some((one) => one instanceof OneOf || isObject(one) || isList(one))
    ? new OneOf(existing)
    : eitherOf(existing);
}

/** A text of parts. Of one that is open: with the one text that the part may be, or the open parts alone. */
export function joined(parts: readonly Found[]): Found {
  const length = parts.reduce<number>((sum, one) => sum + (typeof one === 'string' ? one.length : 0), 0);
  if (length > MOST_CHARACTERS) throw new RangeError('too long');

  if (parts.every((one) => isKnown(one) && typeof one !== 'object')) return parts.map(String).join('');

  const texts = parts.map((one) =>
    isUnknown(one) && one.texts.length === 1 && one.reasons.length === 0
      ? one.texts[0]
      : isKnown(one)
        ? String(one)
        : undefined,
  );
  return texts.every((one) => one !== undefined)
    ? new Exact([texts.join('')])
    : eitherOf(parts.filter((one) => !isKnown(one)));
}
