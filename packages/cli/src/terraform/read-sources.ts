import {
  Fuel,
  isTooLarge,
  type SourceBody,
  type SourceModule,
  type Sources,
  type Syntax,
} from '@postern/core/internal/overlay';
import type { Configuration } from './archive.js';
import { blocksIn, type Block, dynamicOf, templateOf } from './hcl/expressions.js';

/**
 * The sources of a configuration. What of them cannot be read is left out, and named.
 * @throws {InvalidInputError} `INPUT_TOO_LARGE`
 */
export function readSources({ modules, folders, text, workspace }: Configuration): {
  readonly sources: Sources;
  readonly unread: readonly string[];
} {
  const fuel = new Fuel(
    { of: 'the configuration', remedy: 'Leave the configuration out with --source none.' },
    processorMs,
  );
  const templates = new Map<string, Syntax | undefined>();
  const template = (content: string): Syntax | undefined => {
    if (!templates.has(content)) templates.set(content, templateOf(content, fuel));
    return templates.get(content);
  };
  const unread: string[] = [];
  const read = new Map<string, SourceModule>();
  for (const [key, files] of modules) {
    const blocks = [...files].toSorted(byOrder).flatMap(([name, content]) => {
      try {
        return name.endsWith('.json') ? jsonBlocksIn(content, fuel) : blocksIn(content, fuel);
      } catch (error) {
        if (isTooLarge(error)) throw error;

        unread.push(key === '' ? name : `${key}/${name}`);
        return [];
      }
    });
    read.set(key, moduleOf(blocks, folders?.get(key), template));
  }
  return { sources: { modules: read, text: text ?? (() => undefined), template, workspace, fuel }, unread };
}

/** What other processes need does not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Overrides come last. */
function byOrder([one]: readonly [string, string], [other]: readonly [string, string]): number {
  const isOverride = (name: string): boolean => /(?:^|_)override\.tf(?:\.json)?$/.test(name);
  return Number(isOverride(one)) - Number(isOverride(other)) || (one < other ? -1 : 1);
}

function moduleOf(blocks: readonly Block[], folder: string | undefined, template: Sources['template']): SourceModule {
  const named = (type: string, prefix = ''): Readonly<Record<string, SourceBody>> => {
    const found: Record<string, SourceBody> = {};
    for (const { labels, body } of blocks.filter((one) => one.type === type)) {
      const name = prefix + labels.join('.');
      const { attributes, ...others } = found[name] ?? {};
      // What an override does not write stays.
      found[name] = { ...others, ...body, attributes: { ...attributes, ...body.attributes } };
    }
    return found;
  };
  const variables = Object.entries(named('variable'));
  return {
    folder,
    locals: named('locals')['']?.attributes ?? {},
    outputs: Object.fromEntries(
      Object.entries(named('output')).map(([name, { attributes }]) => [name, attributes['value'] ?? NULL]),
    ),
    calls: named('module'),
    resources: { ...named('resource'), ...named('data', 'data.') },
    notNull: new Set(
      variables.flatMap(
        ([
          name,
          {
            attributes: { nullable },
          },
        ]) => (nullable?.is === 'value' && nullable.value === false ? name : []),
      ),
    ),
    withOptional: new Map(
      variables.flatMap(
        ([
          name,
          {
            attributes: { type },
          },
        ]) => {
          const optional = type === undefined ? undefined : optionalAttributes(typeSyntax(type, template));
          return optional === undefined || optional.size === 0 ? [] : [[name, optional] as const];
        },
      ),
    ),
  };
}

const NULL: Syntax = { is: 'value', value: null };

/** JSON has the type as a text. */
function typeSyntax(type: Syntax, template: Sources['template']): Syntax {
  if (type.is !== 'value' || typeof type.value !== 'string') return type;

  return template(`\${${type.value}}`) ?? type;
}

type Members = Readonly<Record<string, Json>>;

/** How many labels the blocks of a file have. */
const LABELS: Readonly<Record<string, number>> = { resource: 2, data: 2, module: 1, output: 1, variable: 1, locals: 0 };

/**
 * The blocks of a file in the form of JSON.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
function jsonBlocksIn(text: string, fuel: Fuel): readonly Block[] {
  // Before the text is parsed, which needs far more memory.
  const sign = /[[{:,]/g;
  while (sign.test(text)) fuel.read();

  const textOf: TextOf = (one) => templateOf(one, fuel) ?? { is: 'unread', text: one };
  return membersIn(JSON.parse(text) as Json).flatMap((file) =>
    Object.entries(LABELS).flatMap(([type, labels]) => labelled(type, labels, file[type] ?? null, [], textOf)),
  );
}

/** A text of JSON is a template. */
type TextOf = (text: string) => Syntax;

function labelled(
  type: string,
  left: number,
  value: Json,
  labels: readonly string[],
  textOf: TextOf,
): readonly Block[] {
  if (left === 0) return membersIn(value).map((one) => ({ type, labels, body: bodyOf(one, textOf) }));

  return membersIn(value).flatMap((one) =>
    Object.entries(one).flatMap(([label, inner]) => labelled(type, left - 1, inner, [...labels, label], textOf)),
  );
}

/** Lists of objects are blocks: what is written as an attribute has the same form. */
function bodyOf({ dynamic = {}, ...members }: Members, textOf: TextOf): SourceBody {
  const isBlocks = (value: Json): value is readonly Members[] =>
    isList(value) && value.length > 0 && value.every(isMembers);
  const all = Object.entries(members);
  const blocks = all.filter((one): one is [string, readonly Members[]] => isBlocks(one[1]));
  return {
    attributes: Object.fromEntries(
      all.filter(([, one]) => !isBlocks(one)).map(([name, one]) => [name, syntaxOf(one, textOf)]),
    ),
    blocks: Object.fromEntries(blocks.map(([name, one]) => [name, one.map((each) => bodyOf(each, textOf))])),
    dynamic: Object.fromEntries(
      membersIn(dynamic).flatMap((one) =>
        Object.entries(one).map(([name, made]) => [
          name,
          membersIn(made).map(({ content = [], ...others }) =>
            dynamicOf(name, {
              ...bodyOf(others, textOf),
              blocks: { content: membersIn(content).map((each) => bodyOf(each, textOf)) },
            }),
          ),
        ]),
      ),
    ),
  };
}

function syntaxOf(value: Json, textOf: TextOf): Syntax {
  if (typeof value === 'string') return textOf(value);
  if (isList(value)) return { is: 'list', items: value.map((one) => syntaxOf(one, textOf)) };
  if (!isMembers(value)) return { is: 'value', value };

  return {
    is: 'object',
    items: Object.entries(value).map(([key, one]) => [textOf(key), syntaxOf(one, textOf)] as const),
  };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isMembers(value: Json): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; one that stands alone is a list of one. */
function membersIn(value: Json): readonly Members[] {
  return (isList(value) ? value : [value]).filter(isMembers);
}

/** A value that a file has written out. */
type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * What an object of a type has in place of an optional attribute that it lacks: the default, or null. An attribute is left out whose
 * default is an expression, or has another value elsewhere in the type.
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints#optional-object-type-attributes
 */
export function optionalAttributes(type: Syntax): ReadonlyMap<string, Json> {
  const found = new Map<string, Json | undefined>();
  const look = (at: Syntax): void => {
    if (at.is === 'list') at.items.forEach(look);
    if (at.is === 'call') at.arguments.forEach(look);
    for (const [key, value] of at.is === 'object' ? at.items : []) {
      const name = key.is === 'value' ? String(key.value) : '';
      if (value.is === 'call' && value.name === 'optional') {
        const [, given] = value.arguments;
        const own = given === undefined ? null : literal(given);
        const isAnother = found.has(name) && JSON.stringify(found.get(name)) !== JSON.stringify(own);
        found.set(name, isAnother ? undefined : own);
      }
      look(value);
    }
  };
  look(type);
  return new Map([...found].filter((one): one is [string, Json] => one[1] !== undefined));
}

/** A value that is written out. Undefined: it is an expression. */
function literal(at: Syntax): Json | undefined {
  if (at.is === 'value') return at.value;
  if (at.is === 'list') {
    const items = at.items.map(literal);
    return items.every((one) => one !== undefined) ? items : undefined;
  }
  if (at.is !== 'object') return undefined;

  const items = at.items.map(([key, value]) => [key.is === 'value' ? key.value : undefined, literal(value)] as const);
  return items.every(([key, value]) => key !== undefined && value !== undefined)
    ? (Object.fromEntries(items.map(([key, value]) => [String(key), value])) as Json)
    : undefined;
}
