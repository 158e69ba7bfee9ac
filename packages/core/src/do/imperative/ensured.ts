import type { AnySpec } from '../input/given-spec.js';
import type { Egress, Link } from '../model/link.js';
import type { Step } from '../plan/plan.js';

/** A link, with the source of its calls: what to put on the backend's own allowlist. */
export type EnsuredLink = Link & { readonly egress: Egress };

/** What exists after `ensure` of a spec, and what it changed. Plain JSON. */
export interface Ensured<S = AnySpec> {
  /** By the names that links have in the spec. A link that is written inside an integration has its name. */
  readonly links: Readonly<Record<NamesOf<S, 'links'>, EnsuredLink>> &
    Readonly<Partial<Record<NamesOf<S, 'integrations'>, EnsuredLink>>>;
  /** What was done, in order. Empty where everything was as it should be. */
  readonly changes: readonly Omit<Step, 'input'>[];
  /** What was found and is not changed, or is kept, and why: a sentence each. */
  readonly notes: readonly string[];
}

type NamesOf<S, Member extends string> = S extends { readonly [M in Member]?: infer Named }
  ? unknown extends Named
    ? string
    : keyof NonNullable<Named> & string
  : string;
