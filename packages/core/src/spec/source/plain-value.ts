/**
 * A value from a file: plain data. Only a map's own members count, and not inherited ones: `constructor` is a
 * member only of a map that defines it.
 */
export type Plain = null | boolean | number | string | Plain[] | PlainMap;
export interface PlainMap {
  [key: string]: Plain;
}

/** The steps from the root to a value: `['links', 'eu', 'subnets', 0]`. */
export type KeyPath = readonly (string | number)[];

/** A map that inherits nothing. */
export function emptyMap(): PlainMap {
  return Object.create(null) as PlainMap;
}

export function isPlainMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A path in readable form: `links.eu.subnets[0]`. Keys that are not simple words are in brackets, as in
 * `integrations.orders.routes["ANY /orders"]`.
 */
export function formatPath(path: KeyPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[\w-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
