import { looseTexts } from '../../declared/open.js';
import { isMarked, type AttributePath } from '../../declared/values.js';
import type { Answers } from './answers.js';
import { AttributeFollower, MOST_STEPS, type FollowsExpressions, type Scope } from './attribute-follower.js';
import type { ConfigModule, Expression, TerraformDocument } from '../document.js';
import { expressionAt, expressionsIn, keyed, leaves, rootValue, within, withoutValue } from '../expressions.js';
import { Followed } from './followed.js';
import {
  moduleText,
  partsOf,
  type Instances,
  type ModulePath,
  type Part,
  type TerraformInstance,
} from '../instances.js';

/** Follows references of the configuration to what they name: expressions, and what modules give and return. */
export class Follower implements FollowsExpressions {
  readonly #attributes: AttributeFollower;

  constructor(
    readonly document: TerraformDocument,
    readonly instances: Instances,
    readonly answers: Answers,
  ) {
    this.#attributes = new AttributeFollower(answers.symbolOf, this);
  }

  /** What an attribute names. `written`: where its expression is, where that is not its path. */
  attribute(instance: TerraformInstance, path: AttributePath, into: Followed, written = path): void {
    this.#attributes.attribute(instance, path, into, 0, written);
  }

  /** Whether all that an expression names is known before the apply. */
  isKnown(expression: Expression, scope: Scope): boolean {
    const found = new Followed();
    this.follow(expression, scope, [], found);
    return (expression.references?.length ?? 0) > 0 && !found.isOpen && found.reasons.size === 0;
  }

  follow(expression: Expression, scope: Scope, rest: readonly Part[], into: Followed, isEach = false): void {
    if (expression.constant_value !== undefined) {
      into.add(within(expression.constant_value, rest));
      return;
    }

    if (scope.depth > MOST_STEPS) {
      into.reasons.add('the references form a circle');
      return;
    }

    const { followed } = into;
    const own = followed.get(expression) ?? new Set<string>();
    const parts = rest.map(({ name, key }) => `${name}[${key}]`).join('.');
    const question = `${moduleText(scope.module)} ${scope.key} ${isEach} ${scope.forEach !== undefined} ${into.isBroad} ${parts}`;
    if (own.has(question)) return;

    const references = looseTexts(expression.references);
    // The value of `for_each = aws_subnet.a` with a key is the subnet with that key.
    const usesKey = isEach || references.some((one) => /^(?:count\.index|each\.(?:key|value))/.test(one));
    for (const reference of leaves(references)) this.#reference(reference, scope, rest, usesKey, into);
    followed.set(expression, own.add(question));
  }

  #reference(text: string, scope: Scope, rest: readonly Part[], usesKey: boolean, into: Followed): void {
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
        this.followAnything(`${text} is a local value, which a plan does not describe`, scope, into);
        return;
      case 'each':
        if (second?.name === 'value' && scope.forEach === undefined) into.isOpen = true;
        if (second?.name === 'value' && scope.forEach !== undefined) {
          // A flag in it chooses instances, which the plan lists.
          const { hasFlag, followed } = into;
          into.followed = into.inForEach;
          this.follow(
            scope.forEach,
            { ...scope, forEach: undefined, depth: scope.depth + 1 },
            [...parts.slice(2), ...rest],
            into,
            true,
          );
          Object.assign(into, { hasFlag, followed });
        }
        return;
      case 'var':
        this.#variable(second?.name ?? '', scope, [...keyed(second), ...parts.slice(2), ...rest], into);
        return;
      case 'module':
        this.#output(second, third, scope, [...keyed(third), ...parts.slice(3), ...rest], usesKey, into);
        return;
      case 'data':
        this.#resource('data', parts.slice(1), scope, rest, usesKey, into);
        return;
      default:
        this.#resource('managed', parts, scope, rest, usesKey, into);
    }
  }

  /** A variable: of the root its value, of another module what its call gives. */
  #variable(name: string, scope: Scope, rest: readonly Part[], into: Followed): void {
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
      this.follow(
        expression,
        { module: outer, key: call.key, forEach: declared?.for_each_expression, depth: scope.depth + 1 },
        rest,
        into,
      );
  }

  #output(
    call: Part | undefined,
    output: Part | undefined,
    scope: Scope,
    rest: readonly Part[],
    usesKey: boolean,
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
      for (const own of keys) this.#outputs(config, [...module, { name: call.name, key: own }], depth, into);
      return;
    }

    for (const own of usesKey && keys.includes(key) ? [key] : keys) {
      const inner = [...module, { name: call.name, key: own }];
      this.follow(expression, { module: inner, key: undefined, forEach: undefined, depth: depth + 1 }, rest, into);
    }
  }

  #resource(
    mode: TerraformInstance['mode'],
    [type, resource, ...own]: readonly Part[],
    { module, key, depth }: Scope,
    rest: readonly Part[],
    usesKey: boolean,
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
      this.#attributes.value(instance, this.#attributes.pathIn(instance, own, inside, into), into, depth);
  }

  /**
   * A local value, or a block that the plan does not describe, can name what is in its module and nothing else: resources and data
   * there, what the call of the module gives, and what calls inside it return.
   * @see https://developer.hashicorp.com/terraform/language/values/locals
   */
  followAnything(why: string, { module, depth }: Scope, into: Followed): void {
    into.undescribed.add(why);
    into.isOpen = true;
    const text = moduleText(module);
    if (into.modules.has(text) || into.isNarrow) return;
    if (into.isBroad) return this.#everything(module, depth, into);

    const { attribute, types, holders } = into.wanted;
    const all = this.answers.find(this.instances, `${text} ${attribute} ${types} ${holders}`, () => {
      const found = new Followed(into.wanted);
      found.isBroad = true;
      this.#everything(module, 0, found);
      return found;
    });
    into.include(all);
  }

  #everything(module: ModulePath, depth: number, into: Followed): void {
    into.modules.add(moduleText(module));
    for (const instance of this.instances.inModule(module)) this.#attributes.anyOf(instance, into);
    const call = module.at(-1);
    const outer = module.slice(0, -1);
    const given = call && this.instances.configOf(outer)?.module_calls?.[call.name];
    if (given !== undefined) {
      const scope = { module: outer, key: call?.key, forEach: given.for_each_expression, depth: depth + 1 };
      for (const expression of expressionsIn(given.expressions)) this.follow(expression, scope, [], into);
    }
    for (const [name, { module: inner }] of Object.entries(this.instances.configOf(module)?.module_calls ?? {}))
      for (const key of inner === undefined ? [] : this.instances.keysOf(module, name))
        this.#outputs(inner ?? {}, [...module, { name, key }], depth, into);
  }

  /** All that a module returns. */
  #outputs({ outputs = {} }: ConfigModule, module: ModulePath, depth: number, into: Followed): void {
    const scope = { module, key: undefined, forEach: undefined, depth: depth + 1 };
    for (const { expression } of Object.values(outputs))
      if (expression !== undefined) this.follow(expression, scope, [], into);
  }
}
