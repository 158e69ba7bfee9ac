/**
 * Something that is worked out from a part of the simulated world, and again only when the world may have changed.
 * @param work works it out
 */
export function perVersion<S extends object, T>(work: (state: S) => T): (state: S, version: number) => T {
  const known = new WeakMap<S, { readonly version: number; readonly value: T }>();
  return (state, version) => {
    const last = known.get(state);
    if (last?.version === version) return last.value;
    const value = work(state);
    known.set(state, { version, value });
    return value;
  };
}
