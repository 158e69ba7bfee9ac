import { quotedText } from '../../ground/json.js';

/** The key of an instance: of `count` a number, of `for_each` a text. */
export type Key = string | number | undefined;

/** One part of an address: `lb`, and its key. */
export interface Part {
  readonly name: string;
  readonly key: Key;
}

const PART = /([A-Za-z0-9_-]+|\*)((?:\[(?:\d+|\*|"(?:[^"\\]|\\.)*")\])?)(?:\.|$)/gy;

/**
 * The parts of an address or a reference: `module.a["x.y"].aws_lb.b[0].arn` has six. Keys may have dots and quotes.
 * Undefined for a text of another form.
 */
export function partsOf(text: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const match = PART.exec(text);
    if (match === null) return undefined;
    parts.push({ name: match[1] ?? '', key: keyOf(match[2] ?? '') });
  }
  return parts;
}

function keyOf(text: string): Key {
  const inside = text.slice(1, -1);
  if (inside === '' || inside === '*') return undefined;
  return inside.startsWith('"') ? quotedText(inside) : Number(inside);
}

/** A part as text: `shop["a"]`. */
function partText(name: string, key: Key): string {
  return key === undefined ? name : `${name}[${typeof key === 'number' ? key : JSON.stringify(key)}]`;
}

/** An instance of a module: the calls that lead to it, from the root on. */
export type ModulePath = readonly Part[];

/** `module.a["x"].module.b[0]`; the root is empty. */
export function moduleText(path: ModulePath): string {
  return path.map(({ name, key }) => `module.${partText(name, key)}`).join('.');
}

/** The calls of `module.a["x"].module.b[0]`. */
export function modulePath(text: string | undefined): ModulePath {
  const parts = partsOf(text ?? '') ?? [];
  return parts.filter((_, at) => at % 2 === 1);
}
