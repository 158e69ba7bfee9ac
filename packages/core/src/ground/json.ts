/** Deeper than any file that we write, and shallow enough for every recursion that follows: deeper JSON is neither written nor read. */
export const MAX_JSON_DEPTH = 64;

/** A plain JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** An escape of JSON, or a backslash that begins none. */
const ESCAPE = /\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|)/g;

/**
 * The text between quotation marks, as JSON or HCL writes it. A control character that is not escaped, and a backslash
 * that begins no escape of JSON, stand for themselves: files of other programs have both.
 */
export function quotedText(quoted: string): string {
  const inside = quoted
    .slice(1, -1)
    .replaceAll(ESCAPE, (escape, valid: string | undefined) => (valid === undefined ? '\\\\' : escape))
    .replaceAll(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
  return JSON.parse(`"${inside}"`) as string;
}

/**
 * The member of a record with a name from outside. Only its own members count: `constructor` of a plain object is a function, and no
 * entry.
 */
export function entryOf<T>(record: Readonly<Record<string, T>> | undefined, name: string | undefined): T | undefined {
  return record !== undefined && name !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
