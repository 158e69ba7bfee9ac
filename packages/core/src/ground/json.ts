/** Deeper than any file that we write, and shallow enough for every recursion that follows: deeper JSON is neither written nor read. */
export const MAX_JSON_DEPTH = 64;

/** A plain JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The value of a JSON text; undefined for another text. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value that is a text with characters. */
export function ifText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function ifNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A value as JSON keeps it: without members that are undefined. */
export function asJson<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Whether a value has named members: a list and null have none. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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

const NOTHING: ReadonlySet<string> = new Set();

/**
 * A cloud's answer as plain JSON, as it would be read back, but without its text: every observation copies every answer. Dates are
 * ISO 8601, and members that are undefined or named in `leftOut` are missing. Undefined becomes null.
 */
export function plainCopy(value: unknown, leftOut: ReadonlySet<string> = NOTHING): unknown {
  return copyOf(value, leftOut) ?? null;
}

function copyOf(value: unknown, leftOut: ReadonlySet<string>): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null; // JSON has no -0
  if (Array.isArray(value)) return value.map((item) => plainCopy(item, leftOut));
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return membersOf(value as Readonly<Record<string, unknown>>, leftOut);
  }

  // Dates, objects of classes, and what JSON does not have.
  const text = JSON.stringify(value, (key, member: unknown) => (leftOut.has(key) ? undefined : member)) as
    string | undefined;
  return text === undefined ? undefined : JSON.parse(text);
}

/** Members are assigned one by one: objects with the same members then share one layout, which halves the time. */
function membersOf(value: Readonly<Record<string, unknown>>, leftOut: ReadonlySet<string>): Record<string, unknown> {
  const copies: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const copy = leftOut.has(key) ? undefined : copyOf(value[key], leftOut);
    if (copy === undefined) continue;

    if (key !== '__proto__') copies[key] = copy;
    // Assigned, it would be the prototype.
    else Object.defineProperty(copies, key, { value: copy, enumerable: true, configurable: true, writable: true });
  }
  return copies;
}
