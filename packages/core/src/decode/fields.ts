import * as z from 'zod';
import type { Json } from '../ground/json.js';
import { isName } from '../do/forms/text-rules.js';

/**
 * A schema for each member of `T`, including the optional ones: a new member of the type needs one in the
 * schema.
 */
type Shape<T> = { readonly [Key in keyof T]-?: z.ZodType<T[Key]> };

/**
 * An object with exactly the members of `T`; unknown ones are refused, including `__proto__`. Call it as
 * `strict<Link>()({ … })`: TypeScript cannot infer one type argument and accept the other.
 */
export function strict<T>(): <S extends Shape<T>>(
  shape: S,
) => z.ZodObject<{ -readonly [Key in keyof S]: S[Key] }, z.core.$strict> {
  return (shape) => z.strictObject(shape);
}

/** A text, also an empty one. */
export const text = z.string();
/** A text that may lack. */
export const optionalText = z.string().optional();
export const texts = z.array(z.string());
export const flag = z.boolean();
/** A whole number from 0. */
export const count = z.int().min(0);
export const moment = z.iso.datetime();
export const json: z.ZodType<Json> = z.json();
export const name = z.string().refine(isName, 'no name: 1 to 63 ASCII letters, digits, ".", "_" and "-"');
