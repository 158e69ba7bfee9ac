import type { Says } from '../../findings/statement.js';

/** What is said by `arn.ts`. */
export const arnSays = {
  RIGHT_PLACE: ({ message }: { readonly message: string }) => message,
} satisfies Says;
