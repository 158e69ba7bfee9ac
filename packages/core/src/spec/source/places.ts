import type { SourcePlace } from '../../ground/errors.js';
import { quotedText } from '../../ground/json.js';
import { lineAndColumn } from '../../ground/text/line-and-column.js';
import { formatPath, type KeyPath, type SourceNode } from './source-node.js';
import type { ReadText } from './read-data.js';

/** The part that a position refers to: the value (default), or its key. */
type Part = 'value' | 'key';

/** Finds the position of a path in a text; where it is missing, the position of its nearest existing ancestor. */
export function sourcePlaceOf(
  read: ReadText,
  file: string | undefined,
  path: KeyPath,
  part: Part = 'value',
): SourcePlace {
  let node = read.root();
  let offset = node?.offset ?? 0;
  for (const [index, step] of path.entries()) {
    const next = node?.child(step);
    if (next === undefined) break;

    node = next.node;
    // A map or list begins on the line after its key, so the position of the key is reported.
    const asKey = (part === 'key' && index === path.length - 1) || !node.isScalar;
    offset = (asKey ? next.keyOffset : undefined) ?? node.offset ?? next.keyOffset ?? offset;
  }
  return { file, ...lineAndColumn(read.text, offset), path: formatPath(path) };
}

/**
 * As {@link sourcePlaceOf}, from a path that is text: `links.eu.subnets[0]`, `integrations.orders.routes["ANY /orders"]`. Keys that
 * hold dots or spaces are also understood without brackets.
 */
export function placeOfText(read: ReadText, file: string | undefined, path: string): SourcePlace {
  return { ...sourcePlaceOf(read, file, stepsOf(read.root(), path)), path };
}

/** A text of which a value is a part, and the file's name. */
export interface Layer {
  readonly read: ReadText;
  readonly file?: string | undefined;
}

/** One text, or several of which each changes the value of the one before. */
export type Layers = readonly [Layer, ...Layer[]];

/** Of several texts that make up one value, the last one that has a path, or most of it. */
export function layerOf([first, ...others]: Layers, path: KeyPath | string): Layer {
  let [found, most] = [first, -1];
  for (const layer of others.length === 0 ? [] : [first, ...others]) {
    const root = layer.read.root();
    // Keys that hold dots are known only where they are written.
    const depth = depthOf(root, typeof path === 'string' ? stepsOf(root, path) : path);
    if (depth >= most) [found, most] = [layer, depth];
  }
  return found;
}

/** How many steps of a path a text has. */
export function depthOf(root: SourceNode | undefined, path: KeyPath): number {
  let node = root;
  for (const [depth, step] of path.entries()) {
    const next = node?.child(step);
    if (next === undefined) return depth;

    node = next.node;
  }
  return path.length;
}

function stepsOf(root: SourceNode | undefined, text: string): KeyPath {
  const path: (string | number)[] = [];
  let node = root;
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
      step = bracket[1].startsWith('"') ? quotedText(bracket[1]) : Number(bracket[1]);
      rest = rest.slice(bracket[0].length);
    }
    path.push(step);
    node = node?.child(step)?.node;
  }
  return path;
}

/** The longest key of `node` with which `rest` begins. */
function keyAtStart(node: SourceNode | undefined, rest: string): string | undefined {
  let longest: string | undefined;
  for (const name of node?.keys() ?? []) {
    if (!rest.startsWith(name) || name.length <= (longest?.length ?? 0)) continue;

    if (/^(?:$|[.[])/.test(rest.slice(name.length))) longest = name;
  }
  return longest;
}
