/**
 * The members of a row that the cloud shows. Rows hold them in the cloud's names, which begin with a capital; members that no call
 * shows, such as an index, begin with a small letter.
 */
export type Shown<R> = { readonly [M in keyof R as M extends Capitalize<M & string> ? M : never]: R[M] };

/** See {@link Shown}: what an answer has of a row. */
export function shown<R extends object>(row: R): Shown<R> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => /^[A-Z]/.test(name))) as Shown<R>;
}
