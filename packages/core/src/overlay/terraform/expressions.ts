import { NOT_WRITTEN } from '../declared/open.js';
import { valueAt, type AttributePath, type Value } from '../declared/values.js';
import { isExpression, type Expression, type Expressions } from './document.js';
import type { Part, TerraformInstance } from './instances.js';

/** A key of a part, as a part of its own: `ids["a"]` is `ids` and `a`. */
export function keyed(part: Part | undefined): readonly Part[] {
  return part?.key === undefined ? [] : [{ name: String(part.key), key: undefined }];
}

/** The references that no other one is the beginning of: each is followed by its own beginnings, longest first. */
export function leaves(references: readonly string[]): readonly string[] {
  const found: string[] = [];
  let last: string | undefined;
  for (const one of references) {
    const isBeginning =
      last !== undefined && last.length > one.length && /^[.[]/.test(last.slice(one.length)) && last.startsWith(one);
    if (!isBeginning) found.push(one);
    last = one;
  }
  return [...new Set(found)];
}

/** The expression of an attribute; of one in a list of blocks where their number is that of the configuration. */
export function expressionAt(expressions: Expressions | undefined, path: AttributePath): Expression | undefined {
  const found = partAt(expressions, path);
  return isExpression(found) ? found : undefined;
}

/** An expression, or the blocks of a name. */
export function partAt(expressions: Expressions | undefined, path: AttributePath): unknown {
  let at: unknown = expressions;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    // Blocks that are written as attributes have one expression for the whole list.
    if (isExpression(at)) return at;

    at = (at as Readonly<Record<string | number, unknown>>)[part];
  }
  return at;
}

/**
 * The value of a variable of the root. Undefined: the plan does not have it. Terraform leaves out ephemeral ones, and others remove
 * what is secret: neither of the two is null.
 */
export function rootValue(values: Readonly<Record<string, Value>>, name: string, fallback?: Value): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : fallback;
}

/** Why it is not known. */
export function withoutValue(variable: string): string {
  return `var.${variable} has no value in the plan`;
}

/** A part of a value. Keys of a map that names the value, and not of the value itself, come first. */
export function within(value: Value, rest: readonly Part[]): Value {
  if (typeof value !== 'object') return value;

  for (const tail of tailsOf(rest)) {
    const path = pathOf(tail);
    const found = path.length === 0 && rest.length > 0 ? undefined : valueAt(value, path);
    if (found !== undefined) return found;
  }
  return null;
}

/** What may belong to a value: all parts first, then fewer of those behind keys of a map, and last none. */
export function tailsOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  return [...parts.keys(), parts.length].map((keys) => parts.slice(keys));
}

export function pathOf(parts: readonly Part[]): AttributePath {
  return parts.flatMap(({ name, key }) => [name, ...(key === undefined ? [] : [key])]);
}

/** Whether a set has no more blocks than the configuration writes: Terraform keeps one of those that are equal. */
export function isMerged({ config, after }: TerraformInstance, path: AttributePath, written: AttributePath): boolean {
  const at = written.indexOf(NOT_WRITTEN);
  const [values, blocks] = [valueAt(after, path.slice(0, at)), partAt(config?.expressions, written.slice(0, at))];
  return at > 0 && Array.isArray(values) && Array.isArray(blocks) && values.length <= blocks.length;
}

/** Every expression in a tree of blocks. */
export function* expressionsIn(at: unknown): Generator<Expression> {
  if (typeof at !== 'object' || at === null) return;

  if (isExpression(at)) yield at;
  else for (const one of Object.values(at)) yield* expressionsIn(one);
}
