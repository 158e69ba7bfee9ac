/** Throws, as the last part of an expression: `rows.get(id) ?? raise(notFound(id))`. */
export function raise(error: Error): never {
  throw error;
}

/** A function that answers the row of an ID, and throws what is `missing` where there is none. */
export const rowBy =
  <S, R>(rows: (from: S) => ReadonlyMap<string, R> | undefined, missing: (id: string, from: S) => Error) =>
  (from: S, id: string | undefined): R =>
    rows(from)?.get(id ?? '') ?? raise(missing(id ?? '', from));
