import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { SourcePlace } from '../errors.js';
import type { Path } from './plain.js';
import { formatPath } from './plain.js';
import { offsetOf, type ReadText } from './read-yaml.js';
import { lineAndColumn } from './text-place.js';

/** What a place points at: the value (default), or the key that leads to it. */
type Part = 'value' | 'key';

/** Finds where a path stands in a text; where it does not, its nearest ancestor that does. */
export function placeOf(read: ReadText, file: string | undefined, path: Path, part: Part = 'value'): SourcePlace {
  let node: unknown = read.root;
  let offset = offsetOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const next = child(node, step);
    if (next === undefined) break;
    node = next.value;
    // A map or list begins on the line after its key: the key is what people look for.
    const asKey = (part === 'key' && index === path.length - 1) || !isScalar(node);
    offset = (asKey ? offsetOf(next.key) : undefined) ?? offsetOf(node) ?? offsetOf(next.key) ?? offset;
  }
  return { file, ...lineAndColumn(read.text, offset), path: formatPath(path) };
}

/**
 * As {@link placeOf}, from a path that is text: `links.eu.subnets[0]`, `integrations.orders.routes["ANY /orders"]`. Keys that
 * hold dots or spaces are also understood without brackets.
 */
export function placeOfText(read: ReadText, file: string | undefined, path: string): SourcePlace {
  return { ...placeOf(read, file, stepsOf(read.root, path)), path };
}

function stepsOf(root: Node | null, text: string): Path {
  const path: (string | number)[] = [];
  let node: unknown = root;
  let rest = text;
  while (rest !== '') {
    const bracket = /^\[(\d+|"(?:[^"\\]|\\.)*")\]/.exec(rest);
    let step: string | number;
    if (bracket?.[1] === undefined) {
      rest = rest.replace(/^\./, '');
      const word = keyAtStart(node, rest) ?? /^[^.[]*/.exec(rest)?.[0] ?? '';
      step = word;
      rest = rest.slice(word.length);
      if (word === '') break;
    } else {
      const parsed: unknown = JSON.parse(bracket[1]);
      step = typeof parsed === 'number' ? parsed : String(parsed);
      rest = rest.slice(bracket[0].length);
    }
    path.push(step);
    node = child(node, step)?.value;
  }
  return path;
}

/** The longest key of `node` with which `rest` begins. */
function keyAtStart(node: unknown, rest: string): string | undefined {
  if (!isMap(node)) return undefined;
  let longest: string | undefined;
  for (const { key } of node.items) {
    const name = isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
    if (name === undefined || !rest.startsWith(name) || name.length <= (longest?.length ?? 0)) continue;
    if (/^(?:$|[.[])/.test(rest.slice(name.length))) longest = name;
  }
  return longest;
}

function child(node: unknown, step: string | number): { key?: unknown; value: unknown } | undefined {
  if (isAlias(node)) return undefined;
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === String(step));
    return pair && { key: pair.key, value: pair.value };
  }
  if (isSeq(node) && typeof step === 'number' && step < node.items.length) return { value: node.items[step] };
  return undefined;
}
