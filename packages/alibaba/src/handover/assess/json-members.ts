import type { Json } from '@postern/core/adapter';

/** A member of an object of JSON; undefined where the value is not an object. */
export function memberIn(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as { readonly [key: string]: Json })[name];
}

export function textIn(value: Json | undefined, name: string): string | undefined {
  const member = memberIn(value, name);
  return typeof member === 'string' && member !== '' ? member : undefined;
}

/** A number, also where it is written as a text. */
export function numberIn(value: Json | undefined, name: string): number | undefined {
  const member = memberIn(value, name);
  const number = typeof member === 'string' && member !== '' ? Number(member) : member;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The items of a list, or the values of an object. */
export function membersOf(value: Json | undefined, name: string): readonly Json[] {
  const member = memberIn(value, name);
  if (typeof member !== 'object' || member === null) return [];
  return Object.values(member) as readonly Json[];
}
