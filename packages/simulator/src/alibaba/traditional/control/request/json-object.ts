import { say } from './parameters.js';
import { isJsonObject, textOf, type JsonObject, type JsonValue } from '../../../state/json-object.js';

/**
 * Reads a JSON object from a parameter. The service accepts names in camelCase, too (Terraform's provider
 * sends them); they are kept in PascalCase.
 * @throws {AlibabaError} `Invalid<what>`
 */
export function readObject(what: string, text: string): JsonObject {
  const value = readJson(what, text);
  if (!isJsonObject(value)) throw say.invalid(what);

  return value;
}

/** Reads a JSON array of objects out of a parameter. @throws {AlibabaError} `Invalid<what>` */
export function readObjects(what: string, text: string): readonly JsonObject[] {
  const value = readJson(what, text);
  if (!Array.isArray(value) || !value.every(isJsonObject)) throw say.invalid(what);

  return value;
}

function readJson(what: string, text: string): JsonValue {
  try {
    return pascal(JSON.parse(text) as JsonValue);
  } catch {
    throw say.invalid(what);
  }
}

function pascal(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(pascal);
  if (!isJsonObject(value)) return value;

  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.charAt(0).toUpperCase() + name.slice(1), pascal(member)]),
  );
}

/** The named members that an object has, as texts. */
export function texts<N extends string>(object: JsonObject, names: readonly N[]): Partial<Record<N, string>> {
  const found = names.map((name) => [name, textOf(object, name)] as const).filter(([, value]) => value !== '');
  return Object.fromEntries(found) as Partial<Record<N, string>>;
}

/** The named members that an object has, as numbers, however they are written. */
export function numbers<N extends string>(object: JsonObject, names: readonly N[]): Partial<Record<N, number>> {
  const found = names.map((name) => [name, Number(textOf(object, name) || Number.NaN)] as const);
  return Object.fromEntries(found.filter(([, value]) => !Number.isNaN(value))) as Partial<Record<N, number>>;
}

/** The named members that an object has, as booleans, however they are written. */
export function booleans<N extends string>(object: JsonObject, names: readonly N[]): Partial<Record<N, boolean>> {
  const found = names.map((name) => [name, textOf(object, name)] as const).filter(([, value]) => value !== '');
  return Object.fromEntries(found.map(([name, value]) => [name, /^true$/i.test(value)])) as Partial<Record<N, boolean>>;
}
