import { aboutThings, thing } from '../../do/findings/subject.js';
import type { Rule } from '../../do/findings/check.js';
import type { Finding } from '../../do/findings/finding.js';
import { findingOf } from '../../do/findings/say.js';
import type { Instance } from '../declared/values.js';
import type { DraftRegion } from '../draft/draft-region.js';
import { UnknownAttribute, type Choose } from '../draft/choice.js';
import type { View } from '../draft/view.js';
import type { PlansOfCloud } from '../rows/plans-of-cloud.js';
import type { Asked, RefusedValue, Refusals } from '../rows/refusals.js';

/** What a plan is asked of each resource that it creates or changes. */
export const REFUSED_RULE: Rule = {
  id: 'plan/refused',
  title: 'The cloud accepts the values that are in the plan',
  severity: 'error',
  about:
    'A cloud refuses a resource for values that are in the plan: a form, a combination, a name that is taken. The apply ends with ' +
    'an error, and what needs the resource does not exist or is as before. Correct the value at the address.',
  sources: [],
};

/** A resource that the cloud refuses. */
export interface Refused {
  readonly address: string;
  /** The IDs of what it is, or what it belongs to. */
  readonly ids: readonly string[];
  /** The addresses of what is not created without it, where that is known. */
  readonly needing?: readonly string[] | undefined;
  readonly finding: Finding;
}

/** A resource of the plan, where it is laid. */
export interface Questioned {
  readonly instance: Instance;
  readonly of: PlansOfCloud;
  readonly draft: DraftRegion;
}

/** What resources are asked with. */
export interface Questioning<P extends Questioned> {
  readonly placed: readonly P[];
  readonly viewOf: (one: P, when: View['when'], choose: Choose) => View;
  /** Whether a resource is created, replaced or changed; `beside`: while what it replaces exists. */
  readonly changeOf: (instance: Instance) => 'new' | 'beside' | 'changed' | undefined;
  readonly idsOf: (one: P) => readonly string[];
  /** The addresses of IDs that were made up. */
  readonly symbols: ReadonlyMap<string, string>;
}

/** Where several values are possible, none is certain. */
const CERTAIN: Choose = ({ address, attribute, alternatives, every }) => {
  if (every === true && alternatives[0] !== undefined) return alternatives[0];

  throw new UnknownAttribute(address, attribute, ['it is one of several values']);
};

/** Asks each resource once what the cloud refuses of it. */
export class Questions<P extends Questioned> {
  readonly #found = new Map<P, readonly Refused[]>();
  readonly #byType = new Map<string, P[]>();
  readonly #planned = new Map<DraftRegion, Set<string>>();

  constructor(readonly given: Questioning<P>) {
    for (const one of given.placed) {
      const { instance, draft } = one;
      const list = this.#byType.get(instance.type) ?? [];
      this.#byType.set(instance.type, list);
      if (instance.after !== undefined && !instance.deposed) list.push(one);
      const planned = this.#planned.get(draft) ?? new Set();
      this.#planned.set(draft, planned);
      for (const attribute of ['id', 'arn']) {
        const id = instance.before?.[attribute];
        if (typeof id === 'string') planned.add(id);
      }
    }
  }

  all(): readonly Refused[] {
    return this.given.placed.flatMap((one) => this.of(one));
  }

  of(one: P): readonly Refused[] {
    let found = this.#found.get(one);
    if (found === undefined) {
      found = this.#ask(one);
      this.#found.set(one, found);
    }
    return found;
  }

  #ask(one: P): readonly Refused[] {
    const { instance, of } = one;
    const change = this.given.changeOf(instance);
    const rules = of.refusals?.filter(({ types }) => types.includes(instance.type)) ?? [];
    if (change === undefined || rules.length === 0 || instance.after === undefined || instance.lost !== undefined)
      return [];

    return rules.flatMap((rule) => {
      const after = outcomes(rule, this.#asked(one, 'after', change));
      if (after.length === 0) return [];

      // What the cloud has accepted already is not refused.
      const before = change === 'changed' ? outcomes(rule, this.#asked(one, 'before', change)) : [];
      const known = new Set(before.map(({ code }) => code));
      return after
        .filter(({ code }) => !known.has(code))
        .map(({ also = [], ...outcome }) => ({
          address: instance.address,
          ids: [...this.given.idsOf(one), ...also],
          finding: findingOf(REFUSED_RULE, outcome),
        }));
    });
  }

  #asked(one: P, when: View['when'], change: 'new' | 'beside' | 'changed'): Asked {
    const { instance, draft } = one;
    const view = this.given.viewOf(one, when, CERTAIN);
    const { symbols } = this.given;
    // A text that the configuration has is shown as it is, even where it is an ID as well.
    const written = new Set(Object.values(instance.after ?? {}));
    return {
      view,
      draft,
      isBeside: change === 'beside',
      about: aboutThings(undefined, thing('resource', instance.address, instance.address)),
      named: (attribute) => view.lookup.references.nameOf(instance, [attribute]),
      others: (...types) => [
        ...types
          .flatMap((type) => this.#byType.get(type) ?? [])
          .filter((other) => other !== one && other.draft === draft)
          .map((other) => this.given.viewOf(other, 'after', CERTAIN)),
        ...(change === 'beside' && types.includes(instance.type) ? [this.given.viewOf(one, 'before', CERTAIN)] : []),
      ],
      planned: this.#planned.get(draft) ?? new Set(),
      shown: (value) => (written.has(value) ? value : (symbols.get(value) ?? value)),
    };
  }
}

/** What is refused, up to what is not known. */
function outcomes(rule: Refusals, asked: Asked): readonly RefusedValue[] {
  const found: RefusedValue[] = [];
  try {
    for (const one of rule.ask(asked)) found.push(one);
  } catch (error) {
    if (!(error instanceof UnknownAttribute)) throw error;
  }
  return found;
}
