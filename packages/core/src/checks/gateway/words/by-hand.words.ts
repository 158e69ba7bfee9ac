import type { Says } from '../../../findings/statement.js';
import { fewText } from '../../../text/few-text.js';

/** Messages of `by-hand.ts`. */
export const byHandSays = {
  STAGES_BY_HAND: ({
    names,
    name,
    id,
    differs,
  }: {
    readonly names: readonly string[];
    readonly name: string;
    readonly id: string;
    /** The declared routes from which the current ones differ. */
    readonly differs: readonly string[];
  }) =>
    `the deployment of ${names.join(', ')} of ${name === '' ? id : `${name} (${id})`} serves the declared routes${
      differs.length === 0 ? '' : `, although the current routes differ (${fewText(differs)})`
    }`,
} satisfies Says;
