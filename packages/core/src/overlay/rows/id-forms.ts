import type { AttributeUse } from '../declared/open.js';

/** An attribute `id` whose values are a prefix and a word: `sg-1a2b`. */
export function idForm(prefix: string): AttributeUse {
  return { attribute: 'id', form: new RegExp(`^${prefix}-[0-9a-z]+$`) };
}

/**
 * The ID of an instance that does not exist yet, for `ids` of a row. It is of the form that {@link idForm} has, and the same each time that
 * the plan is read, because it follows from the address of the instance.
 */
export function newId(prefix: string): (view: unknown, hash: string) => string {
  return (_, hash) => `${prefix}-${hash.slice(0, 17)}`;
}
