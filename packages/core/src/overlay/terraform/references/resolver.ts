import type { Candidates, References, SetsOf, SymbolOf, AttributeUse } from '../../declared/open.js';
import { isMarked, marksAt, valueAt, type AttributePath, type Value } from '../../declared/values.js';
import type { TerraformDocument } from '../document.js';
import { Naming } from './naming.js';
import type { Instances, TerraformInstance } from '../instances.js';
import { pairings } from './pairings.js';
import { AnyOf, within } from '../sources/evaluator.js';
import { Modules } from '../sources/modules.js';
import type { Sources } from '../sources/syntax.js';
import {
  ABSENT,
  eitherOf,
  Exact,
  isKnown,
  isList,
  isObject,
  sizeOf,
  type Evaluated,
  type Found,
} from '../sources/unknown.js';

/**
 * What unknown attributes may be, by the references of the configuration. Terraform records which values an expression
 * names, and neither operators nor order: `[a.id, b.id]` and `c ? a.id : b.id` look the same. So several references
 * are several candidates, and what the configuration does not record (locals, dynamic blocks) can name what its module has.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
export class Resolver implements References {
  readonly isKept = true;
  readonly #modules: Modules | undefined;
  /** The same of what the output of the plan has of it. */
  readonly #named: Modules;
  /** What was asked is found once. */
  readonly #answers = new Map<string, unknown>();

  constructor(
    document: TerraformDocument,
    instances: Instances,
    named: Sources,
    readonly symbolOf: SymbolOf,
    readonly setsOf: SetsOf,
  ) {
    this.#named = new Modules(document, named, instances, symbolOf, setsOf);
    const { sources } = document;
    this.#modules = sources && new Modules(document, sources, instances, symbolOf, setsOf);
  }

  /** What an attribute that is not known may be. */
  candidates(instance: TerraformInstance, path: AttributePath, wanted: AttributeUse, written = path): Candidates {
    const evaluated = this.#evaluated(instance, path);
    // What is written as nothing, the provider decides. Of a block it is not certain that it is the one that is written.
    if (evaluated === null && path.length === 1)
      return { values: [], reasons: [`${instance.address}.${path[0]} is computed by the provider`] };
    if (evaluated !== undefined && evaluated !== null) {
      const { texts, reasons } = eitherOf([evaluated]);
      const fitting = texts.filter((text) => wanted.form.test(text));
      const isAll = sizeOf(evaluated) === fitting.length;
      // An empty list that is written is one: where the provider may decide it, too, it is open in the plan.
      if (fitting.length > 0 || (isAll && isList(evaluated)))
        return { values: fitting, reasons, isWhole: true, ...(isAll ? { isAll } : {}) };
    }
    const isWritten = (evaluated ?? undefined) !== undefined;
    // The form chooses among what is named: it is found once for all forms.
    const { attribute, types, holders } = wanted;
    const question = [instance.address, path, written, attribute, `${types}`, `${holders}`, isWritten];
    const found = this.#once(question, () => {
      const naming = new Naming(this.#named, wanted, isWritten);
      naming.attribute(instance, path, written);
      return naming;
    });
    const values = [...found.values].filter((value) => wanted.form.test(value));
    // A local value that is open names something of its module: without any, it is not known what.
    const isOpen = values.length === 0 || isWritten;
    const reasons = [...found.reasons, ...(isOpen ? found.undescribed : [])];
    return {
      values,
      reasons,
      ...(found.isMap ? { isMap: true } : {}),
      ...(found.hasFlag ? { hasFlag: true } : {}),
      ...(found.undescribed.size > 0 ? { undescribed: [...found.undescribed] } : {}),
    };
  }

  exact(instance: TerraformInstance, path: AttributePath): { readonly value: Value } | undefined {
    const found = this.#evaluated(instance, path);
    // A key that an object of the configuration lacks.
    if (found === undefined && path.length > 1 && isObject(this.#evaluated(instance, path.slice(0, -1)) ?? null))
      return { value: null };
    if (found instanceof Exact) return { value: found.texts[0] ?? null };

    return found !== undefined && isKnown(found) ? { value: found } : undefined;
  }

  /** What the sources say of an attribute. Undefined: there are none, or they lack it. */
  #evaluated(instance: TerraformInstance, path: AttributePath): Evaluated | undefined {
    if (isMarked(marksAt(instance.sensitive, path))) return undefined;

    const found = this.#modules?.written(instance, path);
    return found === ABSENT ? undefined : found;
  }

  isSet({ config }: TerraformInstance, attribute: string): boolean | undefined {
    return config === undefined ? undefined : config.expressions?.[attribute] !== undefined;
  }

  /** Sources say it of each part; the JSON of an attribute, and of what any block of a list has. */
  isWritten(instance: TerraformInstance, path: AttributePath): boolean | undefined {
    const { config } = instance;
    const evaluated = this.#evaluated(instance, path);
    if (evaluated !== undefined) return evaluated !== null;
    if (config === undefined) return undefined;

    const at = path.findLastIndex((part) => typeof part === 'number');
    const list = this.#named.written(instance, path.slice(0, Math.max(at, 1)));
    // A block that is there and that the configuration does not show is a dynamic one, which sources have.
    if (list === ABSENT) return at < 0 || this.#modules !== undefined ? false : undefined;
    if (at < 0 || !isList(list)) return at < 0 && path.length === 1 ? true : undefined;

    return list.some((block) => within(block, path.slice(at + 1)) !== ABSENT);
  }

  /** An expression of which all is known is known: where the attribute is not, the expression is null. */
  isComputed(instance: TerraformInstance, attribute: string): boolean {
    const isSet = this.isSet(instance, attribute);
    if (isSet !== true) return isSet === false;

    const evaluated = this.#evaluated(instance, [attribute]);
    if (evaluated !== undefined) return evaluated === null;

    return this.#isKnown(this.#named.written(instance, [attribute]));
  }

  /** Whether something is named, and all of it is known before the apply. */
  #isKnown(named: Found): boolean {
    const found = new Naming(this.#named);
    found.add(named);
    return named instanceof AnyOf && !found.isOpen && found.reasons.size === 0;
  }

  nameOf(_: TerraformInstance, path: AttributePath): string {
    return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${part}`)).join('');
  }

  pairings(
    instance: TerraformInstance,
    path: AttributePath,
    written: AttributePath,
  ): readonly (readonly number[])[] | undefined {
    const { address, after, unknown, sensitive } = instance;
    const read = this.setsOf(instance.type)?.[path.filter((part) => typeof part === 'string').join('.')];
    const blocks = this.#named.written(instance, written);
    const values = valueAt(after, path);
    if (read === undefined || !isList(blocks) || !Array.isArray(values)) return undefined;

    return this.#once([address, path, written], () => {
      const set = { values, unknown: marksAt(unknown, path), sensitive: marksAt(sensitive, path), read };
      return pairings(set, blocks, (one) => this.#isKnown(one));
    });
  }

  #once<T>(question: readonly unknown[], find: () => T): T {
    const at = JSON.stringify(question);
    if (!this.#answers.has(at)) this.#answers.set(at, find());
    return this.#answers.get(at) as T;
  }
}
