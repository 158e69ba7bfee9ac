import type { Fuel, SourceBody, Syntax } from '@postern/core/internal/overlay';
import { dynamicOf, type Block } from './hcl/bodies.js';
import { templateOf } from './hcl/expressions.js';
import type { Json } from './optional-attributes.js';

type Members = Readonly<Record<string, Json>>;

/** How many labels the blocks of a file have. */
const LABELS: Readonly<Record<string, number>> = { resource: 2, data: 2, module: 1, output: 1, variable: 1, locals: 0 };

/**
 * The blocks of a file in the form of JSON.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function jsonBlocksIn(text: string, fuel: Fuel): readonly Block[] {
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
