import {
  NOT_WRITTEN,
  type Candidates,
  type References,
  type SetsOf,
  type SymbolOf,
  type Wanted,
  looseTexts,
} from '../declared/open.js';
import { isMarked, marksAt, valueAt, type AttributePath, type Value } from '../declared/values.js';
import { partsOf, type Key, type ModulePath, type Part, type Instances, type TerraformInstance } from './instances.js';
import { isExpression, type Expression, type Expressions, type TerraformDocument } from './document.js';
import { pairings } from './pairings.js';

/** Where an expression stands: in an instance of a module, and of a resource or a call with a key. */
interface Scope {
  readonly module: ModulePath;
  readonly key: Key;
  readonly forEach: Expression | undefined;
  readonly depth: number;
}

interface Found {
  readonly values: Set<string>;
  readonly reasons: Set<string>;
  /** A key of a map was passed, of which a plan does not say what stands under it. */
  isMap?: boolean;
  /** Something that is named is not known yet. */
  isOpen?: boolean;
}

const ANY: Wanted = { attribute: 'id', form: /^/ };

/** A chain of modules and resources that is longer is a circle. */
const MOST_STEPS = 40;

/**
 * What unknown attributes may be, by the references of the configuration. Terraform records which values an expression
 * names, and neither operators nor order: `[a.id, b.id]` and `c ? a.id : b.id` look the same. So several references
 * are several candidates, and what the configuration does not record (locals, dynamic blocks) is a reason.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
export class Resolver implements References {
  readonly #pairings = new Map<TerraformInstance, Map<string, readonly (readonly number[])[]>>();

  constructor(
    readonly document: TerraformDocument,
    readonly instances: Instances,
    readonly symbolOf: SymbolOf,
    readonly setsOf: SetsOf,
  ) {}

  /** What an attribute that is not known may be. */
  candidates(instance: TerraformInstance, path: AttributePath, wanted: Wanted, written = path): Candidates {
    const found: Found = { values: new Set(), reasons: new Set() };
    this.#attribute(instance, path, wanted, found, 0, written);
    const values = [...found.values].filter((value) => wanted.form.test(value));
    return { values, reasons: [...found.reasons], ...(found.isMap === true ? { isMap: true } : {}) };
  }

  isSet({ config }: TerraformInstance, attribute: string): boolean | undefined {
    return config === undefined ? undefined : config.expressions?.[attribute] !== undefined;
  }

  nameOf(_: TerraformInstance, path: AttributePath): string {
    return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${part}`)).join('');
  }

  pairings(
    instance: TerraformInstance,
    path: AttributePath,
    written: AttributePath,
  ): readonly (readonly number[])[] | undefined {
    const { module, key, config, after, unknown, sensitive } = instance;
    const read = this.setsOf(instance.type)?.[path.filter((part) => typeof part === 'string').join('.')];
    const blocks = partAt(config?.expressions, written);
    const values = valueAt(after, path);
    if (read === undefined || !Array.isArray(blocks) || !Array.isArray(values)) return undefined;
    const own = this.#pairings.get(instance) ?? new Map<string, readonly (readonly number[])[]>();
    this.#pairings.set(instance, own);
    const at = JSON.stringify([path, written]);
    let ways = own.get(at);
    if (ways === undefined) {
      const scope = { module, key, forEach: config?.for_each_expression, depth: 1 };
      const set = { values, unknown: marksAt(unknown, path), sensitive: marksAt(sensitive, path), read };
      ways = pairings(set, blocks, (expression) => this.#isKnown(expression, scope));
      own.set(at, ways);
    }
    return ways;
  }

  /** Whether all that an expression names is known before the apply. */
  #isKnown(expression: Expression, scope: Scope): boolean {
    const found: Found = { values: new Set(), reasons: new Set() };
    this.#expression(expression, scope, [], ANY, found);
    return (expression.references?.length ?? 0) > 0 && found.isOpen !== true && found.reasons.size === 0;
  }

  #attribute(
    instance: TerraformInstance,
    path: AttributePath,
    wanted: Wanted,
    into: Found,
    depth: number,
    written = path,
  ): void {
    const [name = ''] = path;
    if (isMarked(marksAt(instance.sensitive, path))) {
      into.reasons.add(`${instance.address}.${String(name)} is sensitive`);
      return;
    }
    if (instance.mode === 'data' && instance.after !== undefined && instance.actions.includes('read')) {
      into.reasons.add(`${instance.address} is read during the apply`);
      return;
    }
    const expression = expressionAt(instance.config?.expressions, written);
    if (expression === undefined) {
      // A part of a list that the configuration does not have.
      const why =
        typeof path[1] !== 'number'
          ? 'is computed by the provider'
          : isMerged(instance, path, written)
            ? 'is a set, whose blocks a plan does not tell apart'
            : 'is a dynamic block, which a plan does not describe';
      into.reasons.add(`${instance.address}.${String(name)} ${why}`);
      return;
    }
    const { module, key, config } = instance;
    this.#expression(
      expression,
      { module, key, forEach: config?.for_each_expression, depth: depth + 1 },
      [],
      wanted,
      into,
    );
  }

  #expression(
    expression: Expression,
    scope: Scope,
    rest: readonly Part[],
    wanted: Wanted,
    into: Found,
    isEach = false,
  ): void {
    if (expression.constant_value !== undefined) {
      addTexts(within(expression.constant_value, rest), into);
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

  #reference(text: string, scope: Scope, rest: readonly Part[], usesKey: boolean, wanted: Wanted, into: Found): void {
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
        into.reasons.add(`${text} is a local value, which a plan does not describe`);
        return;
      case 'each':
        if (second?.name === 'value' && scope.forEach === undefined) into.isOpen = true;
        if (second?.name === 'value' && scope.forEach !== undefined)
          this.#expression(
            scope.forEach,
            { ...scope, forEach: undefined, depth: scope.depth + 1 },
            [...parts.slice(2), ...rest],
            wanted,
            into,
            true,
          );
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
  #variable(name: string, scope: Scope, rest: readonly Part[], wanted: Wanted, into: Found): void {
    const { module } = scope;
    const call = module.at(-1);
    const fallback = this.instances.configOf(module)?.variables?.[name]?.default;
    if (call === undefined) {
      addTexts(within(this.document.variables[name] ?? fallback ?? null, rest), into);
      return;
    }
    const outer = module.slice(0, -1);
    const declared = this.instances.configOf(outer)?.module_calls?.[call.name];
    const expression = expressionAt(declared?.expressions, [name]);
    if (expression === undefined) addTexts(within(fallback ?? null, rest), into);
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
    into: Found,
  ): void {
    const { module, key, depth } = scope;
    const config = this.instances.configOf(module)?.module_calls?.[call?.name ?? '']?.module;
    const expression = config?.outputs?.[output?.name ?? '']?.expression;
    if (call === undefined || output === undefined || expression === undefined) {
      into.reasons.add(`module.${call?.name ?? ''} is named as a whole, or its output is not in the plan`);
      return;
    }
    const keys = call.key === undefined ? this.instances.keysOf(module, call.name) : [call.key];
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
    into: Found,
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
    into: Found,
  ): AttributePath {
    for (let keys = 0; keys <= rest.length; keys += 1) {
      const path = pathOf([...own, ...rest.slice(keys)]);
      if (path.length === 0) break;
      const first = String(path[0]);
      const isId = (instance.after?.[first] ?? undefined) === undefined && this.symbolOf(instance, first) !== undefined;
      const isThere = valueAt(instance.after, path) !== undefined || isMarked(marksAt(instance.unknown, path));
      // An ID has no parts.
      if (isId ? path.length > 1 : !isThere) continue;
      if (keys > 0) into.isMap = true;
      return path;
    }
    return own.length === 0 ? [rest.length === 0 ? wanted.attribute : (rest.at(-1)?.name ?? '')] : pathOf(own);
  }

  /** An attribute of an instance that another one names. */
  #value(instance: TerraformInstance, path: AttributePath, wanted: Wanted, into: Found, depth: number): void {
    const isOpen = isMarked(marksAt(instance.unknown, path));
    const known = valueAt(instance.after, path);
    if (!isOpen && known !== undefined && known !== null) {
      addTexts(known, into);
      return;
    }
    if (isOpen) into.isOpen = true;
    if (wanted.types !== undefined && instance.mode !== 'data' && !wanted.types.test(instance.type)) return;
    const [attribute = ''] = path;
    const symbol = path.length === 1 ? this.symbolOf(instance, String(attribute)) : undefined;
    if (symbol !== undefined) into.values.add(symbol);
    else if (isOpen || isMarked(marksAt(instance.sensitive, path)))
      this.#attribute(instance, path, wanted, into, depth);
  }
}

/** A key of a part, as a part of its own: `ids["a"]` is `ids` and `a`. */
function keyed(part: Part | undefined): readonly Part[] {
  return part?.key === undefined ? [] : [{ name: String(part.key), key: undefined }];
}

/** The references that no other one is the beginning of: each is followed by its own beginnings, longest first. */
function leaves(references: readonly string[]): readonly string[] {
  const found: string[] = [];
  let last: string | undefined;
  for (const one of references) {
    const isBeginning =
      last !== undefined && last.length > one.length && /^[.[]/.test(last.slice(one.length)) && last.startsWith(one);
    if (!isBeginning) found.push(one);
    last = one;
  }
  return [...new Set(found)];
}

/** The expression of an attribute; of one in a list of blocks where their number is that of the configuration. */
function expressionAt(expressions: Expressions | undefined, path: AttributePath): Expression | undefined {
  const found = partAt(expressions, path);
  return isExpression(found) ? found : undefined;
}

/** An expression, or the blocks of a name. */
function partAt(expressions: Expressions | undefined, path: AttributePath): unknown {
  let at: unknown = expressions;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    // Blocks that are written as attributes have one expression for the whole list.
    if (isExpression(at)) return at;
    at = (at as Readonly<Record<string | number, unknown>>)[part];
  }
  return at;
}

/** A part of a value. Keys of a map that names the value, and not of the value itself, come first. */
function within(value: Value, rest: readonly Part[]): Value {
  if (typeof value !== 'object') return value;
  for (let keys = 0; keys <= rest.length; keys += 1) {
    const path = pathOf(rest.slice(keys));
    const found = path.length === 0 && rest.length > 0 ? undefined : valueAt(value, path);
    if (found !== undefined) return found;
  }
  return null;
}

function pathOf(parts: readonly Part[]): AttributePath {
  return parts.flatMap(({ name, key }) => [name, ...(key === undefined ? [] : [key])]);
}

/** Whether a set has no more blocks than the configuration writes: Terraform keeps one of those that are equal. */
function isMerged({ config, after }: TerraformInstance, path: AttributePath, written: AttributePath): boolean {
  const at = written.indexOf(NOT_WRITTEN);
  const [values, blocks] = [valueAt(after, path.slice(0, at)), partAt(config?.expressions, written.slice(0, at))];
  return at > 0 && Array.isArray(values) && Array.isArray(blocks) && values.length <= blocks.length;
}

/** The texts in a value: itself, or those of a list or a map. */
function addTexts(value: Value, { values }: Found): void {
  if (typeof value === 'string' || typeof value === 'number') values.add(String(value));
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) addTexts(one, { values, reasons: new Set() });
}
