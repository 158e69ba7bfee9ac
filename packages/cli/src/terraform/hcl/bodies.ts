import type { DynamicBlock, Fuel, SourceBody, Syntax } from '@postern/core/internal/overlay';
import { Cursor } from './cursor.js';
import { expression } from './expressions.js';

/** `resource "aws_lb" "a" { … }`. */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: SourceBody;
}

/** The blocks of a file. @throws {Error} where it is not in the language */
export function blocksIn(text: string, fuel: Fuel): readonly Block[] {
  return itemsOf(new Cursor(text, fuel), false).blocks;
}

interface Items {
  readonly attributes: Readonly<Record<string, Syntax>>;
  readonly blocks: readonly Block[];
}

/** Attributes and blocks up to the brace that closes them, or to the end of the file. */
function itemsOf(cursor: Cursor, isInBraces: boolean): Items {
  const attributes: Record<string, Syntax> = {};
  const blocks: Block[] = [];
  for (;;) {
    cursor.skip(false);
    if (isInBraces ? cursor.take('}') : cursor.at >= cursor.text.length) return { attributes, blocks };

    const name = cursor.name();
    if (name === undefined) throw cursor.wrong('expected an attribute or a block');

    if (cursor.take('=')) attributes[name] = expression(cursor);
    else blocks.push(blockOf(cursor, name));
    cursor.skip();
    if (!cursor.isAt('\n') && !cursor.isAt('}') && cursor.at < cursor.text.length)
      throw cursor.wrong('expected the end of the line');
  }
}

function blockOf(cursor: Cursor, type: string): Block {
  const labels: string[] = [];
  while (!cursor.take('{')) {
    const label = cursor.match(/"[^"\n]*"/y)?.slice(1, -1) ?? cursor.name();
    if (label === undefined) throw cursor.wrong('expected {');

    labels.push(label);
  }
  return { type, labels, body: bodyOf(itemsOf(cursor, true)) };
}

/** A body with its blocks by name, those that `dynamic` makes apart. */
function bodyOf({ attributes, blocks }: Items): SourceBody {
  const written: Record<string, SourceBody[]> = {};
  const dynamic: Record<string, DynamicBlock[]> = {};
  for (const { type, labels, body } of blocks) {
    const [name = ''] = labels;
    if (type === 'dynamic') (dynamic[name] ??= []).push(dynamicOf(name, body));
    else (written[type] ??= []).push(body);
  }
  return { attributes, blocks: written, dynamic };
}

/** What a block `dynamic` makes. */
export function dynamicOf(name: string, { attributes, blocks }: SourceBody): DynamicBlock {
  const { for_each: forEach, iterator } = attributes;
  return {
    forEach: forEach ?? { is: 'value', value: null },
    iterator: iterator?.is === 'name' ? iterator.path[0] : name,
    content: blocks['content']?.[0] ?? { attributes: {}, blocks: {}, dynamic: {} },
  };
}
