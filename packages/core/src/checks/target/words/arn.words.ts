import type { Says } from '../../../findings/statement.js';

/** The texts of `arn.ts`. */
export const arnSays = {
  RIGHT_PLACE: ({ message }: { readonly message: string }) => message,
} satisfies Says;
