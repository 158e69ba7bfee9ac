import type { Scope } from '../driver.js';

/** The ID of the gap of a list of gateways that nothing names: what is named is read all the same. */
export const UNNAMED = '*';

/** How many gateways are read besides those that a scope names, and what the gap of their list has. `every`: all of them are asked for. */
export function unnamedIn({ all, allGateways, unnamedGateways = 0 }: Scope) {
  const every = all === true || allGateways === true;
  return { every, most: every ? Number.POSITIVE_INFINITY : unnamedGateways, gap: every ? {} : { id: UNNAMED } };
}
