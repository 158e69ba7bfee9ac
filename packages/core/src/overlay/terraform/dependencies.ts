import { looseTexts } from '../declared/open.js';
import type { ConfigCall, ConfigModule, ConfigResource, Expressions } from './document.js';
import { expressionsIn, leaves } from './expressions.js';
import { nameOf, partsOf, type Instances, type ModulePath, type TerraformInstance } from './instances.js';

/** Something that a configuration declares: in a module, by the names of the calls that lead to it. */
interface Node {
  readonly calls: readonly string[];
  readonly is: 'resource' | 'variable' | 'output' | 'module';
  readonly name: string;
}

/**
 * What resources wait for, as the configuration says it: by references and by `depends_on`, of their modules as well. What leads
 * through local values is not followed: so what is found is certain, and what is not found may be there.
 * @see https://developer.hashicorp.com/terraform/internals/graph
 */
export class Dependencies {
  readonly #known = new Map<string, ReadonlySet<string>>();
  readonly #texts = new Map<TerraformInstance, string>();

  constructor(readonly instances: Pick<Instances, 'configOf'>) {}

  /** Whether an instance is read or created after all instances of another resource. */
  waitsFor(instance: TerraformInstance, other: TerraformInstance): boolean {
    const text = this.#textOf(instance);
    let found = this.#known.get(text);
    if (found === undefined) {
      found = this.#reachable(nodeOf(instance));
      this.#known.set(text, found);
    }
    return found.has(this.#textOf(other));
  }

  #textOf(instance: TerraformInstance): string {
    let text = this.#texts.get(instance);
    if (text === undefined) {
      text = textOf(nodeOf(instance));
      this.#texts.set(instance, text);
    }
    return text;
  }

  #reachable(from: Node): ReadonlySet<string> {
    const found = new Set<string>();
    const open = [from];
    for (let node = open.pop(); node !== undefined; node = open.pop())
      for (const next of this.#next(node)) {
        const text = textOf(next);
        if (found.has(text)) continue;

        found.add(text);
        open.push(next);
      }
    return found;
  }

  *#next({ calls, is, name }: Node): Generator<Node> {
    const config = this.#module(calls);
    if (is === 'resource') {
      const own = config?.resources?.find((one) => nameOf(one) === name);
      if (own !== undefined) yield* named(calls, own);
      // What a call of a module waits for, all in it waits for.
      for (const at of calls.keys()) yield* named(calls.slice(0, at), this.#call(calls.slice(0, at + 1)), false);
    } else if (is === 'variable') {
      const given = this.#call(calls)?.expressions?.[name];
      yield* referred(calls.slice(0, -1), given);
    } else if (is === 'output') yield* referred(calls, config?.outputs?.[name]?.expression);
    else {
      const inner = [...calls, name];
      const module = this.#module(inner);
      for (const one of module?.resources ?? []) yield { calls: inner, is: 'resource', name: nameOf(one) };
      for (const call of Object.keys(module?.module_calls ?? {})) yield { calls: inner, is: 'module', name: call };
    }
  }

  #module(calls: readonly string[]): ConfigModule | undefined {
    return this.instances.configOf(calls.map((name) => ({ name, key: undefined })));
  }

  #call(calls: readonly string[]): ConfigCall | undefined {
    return this.#module(calls.slice(0, -1))?.module_calls?.[calls.at(-1) ?? ''];
  }
}

/** What a resource, or a call, names: all of it, or what decides whether it exists. */
function* named(
  calls: readonly string[],
  one: ConfigResource | ConfigCall | undefined,
  isWhole = true,
): Generator<Node> {
  if (one === undefined) return;

  if (isWhole) yield* referred(calls, one.expressions);
  yield* referred(calls, { all: one.for_each_expression });
  yield* referred(calls, { all: one.count_expression });
  for (const text of looseTexts(one.depends_on)) yield* nodesOf(calls, text);
}

function* referred(calls: readonly string[], at: unknown): Generator<Node> {
  for (const { references } of expressionsIn(at as Expressions))
    // `module.a` stands beside `module.a.id`, and is its beginning.
    for (const text of leaves(looseTexts(references))) yield* nodesOf(calls, text);
}

function* nodesOf(calls: readonly string[], text: string): Generator<Node> {
  const [head, second, third] = partsOf(text) ?? [];
  if (head === undefined || second === undefined) return;

  if (head.name === 'var') yield { calls, is: 'variable', name: second.name };
  else if (head.name === 'module')
    yield third === undefined
      ? { calls, is: 'module', name: second.name }
      : { calls: [...calls, second.name], is: 'output', name: third.name };
  else if (head.name === 'data' && third !== undefined)
    yield { calls, is: 'resource', name: `data.${second.name}.${third.name}` };
  else yield { calls, is: 'resource', name: `${head.name}.${second.name}` };
}

function nodeOf(instance: TerraformInstance): Node {
  return { calls: namesOf(instance.module), is: 'resource', name: nameOf(instance) };
}

function namesOf(module: ModulePath): readonly string[] {
  return module.map(({ name }) => name);
}

function textOf({ calls, is, name }: Node): string {
  return `${calls.join('.')}|${is}|${name}`;
}
