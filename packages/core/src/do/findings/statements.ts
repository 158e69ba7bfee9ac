import { fill, type Filling } from '../../ground/text/template.js';
import type { Text, Texts } from './say.js';
import type { Severity, Verdict } from './finding.js';

/** A text with its values. */
export interface Statement<C extends string = string> {
  readonly code: C;
  readonly verdict: Verdict;
  readonly severity?: Severity | undefined;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** Each text of a table, as a function of the values of its placeholders. */
export type Statements<T extends Texts> = {
  readonly [C in keyof T & string]: T[C] extends Text<infer _, infer S>
    ? (...values: Filling<S>) => Statement<C>
    : never;
};

/**
 * Texts that are whole sentences, also those of an unknown, for verdicts that are about no resource of a snapshot: what is left is to
 * give each code its values.
 */
export function statementsOf<const T extends Texts>(texts: T): Statements<T> {
  const made = Object.entries(texts).map(([code, { verdict, severity, message, remedy }]) => [
    code,
    (values = {}): Statement => ({
      code,
      verdict,
      severity,
      message: fill(message, values),
      remedy: remedy === undefined ? undefined : fill(remedy, values),
    }),
  ]);
  // The compiler does not see that each entry keeps its code and its placeholders.
  return Object.fromEntries(made) as Statements<T>;
}
