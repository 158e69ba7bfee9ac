import type { Syntax } from '@postern/core/internal/overlay';

/** A value that a file has written out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * What an object of a type has in place of an optional attribute that it lacks: the default, or null. An attribute is left out whose
 * default is an expression, or has another value elsewhere in the type.
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints#optional-object-type-attributes
 */
export function optionalAttributes(type: Syntax): ReadonlyMap<string, Json> {
  const found = new Map<string, Json | undefined>();
  const look = (at: Syntax): void => {
    if (at.is === 'list') at.items.forEach(look);
    if (at.is === 'call') at.arguments.forEach(look);
    for (const [key, value] of at.is === 'object' ? at.items : []) {
      const name = key.is === 'value' ? String(key.value) : '';
      if (value.is === 'call' && value.name === 'optional') {
        const [, given] = value.arguments;
        const own = given === undefined ? null : literal(given);
        const isAnother = found.has(name) && JSON.stringify(found.get(name)) !== JSON.stringify(own);
        found.set(name, isAnother ? undefined : own);
      }
      look(value);
    }
  };
  look(type);
  return new Map([...found].filter((one): one is [string, Json] => one[1] !== undefined));
}

/** A value that is written out. Undefined: it is an expression. */
function literal(at: Syntax): Json | undefined {
  if (at.is === 'value') return at.value;
  if (at.is === 'list') {
    const items = at.items.map(literal);
    return items.every((one) => one !== undefined) ? items : undefined;
  }
  if (at.is !== 'object') return undefined;

  const items = at.items.map(([key, value]) => [key.is === 'value' ? key.value : undefined, literal(value)] as const);
  return items.every(([key, value]) => key !== undefined && value !== undefined)
    ? (Object.fromEntries(items.map(([key, value]) => [String(key), value])) as Json)
    : undefined;
}
