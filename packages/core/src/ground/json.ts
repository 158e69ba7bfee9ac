/** Deeper than any file that we write, and shallow enough for every recursion that follows: deeper JSON is neither written nor read. */
export const MAX_JSON_DEPTH = 64;

/** A plain JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
