/** The members of all: what the wings bring, in one table. */
export function together<T extends object>(parts: readonly T[]): T {
  return Object.assign({}, ...parts) as T;
}
