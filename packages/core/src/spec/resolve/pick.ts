/**
 * The named members that exist: optional members of a spec are missing, never `undefined`, so that it is
 * plain JSON.
 */
export function pick<T extends object, K extends keyof T>(
  from: T,
  keys: readonly K[],
): { [P in K]?: Exclude<T[P], undefined> } {
  const entries = keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]);
  return Object.fromEntries(entries) as { [P in K]?: Exclude<T[P], undefined> };
}
