import type { Rule } from '../../../do/findings/check.js';
import {
  fill,
  type Names,
  type Optional,
  type Printable,
  type Required,
  type Template,
  type TextOf,
  type Values,
} from '../../../ground/text/template.js';
import type { Evidence, Mending, Params } from '../../../do/findings/finding.js';

/** The texts of one check for its documentation. Without a severity it reports errors. */
export type PathRule = Pick<Rule, 'id' | 'title' | 'about' | 'unsettled' | 'sources'> & Partial<Pick<Rule, 'severity'>>;

/** Why a hop stops a packet, or why that cannot be determined. `C`: its possible codes. */
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

/** What a reason has besides its texts. `F`: the facts that are no values of placeholders. */
interface More<A extends string, F, W extends Values> {
  /** The facts that are not published. */
  readonly hidden?: readonly string[] | undefined;
  /** The facts that are published, and that no text has a placeholder for. */
  readonly also?: readonly A[] | undefined;
  /** Values of placeholders that follow from the facts; they are not published. */
  readonly words?: ((facts: F) => W) | undefined;
  /** What is published after the facts. */
  readonly params?: ((facts: F) => Params) | undefined;
}

/** A reason as data: its sentences as templates. */
export interface ReasonText<
  T extends string = string,
  A extends string = string,
  F = never,
  W extends Values = Values,
> extends More<A, F, W> {
  readonly because: Template;
  readonly remedy?: Template | undefined;
  /** Only in types: its texts. */
  readonly texts?: T | undefined;
}

/** The facts of a reason: those that its texts have placeholders for. */
export type FactsOf<T extends string> = { readonly [N in Required<T>]: Printable } & {
  readonly [N in Exclude<Names<T>, Required<T>>]?: Optional;
};

/** A reason with placeholders for its facts (`ground/text/template.ts`). */
export function reason<
  const B extends Template,
  const R extends Template = never,
  const A extends string = never,
  F = unknown,
  W extends Values = Readonly<Record<never, never>>,
>(
  because: B,
  remedy?: R,
  more: More<A, F, W> = {},
): ReasonText<TextOf<B> | TextOf<R>, NoInfer<A>, NoInfer<F>, NoInfer<W>> {
  return { because, remedy, ...more };
}

/** What a function of a table was made from. */
export interface WithText {
  /** Its texts; none where other hops are a part of it. */
  readonly text?: ReasonText | undefined;
}

type Made<E, C extends string> = WithText &
  (E extends ReasonText<infer T, infer A, infer F, infer W>
    ? (facts: Omit<FactsOf<T>, keyof W> & { readonly [N in A]?: Optional } & F) => Reason<C>
    : E extends (facts: infer F) => Said
      ? (facts: F) => Reason<C>
      : never);

/** A table of reasons by code: a text with placeholders, or, where other hops are a part of it, a function of its facts. */
export function reasons<const T extends Readonly<Record<string, ReasonText | ((facts: never) => Said)>>>(
  table: T,
): { readonly [C in keyof T & string]: Made<T[C], C> } {
  const made = Object.entries(table).map(([code, say]) => [
    code,
    Object.assign(
      (facts: never): Reason => {
        const { params = facts, ...said } = typeof say === 'function' ? say(facts) : filled(say, facts);
        return { ...said, why: { code, params } };
      },
      { text: typeof say === 'function' ? undefined : say } satisfies WithText,
    ),
  ]);
  // The compiler does not see that each entry keeps its code and its facts.
  return Object.fromEntries(made) as { [C in keyof T & string]: Made<T[C], C> };
}

function filled({ because, remedy, hidden = [], words, params }: ReasonText, facts: never): Said {
  const values: Values = { ...(facts as Values), ...words?.(facts) };
  const published = Object.entries<Params[string]>(facts).filter(([name]) => !hidden.includes(name));
  return {
    because: fill(because, values),
    remedy: remedy === undefined ? undefined : fill(remedy, values) || undefined,
    params: { ...Object.fromEntries(published), ...params?.(facts) },
  };
}

/** The sentence of another hop, as a part of this one. */
export function becauseOf({ because, text }: HopText): string {
  return because ?? text;
}

/** The published facts of another hop, after its code under the given name. */
export function paramsUnder(name: string, hop: HopText | undefined): Params {
  return hop === undefined ? {} : { [name]: hop.why?.code, ...hop.why?.params };
}

/** A hop with another sentence, which has placeholders, and with more facts; a hop without a reason stays as it is. */
function around<H extends HopText>(hop: H, sentence: string, params?: Params): H {
  const { because, why } = hop;
  if (because === undefined || why === undefined) return hop;

  return {
    ...hop,
    because: fill(sentence, { ...params, because }),
    why: { ...why, params: { ...why.params, ...params } },
  };
}

export function onReturnPath<H extends HopText>(hop: H): H {
  return around(hop, 'on the return path, {because}');
}

/** Where the addresses that are in use now are allowed. */
export function allowedToday<H extends HopText>(hop: H, today: readonly string[]): H {
  const sentence = '{because}; {today:few} {today?is:are} allowed now, but addresses in a subnet change';
  return around(hop, sentence, { today });
}

/** Where rules that name groups do not apply on the path. */
export function withoutReferences<H extends HopText>(hop: H): H {
  return around(hop, '{because}; rules that name security groups do not apply on this path', { references: 'lost' });
}

/** Where the load balancer preserves the client's address, and it is not documented whether groups filter it. */
export function perhapsFiltered<H extends HopText>(hop: H): H {
  return around(
    hop,
    "the load balancer preserves the client's address, and it is not documented whether security groups of its servers filter it: {because}",
  );
}

/** Where, of several targets that receive calls, so many are not reachable. */
export function oneOfSeveral<H extends HopText>(hop: H, lost: number, sent: number): H {
  return around(
    hop,
    '{because}; a part of the calls fails: {lost} of {sent} targets that receive calls {lost?is:are} not reachable',
    { lost, sent },
  );
}
