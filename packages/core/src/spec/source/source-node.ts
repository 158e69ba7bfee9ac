/** A value with its position in a text, from which the position of all nested values can be found. */
export interface SourceNode {
  /** Where it begins; undefined where nothing is written. */
  readonly offset: number | undefined;
  readonly isScalar: boolean;
  /** The value under a key or at an index, and the position of its key. */
  readonly child: (step: string | number) => SourceChild | undefined;
  /** The keys of a map, in order. */
  readonly keys: () => Iterable<string>;
}

export interface SourceChild {
  readonly keyOffset?: number | undefined;
  readonly node: SourceNode;
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /"(?:[^"\\]|\\.)*"|[^\s,:[\]{}]+/y;

/** The outermost value of a text that is known to be JSON, at most 64 levels deep. */
export function jsonNode(text: string): SourceNode {
  let index = 0;
  const white = (): void => {
    SPACE.lastIndex = index;
    SPACE.test(text);
    index = SPACE.lastIndex;
  };
  const scalar = (): string => {
    SCALAR.lastIndex = index;
    const [token = ''] = SCALAR.exec(text) ?? [];
    index += token.length;
    return token;
  };
  const value = (): SourceNode => {
    white();
    const offset = index;
    const open = text[index];
    if (open !== '{' && open !== '[') {
      scalar();
      return leaf(offset);
    }

    index += 1;
    const items: SourceChild[] = [];
    const members = new Map<string, SourceChild>();
    for (white(); text[index] !== '}' && text[index] !== ']'; white()) {
      if (open === '[') items.push({ node: value() });
      else {
        const keyOffset = index;
        const key = JSON.parse(scalar()) as string;
        white();
        index += 1; // the colon
        members.set(key, { keyOffset, node: value() });
      }
      white();
      if (text[index] === ',') index += 1;
    }
    index += 1;
    return open === '[' ? list(offset, items) : map(offset, members);
  };
  return value();
}

function leaf(offset: number): SourceNode {
  return { offset, isScalar: true, child: () => undefined, keys: () => [] };
}

function list(offset: number, items: readonly SourceChild[]): SourceNode {
  return {
    offset,
    isScalar: false,
    child: (step) => (typeof step === 'number' ? items[step] : undefined),
    keys: () => [],
  };
}

function map(offset: number, members: ReadonlyMap<string, SourceChild>): SourceNode {
  return { offset, isScalar: false, child: (step) => members.get(String(step)), keys: () => members.keys() };
}

/**
 * A value from a file: plain data. Only a map's own members count, and not inherited ones: `constructor` is a
 * member only of a map that defines it.
 */
export type Plain = null | boolean | number | string | Plain[] | PlainMap;
export interface PlainMap {
  [key: string]: Plain;
}

/** The steps from the root to a value: `['links', 'eu', 'subnets', 0]`. */
export type KeyPath = readonly (string | number)[];

/** A map that inherits nothing. */
export function emptyMap(): PlainMap {
  return Object.create(null) as PlainMap;
}

export function isPlainMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A path in readable form: `links.eu.subnets[0]`. Keys that are not simple words are in brackets, as in
 * `integrations.orders.routes["ANY /orders"]`.
 */
export function formatPath(path: KeyPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[\w-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
