import type { SymbolOf } from '../../declared/open.js';
import type { Instance } from '../../declared/values.js';
import type { Expression } from '../document.js';
import type { Instances } from '../instances.js';

/** An answer, and the IDs of instances that do not exist yet by which it was found. */
interface Answer {
  readonly value: unknown;
  readonly ids: Ids;
}

type Ids = ReadonlyMap<Instance, ReadonlyMap<string, string | undefined>>;

/** What an instance is asked: the text of a question, or an expression that is its own. */
type Question = string | Expression;

/** Who is asked: an instance, or all instances together. */
type Asked = Instance | Instances;

/** An answer that is being looked for. */
interface Search {
  readonly ids: Map<Instance, Map<string, string | undefined>>;
  /** Nothing but the document and the IDs decides: it is kept for each time that the plan is laid. */
  isKept: boolean;
}

/**
 * What the references of a document name, for each time that its plan is laid: a plan with several readings is laid once for
 * each. Only the IDs of what does not exist yet can differ between them, so an answer holds where its IDs are the same.
 */
export class Answers {
  readonly #all = new Map<Asked, Map<Question, Answer>>();

  get(asked: Asked, question: Question): Answer | undefined {
    return this.#all.get(asked)?.get(question);
  }

  keep(asked: Asked, question: Question, answer: Answer): void {
    const own = this.#all.get(asked) ?? new Map<Question, Answer>();
    this.#all.set(asked, own.set(question, answer));
  }
}

/** The answers while a plan is laid once, with its IDs. */
export class AnswersWith {
  readonly #holding = new Set<Answer>();
  readonly #now = new Answers();
  readonly #searches: Search[] = [];

  constructor(
    readonly answers: Answers,
    readonly given: SymbolOf,
  ) {}

  /** The ID of what does not exist yet: an answer that is being looked for depends on it. */
  readonly symbolOf: SymbolOf = (instance, attribute) => {
    const id = this.given(instance, attribute);
    const search = this.#searches.at(-1);
    if (search !== undefined) note(search, instance, attribute, id);
    return id;
  };

  /** What is being looked for depends on more than the IDs. */
  forget(): void {
    for (const search of this.#searches) search.isKept = false;
  }

  find<T>(asked: Asked, question: Question, look: () => T): T {
    const known = this.#now.get(asked, question) ?? this.answers.get(asked, question);
    if (known !== undefined && this.#holds(known)) {
      this.#use(known.ids);
      return known.value as T;
    }

    const search: Search = { ids: new Map(), isKept: true };
    this.#searches.push(search);
    try {
      const value = look();
      const answer = { value, ids: search.ids };
      this.#holding.add(answer);
      (search.isKept ? this.answers : this.#now).keep(asked, question, answer);
      return value;
    } finally {
      this.#searches.pop();
      this.#use(search.ids);
    }
  }

  /** An answer that is used in a search: what it depends on, that depends on, too. */
  #use(ids: Ids): void {
    const outer = this.#searches.at(-1);
    if (outer === undefined) return;

    for (const [instance, own] of ids) for (const [attribute, id] of own) note(outer, instance, attribute, id);
  }

  #holds(answer: Answer): boolean {
    if (this.#holding.has(answer)) return true;

    for (const [instance, own] of answer.ids)
      for (const [attribute, id] of own) if (this.given(instance, attribute) !== id) return false;
    this.#holding.add(answer);
    return true;
  }
}

function note({ ids }: Search, instance: Instance, attribute: string, id: string | undefined): void {
  let own = ids.get(instance);
  if (own === undefined) {
    own = new Map();
    ids.set(instance, own);
  }
  own.set(attribute, id);
}
