/** The resources below the root that routes with these keys need: one for each part of a path, as a tree. */
export function resourcesOf(keys: readonly string[]): number {
  const made = new Set<string>();
  for (const key of keys) {
    const [, path = ''] = /^\S+ \/(.*)$/.exec(key) ?? [];
    const parts = path.split('/').filter((part) => part !== '');
    for (const at of parts.keys()) made.add(parts.slice(0, at + 1).join('/'));
  }
  return made.size;
}
