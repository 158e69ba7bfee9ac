import { NOT_WRITTEN, type AttributeUse } from '../../declared/open.js';
import { isMarked, marksAt, valueAt, type AttributePath } from '../../declared/values.js';
import { leaves, pathOf, tailsOf } from '../expressions.js';
import { moduleText, partsOf, type ModulePath, type TerraformInstance } from '../instances.js';
import { OWNER } from '../sources/evaluated.js';
import { AnyOf, OPTIONAL, within } from '../sources/evaluator.js';
import type { Modules } from '../sources/modules.js';
import type { Step } from '../sources/syntax.js';
import {
  ABSENT,
  Exact,
  isKnown,
  isObject,
  isUnknown,
  membersIn,
  type Evaluated,
  type Found,
} from '../sources/unknown.js';

const ANY: AttributeUse = { attribute: 'id', form: /^/ };
const OWN_IDS = ['id', 'arn'];
/** They name no resource. */
const PLAIN: ReadonlySet<Step> = new Set(['count', 'each', 'path', 'terraform', 'self']);
/** A chain of modules and resources that is longer is a circle. */
const MOST_STEPS = 40;

/** What values name that are known later, of what is wanted. */
export class Naming {
  readonly values = new Set<string>();
  /** Why they may name something else. */
  readonly reasons = new Set<string>();
  /** What the plan does not describe on the way: it can name what its module has. */
  readonly undescribed = new Set<string>();
  /** A key of a map was passed, of which a plan does not say what stands under it. */
  isMap = false;
  /** Something that is named is not known yet. */
  isOpen = false;
  /** A flag was passed: it may choose nothing, and the provider decides. */
  hasFlag = false;
  /** Everything in a module is added, also what cannot have such a value. */
  #isBroad = false;
  /** A flag in a `for_each` chooses instances, which the plan lists. */
  #isEach = false;
  #steps = 0;
  readonly #modules = new Set<string>();
  readonly #added = new Map<AnyOf['named'], Set<string>>();

  /** `isNarrow`: what the plan does not describe is not followed, the sources do. */
  constructor(
    readonly modules: Modules,
    readonly wanted: AttributeUse = ANY,
    readonly isNarrow = false,
  ) {}

  /** What an attribute names. `written`: where its expression is, where that is not its path. */
  attribute(instance: TerraformInstance, path: AttributePath, written = path): void {
    const text = `${instance.address}.${String(path[0])}`;
    const found = this.modules.written(instance, written);
    const at = written.indexOf(NOT_WRITTEN);
    const blocks = at > 0 ? membersIn(this.modules.written(instance, written.slice(0, at))) : [];
    if (isMarked(marksAt(instance.sensitive, path))) this.reasons.add(`${text} is sensitive`);
    else if (found !== ABSENT && found !== null) this.add(found);
    else if (isLate(instance)) this.reasons.add(`${instance.address} is read during the apply`);
    else if (typeof path[1] !== 'number') this.reasons.add(`${text} is computed by the provider`);
    // Terraform keeps one of those that are equal.
    else if (membersIn(valueAt(instance.after, path.slice(0, at)) ?? null).length <= blocks.length && blocks.length > 0)
      this.reasons.add(`${text} is a set, whose blocks a plan does not tell apart`);
    // A part of a list that the configuration does not have.
    else this.#everything(`${text} is a dynamic block, which a plan does not describe`, instance.module);
  }

  /**
   * What a value names, or a part of it. The keys of a map that names it come first in `steps`, and are no part of it. `own`: steps that
   * are, of something that may have several instances; of these `key` is the one that is meant, where none is named.
   */
  add(of: Found, steps: readonly Step[] = [], own?: readonly Step[], key?: Step): void {
    if (of instanceof AnyOf) this.#anyOf(of, [...of.steps, ...(own ?? []), ...steps]);
    else if (of === ABSENT || isUnknown(of)) {
      this.isOpen = true;
      for (const one of of === ABSENT ? [] : of.texts) this.values.add(one);
      for (const one of of === ABSENT ? [] : of.reasons) this.reasons.add(one);
    } else if (typeof of !== 'object' || of === null) {
      if (typeof of === 'boolean') this.hasFlag ||= !this.#isBroad && !this.#isEach;
      else if (of !== null) this.values.add(String(of));
    } else if (OWNER in of) this.#instance(of, of[OWNER] as TerraformInstance, own ?? [], steps);
    else if (own !== undefined) {
      const [named = ''] = [...own, ...steps];
      const isOutputs = OPTIONAL in of;
      const has = (one: Step | undefined): boolean => one !== undefined && Object.hasOwn(of, one);
      const at = [named, key].find(has) ?? (isOutputs && own.length > 0 ? named : undefined);
      const all: readonly Found[] = at === undefined ? membersIn(of) : [within(of, [at])];
      const [left, inside] =
        at === named ? (own.length > 0 ? [steps, own.slice(1)] : [steps.slice(1), own]) : [steps, own];
      this.isOpen ||= all.length === 0;
      for (const one of all)
        if (isOutputs) this.add(one, [...inside, ...left]);
        else this.add(one, left, inside);
    } else if (steps.length === 0) for (const one of membersIn(of)) this.add(one);
    else {
      const parts = tailsOf(steps).map((tail): Found => (tail.length === 0 ? ABSENT : within(of, tail)));
      this.add(parts.find((one) => one !== ABSENT) ?? null);
    }
  }

  #anyOf({ named, names, isEach }: AnyOf, steps: readonly Step[]): void {
    const { module = [], own } = names;
    const key = within(own.get('count') ?? own.get('each') ?? null, [own.has('count') ? 'index' : 'key']);
    const added = this.#added.get(named) ?? new Set<string>();
    const at = `${isEach} ${this.#isEach} ${this.#isBroad} ${moduleText(module)} ${JSON.stringify([key, ...steps])}`;
    if (added.has(at)) return;
    if (this.#steps > MOST_STEPS) {
      this.reasons.add('the references form a circle');
      return;
    }

    this.#added.set(named, added.add(at));
    const before = this.#isEach;
    this.#isEach ||= isEach;
    this.#steps += 1;
    // The value of `for_each = aws_subnet.a` with a key is the subnet with that key.
    const usesKey = isEach || named.some((one) => /^(?:count\.index|each\.(?:key|value))/.test(one));
    for (const text of leaves(named)) {
      const parts = partsOf(text) ?? [];
      const [head = '', ...path] = pathOf(parts);
      if (head === '') this.reasons.add(`the reference ${text} is of a form that is not known`);
      else if (head === 'local') this.#everything(`${text} is a local value, which a plan does not describe`, module);
      else if (head === 'each' && path[0] === 'value')
        this.add(within(own.get('each') ?? ABSENT, ['value']), [...pathOf(parts.slice(2)), ...steps]);
      else if (!PLAIN.has(head)) {
        const [found, left] = names.find([String(head), ...path]);
        const isWhole = head === 'module' && left.length === 0;
        if (head === 'var') this.add(found, [...left, ...steps]);
        else this.add(found, steps, left, usesKey && !isWhole ? (key as Step) : undefined);
      }
    }
    this.#isEach = before;
    this.#steps -= 1;
  }

  #instance(of: Evaluated, instance: TerraformInstance, own: readonly Step[], steps: readonly Step[]): void {
    const { wanted } = this;
    if (own.length === 0 && isMarked(instance.unknown)) this.isOpen = true;
    // An ID has no parts.
    const isThere = (path: AttributePath, found = within(of, path)): boolean =>
      path.length > 0 && found !== ABSENT && !(found instanceof Exact && path.length > 1);
    const tail = tailsOf(steps).find((one) => isThere([...own, ...one]));
    this.isMap ||= tail === undefined ? own.length === 0 && steps.length > 0 : tail.length < steps.length;
    // Of a whole resource what is wanted of it.
    const path = [...own, ...(tail ?? (own.length > 0 ? [] : [wanted.attribute]))];
    const found = within(of, path);
    if (isKnown(found)) return this.add(found);

    this.isOpen = true;
    if (wanted.types !== undefined && instance.mode !== 'data' && !wanted.types.test(instance.type)) return;
    // What the plan leaves out may have an ID, too.
    const symbol = found === ABSENT ? this.modules.symbolOf(instance, path.join('.')) : undefined;
    if (symbol !== undefined) this.values.add(symbol);
    else if (found instanceof Exact || found instanceof AnyOf || !this.#isBroad || this.#couldHold(path))
      this.add(found);
  }

  /**
   * A local value, or a block that the plan does not describe, can name what is in its module and nothing else: resources and data
   * there, what the call of the module gives, and what calls inside it return.
   * @see https://developer.hashicorp.com/terraform/language/values/locals
   */
  #everything(why: string, module: ModulePath): void {
    this.undescribed.add(why);
    this.isOpen = true;
    const text = moduleText(module);
    if (this.#modules.has(text) || this.isNarrow) return;

    this.#modules.add(text);
    const before = this.#isBroad;
    this.#isBroad = true;
    for (const instance of this.modules.instances.inModule(module)) this.#anything(instance);
    for (const one of this.modules.around(module)) this.add(one);
    this.#isBroad = before;
  }

  /** What an instance has of a form: its own IDs, and what its provider found. What it names is added where it comes from. */
  #anything(instance: TerraformInstance): void {
    const { address, type, mode } = instance;
    const all = this.modules.object(instance);
    if (isLate(instance)) {
      if (this.#couldHold([type])) this.reasons.add(`${address} is read during the apply`);
      return;
    }
    if (!isObject(all) || (mode !== 'data' && this.wanted.types?.test(type) === false)) return;

    const hasRow = OWN_IDS.some((name) => this.modules.symbolOf(instance, name) !== undefined);
    for (const [name, one] of Object.entries(all)) {
      const isOwn = OWN_IDS.includes(name);
      const isSure = isKnown(one) ? isOwn || name === this.wanted.attribute : one instanceof Exact;
      const isPossible = isKnown(one) || (!hasRow && !isOwn && this.modules.written(instance, [name]) === ABSENT);
      if (isSure || (isPossible && this.#couldHold([name]))) this.add(one);
    }
  }

  /** Whether an attribute of any type can have such a value, by its name: its own ID only a type that has rows has. */
  #couldHold(path: AttributePath): boolean {
    const { holders = /^/ } = this.wanted;
    return path.some((part) => holders.test(String(part)) || /^(?:outputs?|results?)$/.test(String(part)));
  }
}

/** Whether a data source is read during the apply: what it finds is not in the plan. */
function isLate({ mode, after, actions }: TerraformInstance): boolean {
  return mode === 'data' && after !== undefined && actions.includes('read');
}
