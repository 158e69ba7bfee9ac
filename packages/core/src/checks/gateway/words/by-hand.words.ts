import type { Says } from '../../../findings/statement.js';

/** Messages of `by-hand.ts`. */
export const byHandSays = {
  STAGES_BY_HAND: ({
    names,
    name,
    id,
  }: {
    readonly names: readonly string[];
    readonly name: string;
    readonly id: string;
  }) => `the deployment of ${names.join(', ')} of ${name === '' ? id : `${name} (${id})`} contains the current routes`,
} satisfies Says;
