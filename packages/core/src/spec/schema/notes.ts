import * as z from 'zod';

/**
 * What the reference and editors show about a key, in addition to its meaning. `docs/spec.md` and the JSON
 * Schema are generated from it.
 */
export interface KeyNotes {
  /** Values that the parser accepts. */
  readonly examples?: readonly unknown[] | undefined;
  /** What holds where the key is not written: a phrase without a full stop. */
  readonly absent?: string | undefined;
  /** The title of the cloud that the key applies to, where it is one of several. */
  readonly cloud?: string | undefined;
}

/** A key that may be left out. Notes are added to the new schema alone: no schema is copied for them. */
export function optional<S extends z.ZodType>(schema: S, description: string, notes: KeyNotes = {}): z.ZodOptional<S> {
  return noted(schema.optional(), withNotes(description, notes));
}

/** A key that must be written. */
export function required<S extends z.ZodType>(schema: S, description: string, notes: KeyNotes = {}): S {
  return noted(schema.clone(), withNotes(description, notes));
}

/**
 * A schema whose values have this name in the reference, such as `region`. It must be new, because the name
 * is added to it.
 */
export function called<S extends z.ZodType>(valueType: string, schema: S): S {
  return noted(schema, { valueType });
}

/**
 * Zod omits `examples` of values that the schema transforms. These are the values that users write, so they
 * have a separate name.
 */
function withNotes(description: string, { examples, ...rest }: KeyNotes): Readonly<Record<string, unknown>> {
  return { description, shown: examples, ...rest };
}

function noted<S extends z.ZodType>(schema: S, notes: Readonly<Record<string, unknown>>): S {
  z.globalRegistry.add(schema, notes);
  return schema;
}
