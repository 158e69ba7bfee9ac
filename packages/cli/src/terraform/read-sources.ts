import type { DynamicBlock, SourceBody, SourceModule, Sources, Syntax } from '@postern/core/overlay';
import type { ModuleFiles } from './archive.js';
import { optionalAttributes, type Json } from './optional-attributes.js';
import { syntaxOf } from './syntax.js';
import { partsOf } from './template.js';

type Members = Readonly<Record<string, Json>>;

/** What a parser returns for a file. */
type Parsed = Readonly<Record<string, Json>>;

/**
 * The sources of a configuration, by HashiCorp's own parser. What of them it does not read is left out, and named.
 * @see https://developer.hashicorp.com/terraform/language/syntax/configuration
 */
export async function readSources(
  modules: ModuleFiles,
): Promise<{ readonly sources: Sources; readonly unread: readonly string[] }> {
  const parser = await import('@cdktn/hcl2json');
  const unread: string[] = [];
  const known = new Map<string, Promise<Syntax>>();
  const expression = async (text: string): Promise<Syntax> => {
    const ast = await parser.getExpressionAst('main.tf', text).catch(() => null);
    return ast === null ? { is: 'unread', text } : syntaxOf(ast, text);
  };
  const once = (source: string): Promise<Syntax> => {
    const found = known.get(source) ?? expression(source);
    known.set(source, found);
    return found;
  };
  const textOf = async (text: string): Promise<Syntax> => {
    const parts = partsOf(text);
    if (parts === undefined) return { is: 'unread', text };

    const [only, ...others] = parts;
    if (only !== undefined && others.length === 0)
      return 'text' in only ? { is: 'value', value: only.text } : once(only.expression);

    const read = parts.map((one) =>
      'text' in one ? ({ is: 'value', value: one.text } as const) : once(one.expression),
    );
    return { is: 'text', parts: await Promise.all(read) };
  };
  const syntax = async (value: Json): Promise<Syntax> => {
    if (typeof value === 'string') return textOf(value);
    if (isList(value)) return { is: 'list', items: await Promise.all(value.map(syntax)) };
    if (!isMembers(value)) return { is: 'value', value };

    const items = Object.entries(value).map(async ([key, one]): Promise<readonly [Syntax, Syntax]> => [
      await textOf(key),
      await syntax(one),
    ]);
    return { is: 'object', items: await Promise.all(items) };
  };
  const attributesOf = async (members: Members): Promise<Readonly<Record<string, Syntax>>> =>
    Object.fromEntries(
      await Promise.all(Object.entries(members).map(async ([name, one]) => [name, await syntax(one)] as const)),
    );
  const bodyOf = async (members: Members): Promise<SourceBody> => {
    const { dynamic = {}, ...others } = members;
    const isBlocks = (value: Json): value is readonly Members[] =>
      isList(value) && value.length > 0 && value.every(isMembers);
    const blocks = Object.entries(others).filter((one): one is [string, readonly Members[]] => isBlocks(one[1]));
    const generated = isMembers(dynamic) ? Object.entries(dynamic) : [];
    return {
      attributes: await attributesOf(Object.fromEntries(Object.entries(others).filter(([, one]) => !isBlocks(one)))),
      blocks: Object.fromEntries(
        await Promise.all(blocks.map(async ([name, all]) => [name, await Promise.all(all.map(bodyOf))] as const)),
      ),
      dynamic: Object.fromEntries(
        await Promise.all(
          generated.map(
            async ([name, all]) =>
              [name, await Promise.all(membersIn(all).map((one) => dynamicOf(name, one)))] as const,
          ),
        ),
      ),
    };
  };
  const dynamicOf = async (
    name: string,
    { for_each: forEach = null, iterator, content = [] }: Members,
  ): Promise<DynamicBlock> => ({
    forEach: await syntax(forEach),
    iterator: typeof iterator === 'string' ? iterator.replaceAll(/[${}]/g, '').trim() : name,
    content: await bodyOf(membersIn(content)[0] ?? {}),
  });

  const moduleOf = async (files: ReadonlyMap<string, string>, key: string): Promise<SourceModule> => {
    const parsed: Parsed[] = [];
    // Overrides come last.
    const names = [...files.keys()].toSorted(
      (a, b) => Number(isOverride(a)) - Number(isOverride(b)) || (a < b ? -1 : 1),
    );
    for (const name of names) {
      const text = files.get(name) ?? '';
      try {
        parsed.push(
          name.endsWith('.json') ? (JSON.parse(text) as Parsed) : ((await parser.parse(name, text)) as Parsed),
        );
      } catch {
        unread.push(key === '' ? name : `${key}/${name}`);
      }
    }
    const labelled = (block: string): readonly (readonly [string, Members])[] =>
      parsed.flatMap((one) =>
        isMembers(one[block] ?? null)
          ? Object.entries(one[block] as Members).flatMap(([name, all]) =>
              membersIn(all).map((body) => [name, body] as const),
            )
          : [],
      );
    const typed = (block: 'resource' | 'data', prefix: string): readonly (readonly [string, Members])[] =>
      parsed.flatMap((one) =>
        Object.entries(isMembers(one[block] ?? null) ? (one[block] as Members) : {}).flatMap(([type, named]) =>
          Object.entries(isMembers(named) ? named : {}).flatMap(([name, all]) =>
            membersIn(all).map((body) => [`${prefix}${type}.${name}`, body] as const),
          ),
        ),
      );
    const bodies = async (
      all: readonly (readonly [string, Members])[],
    ): Promise<Readonly<Record<string, SourceBody>>> =>
      Object.fromEntries(await Promise.all(all.map(async ([name, body]) => [name, await bodyOf(body)] as const)));
    const locals = Object.assign({}, ...parsed.flatMap((one) => membersIn(one['locals'] ?? []))) as Members;
    const outputs = Object.fromEntries(labelled('output').map(([name, { value = null }]) => [name, value]));
    return {
      locals: await attributesOf(locals),
      outputs: await attributesOf(outputs),
      calls: Object.fromEntries(
        await Promise.all(
          labelled('module').map(
            async ([name, body]) => [name, { attributes: await attributesOf(body), blocks: {}, dynamic: {} }] as const,
          ),
        ),
      ),
      resources: await bodies([...typed('resource', ''), ...typed('data', 'data.')]),
      notNull: new Set(labelled('variable').flatMap(([name, { nullable }]) => (nullable === false ? name : []))),
      withOptional: new Map(
        labelled('variable').flatMap(([name, { type }]) =>
          typeof type === 'string' && /\boptional\(/.test(type) ? [[name, optionalAttributes(type)] as const] : [],
        ),
      ),
    };
  };

  const sources = new Map<string, SourceModule>();
  for (const [key, files] of modules) sources.set(key, await moduleOf(files, key));
  return { sources, unread };
}

function isOverride(name: string): boolean {
  return /(?:^|_)override\.tf(?:\.json)?$/.test(name);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isMembers(value: Json): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; one that stands alone, as files of JSON may write it, is a list of one. */
function membersIn(value: Json): readonly Members[] {
  return (isList(value) ? value : [value]).filter(isMembers);
}
