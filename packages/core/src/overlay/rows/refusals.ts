import type { Outcome } from '../../do/findings/check.js';
import { sayOf, type Say, type Texts } from '../../do/findings/say.js';
import type { About } from '../../do/findings/subject.js';
import type { DraftRegion } from '../draft/draft-region.js';
import { UnknownAttribute } from '../draft/choice.js';
import type { View } from '../draft/view.js';

/** A resource that a plan creates, replaces or changes, as rules about its values are asked of it. */
export interface Asked {
  /** Its attributes after the plan. What is not known for certain throws {@link UnknownAttribute}: then it is not judged. */
  readonly view: View;
  /** Its region after the plan. */
  readonly draft: DraftRegion;
  /** It replaces another one that exists until the new one does. */
  readonly isBeside: boolean;
  readonly about: About;
  /** An attribute as the tool's users write it. */
  readonly named: (attribute: string) => string;
  /** The other resources of these types that are in its region after the plan, and what it replaces, where that exists beside it. */
  readonly others: (...types: readonly string[]) => readonly View[];
  /** The IDs of all that the plan's resources have now: what else the snapshot has stays as it is. */
  readonly planned: ReadonlySet<string>;
  /** What a report shows of a value: the address of what has this ID, where it does not exist yet. */
  readonly shown: (value: string) => string;
}

/** What a cloud refuses of a resource, or may refuse where the verdict is unknown. `also`: the IDs of what cannot exist without it, where its own ID does not say it. */
export type RefusedValue = Outcome & { readonly also?: readonly string[] | undefined };

/** What a cloud refuses by the values of a resource, of whichever tool. A rule is data and a pure function. */
export interface Refusals {
  /** Types of resources, as the provider of Terraform names them. */
  readonly types: readonly string[];
  readonly codes: Texts;
  readonly ask: (asked: Asked) => Iterable<RefusedValue>;
}

/** Rules about values of the same resources, with a sentence for each code. */
export function refusals<const T extends Texts>(
  types: readonly string[],
  codes: T,
  ask: (asked: Asked, say: Say<T>) => Iterable<RefusedValue>,
): Refusals {
  const say = sayOf(codes, { passes: false });
  return { types, codes, ask: (asked) => ask(asked, withShown(say, asked)) };
}

/** The same sentences, with addresses in place of IDs that do not exist yet. IDs are replaced as values, never in a text. */
function withShown<T extends Texts>(say: Say<T>, { shown }: Asked): Say<T> {
  const inValue = (value: unknown): unknown =>
    typeof value === 'string' ? shown(value) : Array.isArray(value) ? value.map(inValue) : value;
  const told = Object.entries<(about: About, params: object, ...more: unknown[]) => Outcome>(say as never);
  const wrapped = told.map(([code, one]) => [
    code,
    (about: About, params: object, ...more: unknown[]) =>
      one(about, Object.fromEntries(Object.entries(params).map(([name, value]) => [name, inValue(value)])), ...more),
  ]);
  // The compiler does not see that each entry keeps the placeholders of its text.
  return Object.fromEntries(wrapped) as Say<T>;
}

/** What is known for certain of a plan; undefined where it is not, or not set. */
export function ifCertain<T>(find: () => T | undefined): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof UnknownAttribute) return undefined;

    throw error;
  }
}
