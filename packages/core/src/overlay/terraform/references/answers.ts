import type { SymbolOf } from '../../declared/open.js';
import type { Expression } from '../document.js';
import type { Instances, TerraformInstance } from '../instances.js';

/** Who is asked: an instance, or all instances together. */
type Asked = TerraformInstance | Instances;

/** What an instance is asked: the text of a question, or an expression that is its own. */
type Question = string | Expression;

/** What references of a document name while its plan is laid once, with the IDs of this laying: each is looked for once. */
export class Answers {
  readonly #all = new Map<Asked, Map<Question, unknown>>();

  constructor(readonly symbolOf: SymbolOf) {}

  find<T>(asked: Asked, question: Question, look: () => T): T {
    const own = this.#all.get(asked) ?? new Map<Question, unknown>();
    this.#all.set(asked, own);
    if (!own.has(question)) own.set(question, look());
    return own.get(question) as T;
  }
}
