import type { SetsOf, SymbolOf } from '../../declared/open.js';
import { isMarked, marksAt, type AttributePath } from '../../declared/values.js';
import type { TerraformDocument } from '../document.js';
import { moduleText, nameOf, type Instances, type Key, type ModulePath, type TerraformInstance } from '../instances.js';
import { keyed, keysOf, lazily, opened, OWNER, withOptional } from './evaluated.js';
import { AnyOf, evaluate, OPTIONAL, within, type Names } from './evaluator.js';
import { unevaluated } from './functions.js';
import type { SourceModule, Sources, Step, Syntax } from './syntax.js';
import {
  ABSENT,
  Exact,
  isKnown,
  isList,
  isObject,
  isUnknown,
  membersIn,
  orAbsent,
  Unknown,
  type Evaluated,
  type Found,
} from './unknown.js';
import { writtenIn } from './written-blocks.js';

/** A count that is larger is not one of a module. */
const MOST_INSTANCES = 1_000;

const READS: ReadonlySet<string> = new Set(['file', 'fileexists', 'templatefile', 'templatestring']);

/** The values of a configuration's modules: of variables, local values, outputs and resources, each evaluated once. */
export class Modules {
  readonly #nothing: Names['own'] = new Map();
  readonly #found = new Map<string, Found>();
  readonly #objects = new Map<TerraformInstance, Evaluated>();
  readonly #resources = new Map<string, Found>();
  /** Each `for_each`, which all instances share, by the module that it is in. */
  readonly #forEach = new Map<Syntax, Map<string, Found>>();

  constructor(
    readonly document: TerraformDocument,
    readonly sources: Sources,
    readonly instances: Instances,
    readonly symbolOf: SymbolOf,
    readonly setsOf: SetsOf,
  ) {
    sources.fuel.forget();
  }

  /** An attribute as the configuration writes it; absent where the sources do not have it. */
  written(instance: TerraformInstance, path: AttributePath): Found {
    const { module, key } = instance;
    const body = this.#source(module)?.resources[nameOf(instance)];
    if (body === undefined) return ABSENT;

    const names = this.#names(module, this.#ofKey(module, key, body.attributes['for_each']));
    const found = this.sources.fuel.attribute(instance.address, path, () =>
      writtenIn(instance, body, [], path, names, this.setsOf),
    );
    // Of what is named it may be any part.
    return found instanceof AnyOf ? new AnyOf(found.named, found.names) : orAbsent(found);
  }

  /** What is in a module besides its resources: what its call gives, and what calls in it return. */
  around(module: ModulePath): readonly Found[] {
    const [outer, call] = [module.slice(0, -1), module.at(-1)];
    const body = call && this.#source(outer)?.calls[call.name];
    const { for_each: forEach, ...given } = body?.attributes ?? {};
    const names = this.#names(outer, this.#ofKey(outer, call?.key, forEach));
    return [
      ...Object.values(given).map((one) => evaluate(one, names)),
      ...Object.keys(this.#source(module)?.calls ?? {}).map((name) => this.#called(module, name)),
    ];
  }

  #source(module: ModulePath): SourceModule | undefined {
    return this.sources.modules.get(module.map(({ name }) => name).join('.'));
  }

  /** `each` and `count` of an instance with a key. */
  #ofKey(module: ModulePath, key: Key, forEach: Syntax | undefined): Names['own'] {
    if (typeof key === 'number') return new Map([['count', { index: key }]]);
    if (key === undefined) return this.#nothing;

    const all = forEach === undefined ? new Unknown([]) : this.#once(module, forEach);
    if (all instanceof AnyOf) {
      const own = new Map([['each', { key }]]);
      return new Map([['each', { key, value: new AnyOf(all.named, { ...all.names, own }, [], true) }]]);
    }

    const value = isObject(all) ? within(all, [key]) : isUnknown(all) ? all : key;
    return new Map<string, Evaluated>([['each', { key, value: value === ABSENT ? null : value }]]);
  }

  /** A `for_each`, which all instances share. */
  #once(module: ModulePath, syntax: Syntax): Found {
    const own = this.#forEach.get(syntax) ?? new Map<string, Found>();
    this.#forEach.set(syntax, own);
    const at = moduleText(module);
    const known = own.get(at);
    if (known !== undefined) return known;

    own.set(at, new Unknown([], ['the references form a circle']));
    const found = this.sources.fuel.kept(evaluate(syntax, this.#names(module, this.#nothing)));
    own.set(at, found);
    return found;
  }

  #names(module: ModulePath, own: Names['own']): Names {
    const { fuel } = this.sources;
    return { own, find: (path) => this.#find(module, path), call: (name, all) => this.#read(name, all), fuel, module };
  }

  /** What functions return that read files of the configuration, or templates. */
  #read(name: string, [first = ABSENT, values = null]: readonly Found[]): Found | undefined {
    if (!READS.has(name)) return undefined;
    if (first === ABSENT || typeof first !== 'string') return unevaluated(name, [first]);

    const text = name === 'templatestring' ? first : this.sources.text(first);
    if (text === undefined || !name.startsWith('template'))
      return text === undefined ? new Unknown([], [`the file ${first} was not read`]) : name === 'fileexists' || text;

    const template = this.sources.template(text);
    const own = new Map(isObject(values) ? Object.entries(values) : []);
    const call: Names['call'] = (inner, all) => this.#read(inner, all);
    return template === undefined || isUnknown(values)
      ? unevaluated(name, [values])
      : evaluate(template, { own, find: () => [ABSENT, []], call, fuel: this.sources.fuel });
  }

  #find(module: ModulePath, path: readonly [string, ...Step[]]): readonly [Found, readonly Step[]] {
    const [head, second = '', third = '', ...rest] = path;
    const name = String(second);
    switch (head) {
      case 'var':
        return [this.#value(module, `var ${name}`, () => this.#variable(module, name)), path.slice(2)];
      case 'local':
        return [
          this.#value(module, `local ${name}`, () => {
            const syntax = this.#source(module)?.locals[name];
            return syntax === undefined
              ? new Unknown([], [`local.${name} is not in the sources`])
              : evaluate(syntax, this.#names(module, this.#nothing));
          }),
          path.slice(2),
        ];
      case 'module':
        return [this.#value(module, `module ${name}`, () => this.#called(module, name)), path.slice(2)];
      case 'data':
        return [this.#resource(module, 'data', name, String(third)), rest];
      case 'terraform':
        return [this.sources.workspace ?? new Unknown([]), []];
      case 'path':
        return [this.#source(name === 'module' ? module : [])?.folder ?? new Unknown([]), []];
      case 'self':
        return [new Unknown([]), []];
      default:
        return [this.#resource(module, 'managed', head, name), path.slice(2)];
    }
  }

  #value(module: ModulePath, name: string, find: () => Found): Found {
    const at = `${moduleText(module)} ${name}`;
    const known = this.#found.get(at);
    if (known !== undefined) return known;

    this.#found.set(at, new Unknown([], ['the references form a circle']));
    const { fuel } = this.sources;
    const found = fuel.kept(fuel.inside(find, `${moduleText(module)} ${name.replace(' ', '.')}`.trim()));
    this.#found.set(at, found);
    return found;
  }

  /** A variable: of the root its value, of another module what its call gives. */
  #variable(module: ModulePath, name: string): Found {
    const call = module.at(-1);
    const fallback = this.instances.configOf(module)?.variables?.[name]?.default;
    if (call === undefined) {
      const { variables } = this.document;
      // Terraform leaves out ephemeral ones, and others remove what is secret: neither of the two is null.
      const value = Object.hasOwn(variables, name) ? variables[name] : fallback;
      return value === undefined ? new Unknown([], [`var.${name} has no value in the plan`]) : value;
    }

    const outer = module.slice(0, -1);
    const body = this.#source(outer)?.calls[call.name];
    const given = body?.attributes[name];
    if (body === undefined) return new Unknown([], [`module.${call.name} is not in the configuration`]);
    if (given === undefined) return fallback ?? null;

    const names = this.#names(outer, this.#ofKey(outer, call.key, body.attributes['for_each']));
    const found = evaluate(given, names);
    // @see https://developer.hashicorp.com/terraform/language/block/variable#nullable
    if (found === null && this.#source(module)?.notNull.has(name) === true) return fallback ?? null;

    const optional = this.#source(module)?.withOptional.get(name);
    return found !== ABSENT && optional !== undefined
      ? this.sources.fuel.weighed(withOptional(found, optional))
      : found;
  }

  /** What a call of a module returns: outputs by name, and of several instances each under its key. */
  #called(module: ModulePath, name: string): Found {
    const keys = this.#keysOf(module, name);
    const outputs = (key: Key): Evaluated => {
      const inner = [...module, { name, key }];
      const all = this.#source(inner)?.outputs;
      if (all === undefined) return new Unknown([], [`module.${name} is not in the configuration`]);

      const names = this.#names(inner, this.#nothing);
      const made = lazily(all, this.sources.fuel, (syntax) => evaluate(syntax, names));
      const lacking = (one: string): Unknown => new Unknown([], [`module.${name} has no output ${one}`]);
      return Object.defineProperty(made, OPTIONAL, { value: lacking });
    };
    return (
      keyed(keys.map((key) => [key, outputs(key)] as const)) ??
      new Unknown([], [`module.${name} has no resource in the plan`])
    );
  }

  /** The keys of the instances of a call: as it writes them, or of those that have resources in the plan. */
  #keysOf(module: ModulePath, name: string): readonly Key[] {
    const { count, for_each: forEach } = this.#source(module)?.calls[name]?.attributes ?? {};
    const written = count ?? forEach;
    const all = written === undefined ? ABSENT : this.#once(module, written);
    if (count !== undefined && typeof all === 'number' && all < MOST_INSTANCES)
      return Array.from({ length: all }, (_, at) => at);
    if (forEach !== undefined && isObject(all)) return Object.keys(all);
    if (forEach !== undefined && isList(all) && isKnown(all)) return membersIn(all).map(String);

    return this.instances.keysOf(module, name);
  }

  #resource(module: ModulePath, mode: TerraformInstance['mode'], type: string, name: string): Found {
    const at = `${moduleText(module)} ${mode} ${type}.${name}`;
    const found = this.#resources.get(at) ?? this.#instancesOf(module, mode, type, name);
    this.#resources.set(at, found);
    return found;
  }

  #instancesOf(module: ModulePath, mode: TerraformInstance['mode'], type: string, name: string): Found {
    const all = this.instances.of(module, mode, type, name);
    const found = keyed(all.map((one) => [one.key, this.object(one)] as const));
    if (found !== undefined) return found;

    const body = this.#source(module)?.resources[nameOf({ mode, type, name })];
    // With a count of 0 it is an empty list.
    return body?.attributes['count'] !== undefined ? [] : body?.attributes['for_each'] !== undefined ? {} : ABSENT;
  }

  /** The attributes of an instance. */
  object(instance: TerraformInstance): Evaluated {
    const known = this.#objects.get(instance);
    if (known !== undefined) return known;

    const { after = {}, unknown, sensitive } = instance;
    const names = new Set([...Object.keys(after), ...keysOf(unknown), ...keysOf(sensitive), 'id', 'arn']);
    const all = Object.fromEntries([...names].map((name) => [name, name]));
    const value = (name: string): Found =>
      opened(after[name] ?? null, marksAt(unknown, [name]), marksAt(sensitive, [name]), [name], instance, (path) =>
        this.written(instance, path),
      );
    // While an ID is made up, which may ask for others, it has none.
    const given = (name: string): Evaluated | undefined => {
      const isOpen = isMarked(marksAt(unknown, [name])) || after[name] === undefined;
      const symbol = isOpen ? this.symbolOf(instance, name) : undefined;
      return symbol === undefined ? undefined : new Exact([symbol]);
    };
    const found = lazily(all, this.sources.fuel, value, given);
    Object.defineProperty(found, OWNER, { value: instance });
    this.#objects.set(instance, found);
    return found;
  }
}
