import { layered, type Layered } from './layers.js';
import { LINE_HEIGHT, readDot, type Arrow, type Box } from './read-dot.js';

/** Between two layers, and around the picture. */
const RANK_GAP = 40;
const PAD = 11;
const ROUND = 6;
const ARROW = { long: 7, wide: 2.6 };
/** A letter of the label of an edge, in points. */
const LETTER = 5.2;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** As {@link svgOf}, from top to bottom or from left to right: as it is narrower. */
export function narrowSvgOf(dot: string): string {
  const [down, right] = [svgOf(dot, true), svgOf(dot, false)];
  return widthOf(down) <= widthOf(right) ? down : right;
}

function widthOf(svg: string): number {
  return Number(/width="(\d+)pt"/.exec(svg)?.[1]);
}

/**
 * The picture of a graph that `dotOf` wrote, as an SVG in the form of Graphviz's, which `styledSvg` reads. Graphviz itself has more than a
 * megabyte; this places boxes in layers, and is enough for pictures of a spec.
 */
function svgOf(dot: string, isDown: boolean): string {
  const { boxes, arrows } = readDot(dot);
  const at = new Map(boxes.map(({ name }, index) => [name, index]));
  const known = arrows.filter(({ from, to }) => at.has(from) && at.has(to));
  const along = (box: Box) => (isDown ? box.width : box.height);
  const across = (box: Box) => (isDown ? box.height : box.width);
  const placed = layered(
    boxes.map(along),
    known.map(({ from, to }) => [at.get(from) ?? 0, at.get(to) ?? 0]),
  );
  const spans = spansOf(placed, boxes, across, labelRoom(placed, known, isDown));
  const turn = (rank: number, order: number): Point => (isDown ? { x: order, y: rank } : { x: rank, y: order });
  const center = (id: number): Point => {
    const { start, end } = spans.of(id);
    return turn((start + end) / 2, placed.centers[id] ?? 0);
  };
  const parts = [
    ...known.map((arrow, index) => arrowOf(arrow, placed.chains[index] ?? [], { spans, boxes, placed, turn, across })),
    ...boxes.map((box, index) => boxOf(box, center(index))),
  ];
  const far = turn(
    spans.end,
    Math.max(0, ...placed.layers.flat().map(({ id, size }) => (placed.centers[id] ?? 0) + size / 2)),
  );
  const [width, height] = [far.x + 2 * PAD, far.y + 2 * PAD];
  const view = `width="${Math.ceil(width)}pt" height="${Math.ceil(height)}pt" viewBox="0 0 ${round(width)} ${round(height)}"`;
  const page = `<polygon fill="white" points="0,0 ${round(width)},0 ${round(width)},${round(height)} 0,${round(height)}"/>`;
  return `<svg ${view} xmlns="http://www.w3.org/2000/svg">\n<g class="graph">${page}\n<g transform="translate(${PAD} ${PAD})">\n${parts.join('\n')}\n</g>\n</g>\n</svg>\n`;
}

interface Spans {
  /** From where to where a layer reaches, across. */
  readonly of: (id: number) => { readonly start: number; readonly end: number };
  readonly end: number;
}

function spansOf(
  { layers }: Layered,
  boxes: readonly Box[],
  across: (box: Box) => number,
  room: readonly number[],
): Spans {
  const spans = new Map<number, { start: number; end: number }>();
  let start = 0;
  for (const [rank, layer] of layers.entries()) {
    const end = start + Math.max(0, ...layer.flatMap(({ id }) => (boxes[id] === undefined ? [] : [across(boxes[id])])));
    for (const { id } of layer) spans.set(id, { start, end });
    start = end + Math.max(RANK_GAP, room[rank] ?? 0);
  }
  const end = Math.max(0, ...[...spans.values()].map((one) => one.end));
  return { of: (id) => spans.get(id) ?? { start: 0, end: 0 }, end };
}

/** How much room the labels of edges need after each layer. */
function labelRoom({ layers, chains }: Layered, arrows: readonly Arrow[], isDown: boolean): readonly number[] {
  const rankOf = new Map(layers.flatMap((layer, rank) => layer.map(({ id }) => [id, rank] as const)));
  const room = layers.map(() => 0);
  for (const [index, { attributes }] of arrows.entries()) {
    const label = attributes.get('label')?.trim() ?? '';
    const rank = Math.min(...(chains[index] ?? []).map((id) => rankOf.get(id) ?? 0));
    if (label !== '') room[rank] = Math.max(room[rank] ?? 0, isDown ? 44 : label.length * LETTER + 28);
  }
  return room;
}

interface Scene {
  readonly spans: Spans;
  readonly boxes: readonly Box[];
  readonly placed: Layered;
  readonly turn: (rank: number, order: number) => Point;
  readonly across: (box: Box) => number;
}

function arrowOf(arrow: Arrow, chain: readonly number[], { spans, boxes, placed, turn, across }: Scene): string {
  const { attributes } = arrow;
  const [first = 0, last = 0] = [chain[0], chain.at(-1)];
  const isForth = spans.of(first).start <= spans.of(last).start;
  const sides = chain.map((id, index) => {
    const { start, end } = spans.of(id);
    const middle = (start + end) / 2;
    const box = boxes[id];
    const half = box === undefined ? (end - start) / 2 : across(box) / 2;
    const order = placed.centers[id] ?? 0;
    const [near, far] = isForth ? [middle - half, middle + half] : [middle + half, middle - half];
    return { enter: index === 0 ? far : near, leave: far, order };
  });
  const isPlain = attributes.get('dir') === 'none';
  const tip = sides.at(-1);
  const direction = isForth ? 1 : -1;
  const end = (tip?.enter ?? 0) - (isPlain ? 0 : direction * ARROW.long);
  const pieces = [`M${pointText(turn(sides[0]?.leave ?? 0, sides[0]?.order ?? 0))}`];
  for (const [index, side] of sides.slice(1).entries()) {
    const from = sides[index];
    if (from === undefined) continue;
    const to = index === sides.length - 2 ? end : side.enter;
    const middle = (from.leave + to) / 2;
    pieces.push(
      `C${[turn(middle, from.order), turn(middle, side.order), turn(to, side.order)].map(pointText).join(' ')}`,
    );
    if (index < sides.length - 2) pieces.push(`L${pointText(turn(side.leave, side.order))}`);
  }
  const style = strokeOf(attributes);
  const head = isPlain || tip === undefined ? '' : headOf(tip, direction, turn, attributes);
  return `<g class="${['edge', attributes.get('class') ?? ''].join(' ').trim()}"><path fill="none" ${style} d="${pieces.join('')}"/>${head}${labelOf(sides, attributes, turn)}</g>`;
}

function headOf(
  { enter, order }: { readonly enter: number; readonly order: number },
  direction: number,
  turn: Scene['turn'],
  attributes: ReadonlyMap<string, string>,
): string {
  const back = enter - direction * ARROW.long;
  const points = [turn(enter, order), turn(back, order - ARROW.wide), turn(back, order + ARROW.wide)].map(pointText);
  const color = attributes.get('color') ?? '#6e7781';
  return `<polygon fill="${color}" stroke="${color}" points="${points.join(' ')}"/>`;
}

function labelOf(
  [from, to]: readonly { readonly enter: number; readonly leave: number; readonly order: number }[],
  attributes: ReadonlyMap<string, string>,
  turn: Scene['turn'],
): string {
  const label = attributes.get('label')?.trim() ?? '';
  if (label === '' || from === undefined || to === undefined) return '';
  const { x, y } = turn((from.leave + to.enter) / 2, (from.order + to.order) / 2);
  return `<text text-anchor="middle" x="${round(x)}" y="${round(y - 4)}" font-size="10.00">${label}</text>`;
}

function boxOf({ attributes, lines, width, height }: Box, { x, y }: Point): string {
  const fill = attributes.get('fillcolor') ?? '#ffffff';
  const texts = lines.map((line, index) => {
    const base = y + (index - (lines.length - 1) / 2) * LINE_HEIGHT + 3.8;
    return `<text text-anchor="middle" x="${round(x)}" y="${round(base)}" font-size="11.00">${line}</text>`;
  });
  const shape = `<path fill="${fill}" ${strokeOf(attributes)} d="${roundedBox({ x, y }, width, height)}"/>`;
  return `<g class="node ${attributes.get('class') ?? ''}">${shape}${texts.join('')}</g>`;
}

function roundedBox({ x, y }: Point, width: number, height: number): string {
  const corner = (dx: number, dy: number) => `A${ROUND} ${ROUND} 0 0 1 ${round(dx)} ${round(dy)}`;
  const [left, right, top, bottom] = [x - width / 2, x + width / 2, y - height / 2, y + height / 2];
  return `M${round(left + ROUND)} ${round(top)}H${round(right - ROUND)}${corner(right, top + ROUND)}V${round(bottom - ROUND)}${corner(right - ROUND, bottom)}H${round(left + ROUND)}${corner(left, bottom - ROUND)}V${round(top + ROUND)}${corner(left + ROUND, top)}Z`;
}

/** Lines tell marks apart, as in Graphviz: dashed and thick is blocked, dotted is not determined. */
function strokeOf(attributes: ReadonlyMap<string, string>): string {
  const style = attributes.get('style') ?? '';
  const dash = style.includes('dashed')
    ? ' stroke-dasharray="5,3"'
    : style.includes('dotted')
      ? ' stroke-dasharray="1,4"'
      : '';
  return `stroke="${attributes.get('color') ?? '#6e7781'}" stroke-width="${attributes.get('penwidth') ?? '1'}"${dash}`;
}

function pointText({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
