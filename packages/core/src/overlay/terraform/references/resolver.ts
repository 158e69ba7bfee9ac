import type { Candidates, References, SetsOf, SymbolOf, AttributeUse } from '../../declared/open.js';
import { isMarked, marksAt, valueAt, type AttributePath, type Value } from '../../declared/values.js';
import { Answers } from './answers.js';
import type { Expressions, TerraformDocument } from '../document.js';
import { expressionAt, partAt } from '../expressions.js';
import { Followed } from './followed.js';
import { scopeOf } from './attribute-follower.js';
import { Follower } from './follower.js';
import type { Instances, TerraformInstance } from '../instances.js';
import { pairings } from './pairings.js';
import { Modules } from '../sources/modules.js';
import { ABSENT, eitherOf, Exact, isKnown, isList, isObject, sizeOf, type Evaluated } from '../sources/unknown.js';

/**
 * What unknown attributes may be, by the references of the configuration. Terraform records which values an expression
 * names, and neither operators nor order: `[a.id, b.id]` and `c ? a.id : b.id` look the same. So several references
 * are several candidates, and what the configuration does not record (locals, dynamic blocks) can name what its module has.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
export class Resolver implements References {
  readonly isKept = true;
  readonly #pairings = new Map<TerraformInstance, Map<string, readonly (readonly number[])[]>>();
  readonly #follower: Follower;
  readonly #modules: Modules | undefined;
  readonly #answers: Answers;

  constructor(
    document: TerraformDocument,
    instances: Instances,
    readonly symbolOf: SymbolOf,
    readonly setsOf: SetsOf,
  ) {
    this.#answers = new Answers(symbolOf);
    this.#follower = new Follower(document, instances, this.#answers);
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
    return this.#followed(instance, path, wanted, written, (evaluated ?? undefined) !== undefined);
  }

  /** `isWritten`: the sources say what it names, and which of it, they do not decide. */
  #followed(
    instance: TerraformInstance,
    path: AttributePath,
    wanted: AttributeUse,
    written: AttributePath,
    isWritten: boolean,
  ): Candidates {
    // The form chooses among what is named: it is followed once for all forms.
    const found = this.#answers.find(instance, `${questionOf(path, wanted, written)}${isWritten}`, () => {
      const named = new Followed(wanted);
      named.isNarrow = isWritten;
      this.#follower.attribute(instance, path, named, written);
      return named;
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
    const list = partAt(config.expressions, path.slice(0, Math.max(at, 1)));
    // A block that is there and that the configuration does not show is a dynamic one, which sources have.
    if (list === undefined) return at < 0 || this.#modules !== undefined ? false : undefined;
    if (at < 0 || !Array.isArray(list)) return at < 0 && path.length === 1 ? true : undefined;

    return list.some((block) => partAt(block as Expressions, path.slice(at + 1)) !== undefined);
  }

  /** An expression of which all is known is known: where the attribute is not, the expression is null. */
  isComputed(instance: TerraformInstance, attribute: string): boolean {
    const isSet = this.isSet(instance, attribute);
    if (isSet !== true) return isSet === false;

    const evaluated = this.#evaluated(instance, [attribute]);
    if (evaluated !== undefined) return evaluated === null;

    const expression = expressionAt(instance.config?.expressions, [attribute]);
    return (
      expression !== undefined &&
      this.#answers.find(instance, expression, () => this.#follower.isKnown(expression, scopeOf(instance)))
    );
  }

  nameOf(_: TerraformInstance, path: AttributePath): string {
    return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${part}`)).join('');
  }

  pairings(
    instance: TerraformInstance,
    path: AttributePath,
    written: AttributePath,
  ): readonly (readonly number[])[] | undefined {
    const { config, after, unknown, sensitive } = instance;
    const read = this.setsOf(instance.type)?.[path.filter((part) => typeof part === 'string').join('.')];
    const blocks = partAt(config?.expressions, written);
    const values = valueAt(after, path);
    if (read === undefined || !Array.isArray(blocks) || !Array.isArray(values)) return undefined;

    const own = this.#pairings.get(instance) ?? new Map<string, readonly (readonly number[])[]>();
    this.#pairings.set(instance, own);
    const at = JSON.stringify([path, written]);
    let ways = own.get(at);
    if (ways === undefined) {
      const scope = scopeOf(instance);
      const set = { values, unknown: marksAt(unknown, path), sensitive: marksAt(sensitive, path), read };
      ways = pairings(set, blocks, (expression) => this.#follower.isKnown(expression, scope));
      own.set(at, ways);
    }
    return ways;
  }
}

function questionOf(path: AttributePath, { attribute, types, holders }: AttributeUse, written: AttributePath): string {
  return JSON.stringify([path, written, attribute, `${types}`, `${holders}`]);
}
