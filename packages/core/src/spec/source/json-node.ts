import type { SourceChild, SourceNode } from './source-node.js';

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
