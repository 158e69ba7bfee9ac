import type { Rule } from '../../../do/findings/check.js';
import type { Evidence, Mending, Params } from '../../../do/findings/finding.js';

/** The texts of one check for its documentation. */
export type PathRule = Pick<Rule, 'id' | 'title' | 'about' | 'unsettled' | 'sources'>;

/** Why a hop stops a packet, or why that is not known. `C`: the codes that there are. */
export interface Reason<C extends string = string> {
  /** In one sentence, without a full stop. */
  readonly because: string;
  readonly remedy?: string | undefined;
  /** Set where the remedy is to apply the spec as it is. */
  readonly mendedBy?: Mending | undefined;
  /** The code, and the facts that are published. */
  readonly why: { readonly code: C; readonly params: Params };
}

/** What decides at a hop, with its reason where it stops the packet or is not known. */
export interface HopText<C extends string = string>
  extends Pick<Evidence, 'kind' | 'id' | 'text' | 'code'>, Partial<Reason<C>> {}

/** What a reason says of its facts; `params`: what is published, where these are not all facts. */
interface Said extends Omit<Reason, 'why'> {
  readonly params?: Params | undefined;
}

/** A table of reasons by code: each is made of its facts. */
export function reasons<const T extends Readonly<Record<string, (facts: never) => Said>>>(
  table: T,
): { readonly [C in keyof T & string]: (facts: Parameters<T[C]>[0]) => Reason<C> } {
  const made = Object.entries(table).map(([code, say]) => [
    code,
    (facts: never): Reason => {
      const { params = facts, ...said } = say(facts);
      return { ...said, why: { code, params } };
    },
  ]);
  // The compiler does not see that each entry keeps its code and its facts.
  return Object.fromEntries(made) as { [C in keyof T & string]: (facts: Parameters<T[C]>[0]) => Reason<C> };
}

/** The sentence of another hop, as a part of this one. */
export function becauseOf({ because, text }: HopText): string {
  return because ?? text;
}

/** The published facts of another hop, after its code under the given name. */
export function paramsUnder(name: string, hop: HopText | undefined): Params {
  return hop === undefined ? {} : { [name]: hop.why?.code, ...hop.why?.params };
}
