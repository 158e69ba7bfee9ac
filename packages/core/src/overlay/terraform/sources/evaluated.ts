import { PARTS, type Fuel } from '../../declared/fuel.js';
import { isMarked, marksAt, valueAt, type AttributePath, type Marks, type Value } from '../../declared/values.js';
import type { Key, TerraformInstance } from '../instances.js';
import { OPTIONAL } from './evaluator.js';
import { ABSENT, isList, isObject, Unknown, type Evaluated, type Found } from './unknown.js';

/** The names in what is not known, or sensitive. */
export function keysOf(marks: Marks): readonly string[] {
  return typeof marks === 'object' && marks !== null && !Array.isArray(marks) ? Object.keys(marks) : [];
}

/** What has no key is itself, what has numbers a list, what has names an object. Undefined for nothing. */
export function keyed(all: readonly (readonly [Key, Evaluated])[]): Evaluated | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  if (first[0] === undefined) return first[1];
  if (typeof first[0] === 'string') return Object.fromEntries(all.map(([key, one]) => [String(key), one]));

  const list: Evaluated[] = [];
  for (const [key, one] of all) list[Number(key)] = one;
  return Array.from(list, (one) => one ?? null);
}

/** An object whose members are evaluated when they are asked for, each once but for those that are `given`. */
export function lazily<T>(
  members: Readonly<Record<string, T>>,
  fuel: Fuel,
  find: (one: T) => Found,
  given?: (one: T) => Evaluated | undefined,
): Evaluated {
  const made: { [name: string]: Evaluated } = {};
  // Each is weighed when it is asked for.
  Object.defineProperty(made, PARTS, { value: Object.keys(members) });
  for (const [name, one] of Object.entries(members)) {
    let found: Evaluated | undefined;
    Object.defineProperty(made, name, {
      enumerable: true,
      get: () => {
        const own = given?.(one);
        if (own !== undefined) return own;
        if (found === undefined) {
          found = new Unknown([], ['the references form a circle']);
          const value = find(one);
          found = fuel.weighed(value === ABSENT ? null : value);
        }
        return found;
      },
    });
  }
  return made;
}

/** Marks the attributes of an instance with it. */
export const OWNER: unique symbol = Symbol('owner');

/** A value of a plan; what is not known in it is as the configuration writes it. */
export function opened(
  value: Value,
  unknown: Marks,
  sensitive: Marks,
  path: AttributePath,
  instance: TerraformInstance,
  written: (path: AttributePath) => Found,
): Evaluated {
  const text = path.reduce<string>(
    (at, part) => (typeof part === 'number' ? `${at}[${part}]` : `${at}.${part}`),
    instance.address,
  );
  if (sensitive === true) return new Unknown([], [`${text} is sensitive`]);
  if (unknown === true) {
    if (instance.mode === 'data' && instance.actions.includes('read'))
      return new Unknown([], [`${instance.address} is read during the apply`]);

    const found = written(path);
    // What is written as nothing, the provider decides.
    return found === ABSENT || found === null ? new Unknown([], [`${text} is computed by the provider`]) : found;
  }
  const part = (inner: Value, at: string | number): Evaluated =>
    opened(inner, marksAt(unknown, [at]), marksAt(sensitive, [at]), [...path, at], instance, written);
  if (Array.isArray(value)) return (value as readonly Value[]).map(part);
  if (typeof value !== 'object' || value === null)
    return isMarked(unknown) ? new Unknown([], [`${text} is computed by the provider`]) : value;

  const names = new Set([...Object.keys(value), ...keysOf(unknown)]);
  return Object.fromEntries([...names].map((name) => [name, part(valueAt(value, [name]) ?? null, name)]));
}

/** A value whose objects may have more members than are written. */
export function withOptional(value: Evaluated, optional: Optional): Evaluated {
  if (isList(value)) return value.map((one) => withOptional(one, optional));
  if (!isObject(value)) return value;

  const made = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withOptional(one, optional)]));
  return Object.defineProperty(made, OPTIONAL, { value: (name: string) => lackingIn(optional, name) });
}

type Optional = ReadonlyMap<string, Value>;

/** What an object has in place of an optional attribute that it lacks. */
function lackingIn(optional: Optional, name: string): Evaluated {
  const value = optional.get(name);
  return value === undefined ? new Unknown([], [`${name} may have a default`]) : withOptional(value, optional);
}
