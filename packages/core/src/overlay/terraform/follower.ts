import { looseTexts, type SymbolOf, type Wanted } from '../declared/open.js';
import { isMarked, marksAt, valueAt, type AttributePath } from '../declared/values.js';
import type { ConfigModule, Expression, TerraformDocument } from './document.js';
import {
  expressionAt,
  expressionsIn,
  isMerged,
  keyed,
  leaves,
  pathOf,
  rootValue,
  tailsOf,
  within,
  withoutValue,
} from './expressions.js';
import { isLate, type LateData } from './late-data.js';
import {
  moduleText,
  partsOf,
  type Instances,
  type Key,
  type ModulePath,
  type Part,
  type TerraformInstance,
} from './instances.js';
import { Followed } from './followed.js';

/** Where an expression stands: in an instance of a module, and of a resource or a call with a key. */
interface Scope {
  readonly module: ModulePath;
  readonly key: Key;
  readonly forEach: Expression | undefined;
  readonly depth: number;
}

const ANY: Wanted = { attribute: 'id', form: /^/ };

/** A chain of modules and resources that is longer is a circle. */
const MOST_STEPS = 40;

/** Follows references of the configuration to what they name. */
export class Follower {
  constructor(
    readonly document: TerraformDocument,
    readonly instances: Instances,
    readonly symbolOf: SymbolOf,
    readonly late: Pick<LateData, 'find'>,
  ) {}

  /** Whether all that an expression names is known before the apply. */
  isKnown(expression: Expression, scope: Scope): boolean {
    const found = new Followed();
    this.#expression(expression, scope, [], ANY, found);
    return (expression.references?.length ?? 0) > 0 && !found.isOpen && found.reasons.size === 0;
  }

  attribute(
    instance: TerraformInstance,
    path: AttributePath,
    wanted: Wanted,
    into: Followed,
    depth: number,
    written = path,
  ): void {
    const [name = ''] = path;
    if (isMarked(marksAt(instance.sensitive, path))) {
      into.reasons.add(`${instance.address}.${String(name)} is sensitive`);
      return;
    }
    const expression = expressionAt(instance.config?.expressions, written);
    if (isLate(instance) && expression === undefined) {
      this.#late(instance, path, wanted, into, depth + 1);
      return;
    }
    const scope = scopeOf(instance, depth + 1);
    const text = `${instance.address}.${String(name)}`;
    if (expression !== undefined) this.#expression(expression, scope, [], wanted, into);
    else if (typeof path[1] !== 'number') {
      if (!into.isBroad || couldHold(path, wanted)) into.reasons.add(`${text} is computed by the provider`);
    } else if (isMerged(instance, path, written))
      into.reasons.add(`${text} is a set, whose blocks a plan does not tell apart`);
    // A part of a list that the configuration does not have.
    else this.#anything(`${text} is a dynamic block, which a plan does not describe`, scope, wanted, into);
  }

  /** What a data source that is read during the apply finds, or may find. */
  #late(data: TerraformInstance, path: AttributePath, wanted: Wanted, into: Followed, depth: number): void {
    const found = this.late.find(data);
    const named = depth > MOST_STEPS ? undefined : found?.named(path);
    if (found === undefined || named === undefined) {
      into.reasons.add(`${data.address} is read during the apply`);
      return;
    }
    for (const one of found.reasons) into.reasons.add(one);
    for (const { instance, path: own } of named) this.#value(instance, own, wanted, into, depth);
    if (found.isList && !found.isAll) into.isSome = true;
    for (const one of found.early) into.undescribed.add(one);
  }

  #expression(
    expression: Expression,
    scope: Scope,
    rest: readonly Part[],
    wanted: Wanted,
    into: Followed,
    isEach = false,
  ): void {
    if (expression.constant_value !== undefined) {
      into.add(within(expression.constant_value, rest));
      return;
    }
    const references = looseTexts(expression.references);
    if (scope.depth > MOST_STEPS) {
      into.reasons.add('the references form a circle');
      return;
    }
    // The value of `for_each = aws_subnet.a` with a key is the subnet with that key.
    const usesKey = isEach || references.some((one) => /^(?:count\.index|each\.(?:key|value))/.test(one));
    for (const reference of leaves(references)) this.#reference(reference, scope, rest, usesKey, wanted, into);
  }

  #reference(
    text: string,
    scope: Scope,
    rest: readonly Part[],
    usesKey: boolean,
    wanted: Wanted,
    into: Followed,
  ): void {
    const parts = partsOf(text);
    const [head, second, third] = parts ?? [];
    if (parts === undefined || head === undefined) {
      into.reasons.add(`the reference ${text} is of a form that is not known`);
      return;
    }
    switch (head.name) {
      case 'count':
      case 'path':
      case 'terraform':
      case 'self':
        return;
      case 'local':
        this.#anything(`${text} is a local value, which a plan does not describe`, scope, wanted, into);
        return;
      case 'each':
        if (second?.name === 'value' && scope.forEach === undefined) into.isOpen = true;
        if (second?.name === 'value' && scope.forEach !== undefined) {
          // A flag in it chooses instances, which the plan lists.
          const { hasFlag } = into;
          this.#expression(
            scope.forEach,
            { ...scope, forEach: undefined, depth: scope.depth + 1 },
            [...parts.slice(2), ...rest],
            wanted,
            into,
            true,
          );
          into.hasFlag = hasFlag;
        }
        return;
      case 'var':
        this.#variable(second?.name ?? '', scope, [...keyed(second), ...parts.slice(2), ...rest], wanted, into);
        return;
      case 'module':
        this.#output(second, third, scope, [...keyed(third), ...parts.slice(3), ...rest], usesKey, wanted, into);
        return;
      case 'data':
        this.#resource('data', parts.slice(1), scope, rest, usesKey, wanted, into);
        return;
      default:
        this.#resource('managed', parts, scope, rest, usesKey, wanted, into);
    }
  }

  /** A variable: of the root its value, of another module what its call gives. */
  #variable(name: string, scope: Scope, rest: readonly Part[], wanted: Wanted, into: Followed): void {
    const { module } = scope;
    const call = module.at(-1);
    const fallback = this.instances.configOf(module)?.variables?.[name]?.default;
    if (call === undefined) {
      const value = rootValue(this.document.variables, name, fallback);
      if (value === undefined) into.reasons.add(withoutValue(name));
      else into.add(within(value, rest));
      return;
    }
    const outer = module.slice(0, -1);
    const declared = this.instances.configOf(outer)?.module_calls?.[call.name];
    const expression = expressionAt(declared?.expressions, [name]);
    if (declared === undefined) into.reasons.add(`the call of module.${call.name} is not in the plan`);
    // A variable without a default is given: its null is a default that is null.
    else if (expression === undefined) into.add(within(fallback ?? null, rest));
    else
      this.#expression(
        expression,
        { module: outer, key: call.key, forEach: declared?.for_each_expression, depth: scope.depth + 1 },
        rest,
        wanted,
        into,
      );
  }

  #output(
    call: Part | undefined,
    output: Part | undefined,
    scope: Scope,
    rest: readonly Part[],
    usesKey: boolean,
    wanted: Wanted,
    into: Followed,
  ): void {
    const { module, key, depth } = scope;
    const config = this.instances.configOf(module)?.module_calls?.[call?.name ?? '']?.module;
    const expression = config?.outputs?.[output?.name ?? '']?.expression;
    if (call === undefined || config === undefined || (output !== undefined && expression === undefined)) {
      into.reasons.add(`the output ${output?.name ?? ''} of module.${call?.name ?? ''} is not in the plan`);
      return;
    }
    const keys = call.key === undefined ? this.instances.keysOf(module, call.name) : [call.key];
    if (expression === undefined) {
      // The module is named as a whole.
      for (const own of keys) this.#outputs(config, [...module, { name: call.name, key: own }], depth, wanted, into);
      return;
    }
    for (const own of usesKey && keys.includes(key) ? [key] : keys) {
      const inner = [...module, { name: call.name, key: own }];
      this.#expression(
        expression,
        { module: inner, key: undefined, forEach: undefined, depth: depth + 1 },
        rest,
        wanted,
        into,
      );
    }
  }

  #resource(
    mode: TerraformInstance['mode'],
    [type, resource, ...own]: readonly Part[],
    { module, key, depth }: Scope,
    rest: readonly Part[],
    usesKey: boolean,
    wanted: Wanted,
    into: Followed,
  ): void {
    const all = this.instances.of(module, mode, type?.name ?? '', resource?.name ?? '');
    const given =
      resource?.key ?? (own.length === 0 ? all.find((one) => String(one.key) === rest[0]?.name)?.key : undefined);
    const named = given === undefined ? all : all.filter((one) => one.key === given);
    const inside = given === undefined || resource?.key !== undefined ? rest : rest.slice(1);
    const same = usesKey && given === undefined ? named.filter((one) => one.key === key) : [];
    if (named.length === 0 || (own.length === 0 && named.some(({ unknown }) => isMarked(unknown)))) into.isOpen = true;
    for (const instance of same.length > 0 ? same : named)
      this.#value(instance, this.#pathIn(instance, own, inside, wanted, into), wanted, into, depth);
  }

  /**
   * The path of an attribute behind a reference. `rest` has what follows it in the configuration: of a map that names the
   * reference under a key, the key comes first and does not belong to the attribute.
   */
  #pathIn(
    instance: TerraformInstance,
    own: readonly Part[],
    rest: readonly Part[],
    wanted: Wanted,
    into: Followed,
  ): AttributePath {
    for (const tail of tailsOf(rest)) {
      const path = pathOf([...own, ...tail]);
      if (path.length === 0) break;
      const first = String(path[0]);
      const isId = (instance.after?.[first] ?? undefined) === undefined && this.symbolOf(instance, first) !== undefined;
      const isThere = valueAt(instance.after, path) !== undefined || isMarked(marksAt(instance.unknown, path));
      // An ID has no parts.
      if (isId ? path.length > 1 : !isThere) continue;
      if (tail.length < rest.length) into.isMap = true;
      return path;
    }
    if (own.length > 0) return pathOf(own);
    // A whole resource under keys of a map or an object: what is wanted of it.
    if (rest.length > 0) into.isMap = true;
    return [wanted.attribute];
  }

  /** An attribute of an instance that another one names. */
  #value(instance: TerraformInstance, path: AttributePath, wanted: Wanted, into: Followed, depth: number): void {
    const isOpen = isMarked(marksAt(instance.unknown, path));
    const known = valueAt(instance.after, path);
    if (!isOpen && known !== undefined) {
      into.add(known);
      return;
    }
    // What has neither is not in the plan.
    into.isOpen = true;
    if (wanted.types !== undefined && instance.mode !== 'data' && !wanted.types.test(instance.type)) return;
    const [attribute = ''] = path;
    const symbol = path.length === 1 ? this.symbolOf(instance, String(attribute)) : undefined;
    if (symbol !== undefined) into.values.add(symbol);
    else if (isOpen || isMarked(marksAt(instance.sensitive, path))) this.attribute(instance, path, wanted, into, depth);
  }

  /**
   * A local value, or a block that the plan does not describe, can name what is in its module and nothing else: resources and data
   * there, what the call of the module gives, and what calls inside it return.
   * @see https://developer.hashicorp.com/terraform/language/values/locals
   */
  #anything(why: string, { module, depth }: Scope, wanted: Wanted, into: Followed): void {
    into.undescribed.add(why);
    into.isOpen = true;
    const text = moduleText(module);
    if (into.modules.has(text)) return;
    into.modules.add(text);
    const wasBroad = into.isBroad;
    into.isBroad = true;
    for (const instance of this.instances.inModule(module)) this.#anyOf(instance, wanted, into);
    const call = module.at(-1);
    const outer = module.slice(0, -1);
    const given = call && this.instances.configOf(outer)?.module_calls?.[call.name];
    if (given !== undefined) {
      const scope = { module: outer, key: call?.key, forEach: given.for_each_expression, depth: depth + 1 };
      for (const expression of expressionsIn(given.expressions)) this.#expression(expression, scope, [], wanted, into);
    }
    for (const [name, { module: inner }] of Object.entries(this.instances.configOf(module)?.module_calls ?? {}))
      for (const key of inner === undefined ? [] : this.instances.keysOf(module, name))
        this.#outputs(inner ?? {}, [...module, { name, key }], depth, wanted, into);
    into.isBroad = wasBroad;
  }

  /** All that a module returns. */
  #outputs({ outputs = {} }: ConfigModule, module: ModulePath, depth: number, wanted: Wanted, into: Followed): void {
    const scope = { module, key: undefined, forEach: undefined, depth: depth + 1 };
    for (const { expression } of Object.values(outputs))
      if (expression !== undefined) this.#expression(expression, scope, [], wanted, into);
  }

  /**
   * What an instance has of a form: its own IDs, and what its provider found. What its configuration names is followed where it
   * comes from: it is in the module, too.
   */
  #anyOf(instance: TerraformInstance, wanted: Wanted, into: Followed): void {
    const { address, type, mode, after = {}, unknown, config } = instance;
    if (isLate(instance)) {
      const found = this.late.find(instance);
      const names =
        found === undefined ? [] : Object.keys(typeof unknown === 'object' && unknown !== null ? unknown : {});
      if (found === undefined && couldHold([type], wanted)) into.reasons.add(`${address} is read during the apply`);
      for (const name of names) {
        const isAsked = couldHold([name], wanted) || (OWN_IDS.includes(name) && couldHold([type], wanted));
        if (isAsked && found?.named([name]) !== undefined) this.#late(instance, [name], wanted, into, 1);
      }
      return;
    }
    if (mode !== 'data' && wanted.types?.test(type) === false) return;
    const marked = typeof unknown === 'object' && unknown !== null && !Array.isArray(unknown) ? unknown : {};
    const hasRow = OWN_IDS.some((name) => this.symbolOf(instance, name) !== undefined);
    for (const name of new Set([...Object.keys(after), ...Object.keys(marked), wanted.attribute])) {
      const symbol = this.symbolOf(instance, name);
      const isOwn = OWN_IDS.includes(name);
      if (isMarked(marksAt(unknown, [name]))) {
        if (symbol !== undefined) into.values.add(symbol);
        else if (!hasRow && !isOwn && config?.expressions?.[name] === undefined && couldHold([name], wanted))
          into.reasons.add(`${address}.${name} is computed by the provider`);
      } else if (isOwn || name === wanted.attribute || couldHold([name], wanted)) into.add(after[name] ?? null);
    }
  }
}

const OWN_IDS = ['id', 'arn'];

/** Where the expressions of an instance stand. */
export function scopeOf({ module, key, config }: TerraformInstance, depth = 1): Scope {
  return { module, key, forEach: config?.for_each_expression, depth };
}

/** Whether an attribute of any type can have such a value, by its name: its own ID only a type that has rows has. */
function couldHold(path: AttributePath, { holders }: Wanted): boolean {
  return (
    holders === undefined ||
    path.some((part) => holders.test(String(part)) || /^(?:outputs?|results?)$/.test(String(part)))
  );
}
