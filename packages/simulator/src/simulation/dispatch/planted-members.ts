import { ownValue } from '../own-value.js';
/** What a member has to be, for a message; undefined where it is that. */
export type MemberForm = (value: unknown) => string | undefined;

/** The members of each kind. */
export type MemberForms = Readonly<Record<string, Readonly<Record<string, MemberForm>>>>;

/** A form: what a message says is expected, and whether a value is that. */
export const form =
  (expected: string, holds: (value: unknown) => boolean): MemberForm =>
  (value) =>
    holds(value) ? undefined : expected;
export const optional =
  (one: MemberForm): MemberForm =>
  (value) =>
    value === undefined ? undefined : one(value);
export const oneOf = <T extends string>(...words: readonly T[]): MemberForm =>
  form(`one of ${words.join(', ')}`, (value) => words.some((word) => word === value));
/** IDs and names: what does not exist is refused later, by its name. */
export const text = form(
  'a string of 1 to 2,048 characters',
  (value) => isText(value) && value !== '' && value.length <= 2_048,
);

/**
 * A value from outside, if it has the form of something that can be planted.
 * @throws {RangeError} with the member that is wrong and what it has to be
 */
export function checkPlanted(value: unknown, all: MemberForms): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new RangeError('What is planted is an object with a "kind".');

  const { kind } = value;
  const forms = isText(kind) ? ownValue(all, kind) : undefined;
  if (forms === undefined) throw new RangeError(`"kind" is one of ${Object.keys(all).toSorted().join(', ')}.`);

  const unknown = Object.keys(value).find((name) => name !== 'kind' && !Object.hasOwn(forms, name));
  if (unknown !== undefined) {
    throw new RangeError(
      `${String(kind)} has no ${JSON.stringify(unknown.slice(0, 64))}; it has ${Object.keys(forms).join(', ')}.`,
    );
  }

  for (const [name, expects] of Object.entries(forms)) {
    const expected = expects(ownValue(value, name));
    if (expected !== undefined) throw new RangeError(`"${name}" of ${String(kind)} is ${expected}.`);
  }
  return value;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
