/** A box of a picture, with its size in points. */
export interface Box {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface Dot {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

const POINTS_AN_INCH = 72;
export const LINE_HEIGHT = 13.2;
const MARGIN = 6.5;

const NODE = /^ {2}(n\d+) \[(.*)\];$/;
const EDGE = /^ {2}(n\d+) -> (n\d+)(?: \[(.*)\])?;$/;
const ATTRIBUTE = /(\w+)=(?:"((?:[^"\\]|\\.)*)"|([\w.#-]+))/g;

/** Reads what `dotOf` writes: a line for each node and each edge. It is not a reader of the language of Graphviz. */
export function readDot(dot: string): Dot {
  const boxes: Box[] = [];
  const arrows: Arrow[] = [];
  for (const line of dot.split('\n')) {
    const [, name, own = ''] = NODE.exec(line) ?? [];
    const [, from, to, between = ''] = EDGE.exec(line) ?? [];
    if (name !== undefined) boxes.push(boxOf(name, attributesOf(own)));
    else if (from !== undefined && to !== undefined) arrows.push({ from, to, attributes: attributesOf(between) });
  }
  return { boxes, arrows };
}

function boxOf(name: string, attributes: ReadonlyMap<string, string>): Box {
  const lines = (attributes.get('label') ?? '').split('\n');
  const width = Number(attributes.get('width') ?? 1) * POINTS_AN_INCH;
  return { name, attributes, lines, width, height: lines.length * LINE_HEIGHT + 2 * MARGIN };
}

/** Values keep the entities that `dotOf` writes for `&`, `<` and `>`: they are those of SVG. */
function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', quoted, plain = '']) => [
      name,
      quoted === undefined ? plain : quoted.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter)),
    ]),
  );
}
