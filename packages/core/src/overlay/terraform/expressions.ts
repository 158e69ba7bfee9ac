import { Fuel } from '../declared/fuel.js';
import { looseMembers, looseTexts } from '../declared/open.js';
import type { AttributePath } from '../declared/values.js';
import { isExpression, type ConfigCall, type ConfigModule, type Expression } from './document.js';
import { nameOf, type Part } from './instances.js';
import type { SourceBody, SourceModule, Sources, Syntax } from './sources/syntax.js';

/** The references that no other one is the beginning of: each is followed by its own beginnings, longest first. */
export function leaves(references: readonly string[]): readonly string[] {
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

/** What may belong to a value: all parts first, then fewer of those behind keys of a map, and last none. */
export function tailsOf<T>(parts: readonly T[]): readonly (readonly T[])[] {
  return [...parts.keys(), parts.length].map((keys) => parts.slice(keys));
}

export function pathOf(parts: readonly Part[]): AttributePath {
  return parts.flatMap(({ name, key }) => [name, ...(key === undefined ? [] : [key])]);
}

/** Every expression in a tree of blocks. */
export function* expressionsIn(at: unknown): Generator<Expression> {
  if (typeof at !== 'object' || at === null) return;

  if (isExpression(at)) yield at;
  else for (const one of Object.values(at)) yield* expressionsIn(one);
}

/** A configuration as the output of a plan has it: of its expressions what they name. */
export function namedSources(configuration: ConfigModule): Sources {
  const modules = new Map<string, SourceModule>();
  const add = ({ resources = [], module_calls: calls = {}, outputs = {} }: ConfigModule, before: string): void => {
    modules.set(before.slice(0, -1), {
      folder: undefined,
      locals: {},
      withOptional: new Map(),
      notNull: new Set(),
      outputs: each(outputs, ({ expression }) => syntaxOf(expression)),
      calls: each(calls, bodyOf),
      resources: Object.fromEntries(resources.map((one) => [nameOf(one), bodyOf(one)] as const)),
    });
    for (const [name, { module = {} }] of Object.entries(calls)) add(module, `${before}${name}.`);
  };
  add(configuration, '');
  // It is as large as the plan, which has a limit of its own.
  const fuel = new Fuel({ of: 'the plan', remedy: 'Plan with fewer references.' }, () => 0);
  return { modules, text: () => undefined, template: () => undefined, workspace: undefined, fuel };
}

function bodyOf({ expressions = {}, for_each_expression: forEach }: Omit<ConfigCall, 'module'>): SourceBody {
  const all = forEach === undefined ? expressions : { ...expressions, for_each: forEach };
  return { attributes: each(all, syntaxOf), blocks: {}, dynamic: {} };
}

function each<T, R>(all: Readonly<Record<string, T>>, find: (one: T) => R): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, find(one)] as const));
}

/** An expression, or the blocks of a name. What names nothing is not described. */
function syntaxOf(at: unknown): Syntax {
  if (Array.isArray(at)) return { is: 'list', items: at.map(syntaxOf) };

  const { constant_value: value = null, references, ...blocks } = looseMembers(at) as Expression;
  const names = looseTexts(references);
  if (names.length > 0) return { is: 'anyOf', names };

  const items = Object.entries(blocks).map(([name, one]) => [{ is: 'value', value: name }, syntaxOf(one)] as const);
  return items.length > 0 ? { is: 'object', items } : { is: 'value', value };
}
