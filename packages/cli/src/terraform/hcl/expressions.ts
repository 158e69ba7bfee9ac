import { isTooLarge, type Fuel, type Syntax, type DynamicBlock, type SourceBody } from '@postern/core/internal/overlay';
import { Cursor, heredoc, iterators, quoted, wholeTemplate } from './templates.js';

/** A step that is written out: a name, a key or a number. */
type Step = string | number;

/** By precedence, those that bind least first; of those that begin alike the longer one first. */
const OPERATORS: readonly (readonly (readonly [sign: string, name: string])[])[] = [
  [['||', 'logicalOr']],
  [['&&', 'logicalAnd']],
  [
    ['==', 'equal'],
    ['!=', 'notEqual'],
  ],
  [
    ['>=', 'greaterThanOrEqual'],
    ['<=', 'lessThanOrEqual'],
    ['>', 'greaterThan'],
    ['<', 'lessThan'],
  ],
  [
    ['+', 'add'],
    ['-', 'subtract'],
  ],
  [
    ['*', 'multiply'],
    ['/', 'divide'],
    ['%', 'modulo'],
  ],
];

const WORDS: ReadonlyMap<string, null | boolean> = new Map<string, null | boolean>([
  ['null', null],
  ['true', true],
  ['false', false],
]);

/** What a text between quotes of JSON is, or a file that `templatefile` names. @throws {Error} */
export function templateSyntax(text: string, fuel: Fuel): Syntax {
  return wholeTemplate(text, fuel, expression);
}

/** The same. Undefined: it is not in the language. @throws {InvalidInputError} `INPUT_TOO_LARGE` */
export function templateOf(text: string, fuel: Fuel): Syntax | undefined {
  try {
    return templateSyntax(text, fuel);
  } catch (error) {
    if (isTooLarge(error)) throw error;

    return undefined;
  }
}

/**
 * The expression at a place.
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions
 */
function expression(cursor: Cursor): Syntax {
  const condition = operation(cursor, 0);
  if (!cursor.take('?')) return condition;

  const yes = expression(cursor);
  cursor.need(':');
  return { is: 'if', condition, yes, no: expression(cursor) };
}

function operation(cursor: Cursor, level: number): Syntax {
  const signs = OPERATORS[level];
  if (signs === undefined) return unary(cursor);

  let found = operation(cursor, level + 1);
  for (;;) {
    cursor.skip();
    const operator = signs.find(([sign]) => cursor.isAt(sign));
    if (operator === undefined) return found;

    cursor.need(operator[0]);
    found = { is: 'operator', operator: operator[1], operands: [found, operation(cursor, level + 1)] };
  }
}

function unary(cursor: Cursor): Syntax {
  if (cursor.take('!')) return { is: 'operator', operator: 'logicalNot', operands: [unary(cursor)] };
  if (!cursor.take('-')) return steps(cursor, term(cursor));

  const operand = unary(cursor);
  return operand.is === 'value' && typeof operand.value === 'number'
    ? { is: 'value', value: -operand.value }
    : { is: 'operator', operator: 'negate', operands: [operand] };
}

function term(cursor: Cursor): Syntax {
  if (cursor.take('"')) return quoted(cursor, expression);
  if (cursor.take('<<')) return heredoc(cursor, expression);
  if (cursor.take('(')) return enclosed(cursor, ')', () => expression(cursor));
  if (cursor.take('['))
    return enclosed(cursor, ']', () => iteration(cursor, false) ?? { is: 'list', items: items(cursor, ']') });
  if (cursor.take('{')) {
    const found = cursor.across(false, () => iteration(cursor, true));
    return found === undefined ? objectOf(cursor) : enclosed(cursor, '}', () => found);
  }
  const number = cursor.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return { is: 'value', value: Number(number) };

  let name = cursor.name();
  if (name === undefined) throw cursor.wrong('expected an expression');

  while (cursor.isAt('::') && cursor.take('::')) name += `::${cursor.name()}`;
  if (cursor.take('(')) return enclosed(cursor, ')', () => callOf(cursor, name));

  const word = WORDS.get(name);
  return word === undefined ? { is: 'name', path: [name] } : { is: 'value', value: word };
}

function enclosed(cursor: Cursor, close: string, read: () => Syntax): Syntax {
  return cursor.across(false, () => {
    const found = read();
    cursor.need(close);
    return found;
  });
}

/** What is separated by commas, up to what closes it. */
function items(cursor: Cursor, close: string): readonly Syntax[] {
  const found: Syntax[] = [];
  for (;;) {
    cursor.skip();
    if (cursor.isAt(close) || cursor.isAt('...')) return found;

    found.push(expression(cursor));
    if (!cursor.take(',')) return found;
  }
}

function callOf(cursor: Cursor, name: string): Syntax {
  const given = items(cursor, ')');
  const expands = cursor.take('...');
  // A comma may follow.
  cursor.take(',');
  return { is: 'call', name, arguments: given, expands };
}

/** `for k, v in of : key => value if only`, without what encloses it. */
function iteration(cursor: Cursor, isObject: boolean): Syntax | undefined {
  if (!cursor.keyword('for')) return undefined;

  const names = iterators(cursor);
  const of = expression(cursor);
  cursor.need(':');
  const head = expression(cursor);
  if (isObject) cursor.need('=>');
  const [key, value] = isObject ? [head, expression(cursor)] : [undefined, head];
  const isGrouped = isObject && cursor.take('...');
  const only = cursor.keyword('if') ? expression(cursor) : undefined;
  return { is: 'for', names, of, key, value, only, isGrouped };
}

function objectOf(cursor: Cursor): Syntax {
  const found: (readonly [Syntax, Syntax])[] = [];
  return cursor.across(true, () => {
    for (;;) {
      cursor.skip(false);
      if (cursor.take('}')) return { is: 'object', items: found };

      const isEvaluated = cursor.isAt('(');
      const key = expression(cursor);
      if (!cursor.take('=')) cursor.need(':');
      found.push([isEvaluated ? key : keyOf(key), expression(cursor)]);
      if (!cursor.take(',') && cursor.match(/\n/y) === undefined && !cursor.isAt('}'))
        throw cursor.wrong('expected a comma or the end of the line');
    }
  });
}

/** A name as a key is a text. */
function keyOf(key: Syntax): Syntax {
  if (key.is === 'name' && key.path.length === 1) return { is: 'value', value: key.path[0] };

  return key.is === 'value' ? { is: 'value', value: String(key.value) } : key;
}

/** What follows an expression: attributes, keys and splats. */
function steps(cursor: Cursor, first: Syntax): Syntax {
  let of = first;
  for (;;) {
    const path = all(() => step(cursor));
    if (path.length > 0) of = withPath(of, path);
    cursor.skip();
    const isSplat = cursor.match(/\.\*|\[\s*\*\s*\]/y);
    if (isSplat === undefined) return of;

    of = { is: 'splat', of, path: all(() => (isSplat === '.*' ? attribute(cursor) : step(cursor))) };
  }
}

function all<T>(read: () => T | undefined): T[] {
  const found: T[] = [];
  for (let one = read(); one !== undefined; one = read()) found.push(one);
  return found;
}

function withPath(of: Syntax, path: readonly (Step | Syntax)[]): Syntax {
  if (of.is === 'step') return { ...of, path: [...of.path, ...path] };
  if (of.is !== 'name') return { is: 'step', of, path };

  const at = path.findIndex((one) => typeof one === 'object');
  const name: Syntax = { is: 'name', path: [...of.path, ...((at < 0 ? path : path.slice(0, at)) as readonly Step[])] };
  return at < 0 ? name : { is: 'step', of: name, path: path.slice(at) };
}

function step(cursor: Cursor): Step | Syntax | undefined {
  const found = attribute(cursor);
  if (found !== undefined) return found;
  if (cursor.match(/\[(?!\s*\*\s*\])/y) === undefined) return undefined;

  const key = enclosed(cursor, ']', () => expression(cursor));
  return key.is === 'value' && (typeof key.value === 'string' || typeof key.value === 'number') ? key.value : key;
}

/** `.name`, or `.0` as it was once written. */
function attribute(cursor: Cursor): Step | undefined {
  cursor.skip();
  const [, name, place] = cursor.exec(/\.\s*(?:([\p{L}_][\p{L}\p{N}_-]*)|(\d+))/uy) ?? [];
  return name ?? (place === undefined ? undefined : Number(place));
}

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
