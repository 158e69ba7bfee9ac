/**
 * The named members that exist: optional members of a spec are missing, never `undefined`, so that it is
 * plain JSON.
 */
export function pick<T extends object, K extends keyof T>(
  from: T,
  keys: readonly K[],
): { [P in K]?: Exclude<T[P], undefined> } {
  const picked: { [P in K]?: T[P] } = {};
  for (const key of keys) {
    if (from[key] !== undefined) picked[key] = from[key];
  }
  return picked as { [P in K]?: Exclude<T[P], undefined> };
}
