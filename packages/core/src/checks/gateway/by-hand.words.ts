import type { Says } from '../../findings/statement.js';

/** What is said by `by-hand.ts`. */
export const byHandSays = {
  STAGES_BY_HAND: ({
    names,
    name,
    id,
  }: {
    readonly names: readonly string[];
    readonly name: string;
    readonly id: string;
  }) => `${names.join(', ')} of ${name === '' ? id : `${name} (${id})`} shows the routes as they are now`,
} satisfies Says;
