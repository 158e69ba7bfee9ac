import {
  Fuel,
  isTooLarge,
  type SourceBody,
  type SourceModule,
  type Sources,
  type Syntax,
} from '@postern/core/internal/overlay';
import type { Configuration } from './archive.js';
import { blocksIn, type Block } from './hcl/bodies.js';
import { templateOf } from './hcl/expressions.js';
import { jsonBlocksIn } from './json-blocks.js';
import { optionalAttributes } from './optional-attributes.js';

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
