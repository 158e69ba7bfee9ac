import { displayText } from '../../ground/text/display.js';
import { SIGNS } from './merge.js';
import type { GraphNode, NodeKind, Graph } from './model.js';

/** The most letters of a line: of a name where a picture has room, and of all else. */
const LONGEST = 48;
const LONGEST_OF_TEXT = 36;
/** The most lines of a name and of a detail, and the most letters of a note. */
export const MOST_OF_NAME = 4;
const MOST_OF_DETAIL = 2;
const LETTERS_OF_NOTE = 180;

/** What a node is, in words: no shape and no color has to be learned. */
const WORDS: Readonly<Record<NodeKind, readonly string[]>> = {
  domain: ['custom domain'],
  gateway: ['gateway'],
  route: ['route'],
  link: ['link'],
  subnet: ['subnet'],
  group: ['security group'],
  balancer: ['load balancer'],
  target: ['target'],
  backend: ['backend'],
  hop: [],
  place: [],
  step: [],
};

/** A node as text, line by line. Safe text, not yet escaped. */
export interface NodeLines {
  readonly lines: readonly string[];
  /** The index of the first line of the name, and how many lines the name has. */
  readonly name: number;
  readonly nameLines: number;
}

/** A label of an edge: one line. Safe text, not yet escaped. */
export function edgeText(label: string): string {
  const text = displayText(label);
  const letters = [...text];
  return letters.length <= LONGEST ? text : `${letters.slice(0, LONGEST - 1).join('')}…`;
}

/**
 * The lines of a node: its kind, its sign and name, its detail, examples of several, and why it has its mark. No line has more letters
 * than `longest`: longer texts are broken, at separators where they have some.
 */
export function linesOf(node: GraphNode, longest = LONGEST): NodeLines {
  const { kind, label, detail, mark, note, count, examples = [] } = node;
  const sign = mark === undefined ? '' : `${SIGNS[mark]} `;
  const [first = '', ...more] = broken(label, longest - sign.length, MOST_OF_NAME);
  const name = [`${sign}${first}`, ...more];
  const width = Math.min(longest, LONGEST_OF_TEXT);
  const words = WORDS[kind];
  return {
    name: words.length,
    nameLines: name.length,
    lines: [
      ...words,
      ...name,
      ...(detail === undefined || detail === '' ? [] : broken(detail, width, MOST_OF_DETAIL)),
      ...examples.flatMap((one) => broken(one, longest, MOST_OF_DETAIL)),
      ...(count === undefined || count <= examples.length ? [] : [`and ${count - examples.length} more`]),
      ...(note === undefined ? [] : broken(note, width, Math.ceil(LETTERS_OF_NOTE / width))),
    ],
  };
}

/** A text in at most so many lines of at most so many letters; `…` ends it where it has more. */
function broken(from: string, longest: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of displayText(from)
    .split(/(?<= )/)
    .flatMap((word) => piecesOf(word, longest))) {
    if (line !== '' && lengthOf(`${line}${piece}`.trimEnd()) > longest) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  lines.push(line.trimEnd());
  if (lines.length <= most) return lines;

  const last = lines[most - 1] ?? '';
  const fits =
    lengthOf(last) <= longest - 2
      ? last
      : [...last]
          .slice(0, longest - 2)
          .join('')
          .replace(/ \S*$/, '');
  return [...lines.slice(0, most - 1), `${fits} …`];
}

/** A word that fits, or its parts: they end behind a separator, or where the line ends. */
function piecesOf(word: string, longest: number): readonly string[] {
  if (lengthOf(word.trimEnd()) <= longest) return [word];

  return word.split(/(?<=[/\-_.:,=+])/).flatMap((part) => {
    const letters = [...part];
    const pieces: string[] = [];
    for (let at = 0; at < letters.length; at += longest) pieces.push(letters.slice(at, at + longest).join(''));
    return pieces;
  });
}

function lengthOf(text: string): number {
  return [...text].length;
}

/** Sizes of the lines of a node, in points. Graphviz lays out all lines with that of the name. */
const NAME_POINTS = 11;
const OTHER_POINTS = 10;

/** Regular letters to bold ones. */
const REGULAR = 0.92;

/**
 * Widths of bold letters in em, rounded up: those of DejaVu Sans, since no font that viewers commonly fall back to is
 * wider. Graphviz knows the widths of Arial.
 */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijltfrI.,:;'|!/()[\]\- ]/, 0.5],
  [/[a-hknopqsuvxyz]/, 0.72],
  [/[0-9]/, 0.7],
  [/[A-HJ-LNP-VX-Z]/, 0.84],
  [/[mwMWQO@%&…]/, 1.11],
  [/[!-~]/, 0.84],
];
const OTHER_LETTER = 1.1;

/** How wide the lines of a node are at most, in points: those of the name are bold. */
export function pointsOf({ lines, name, nameLines }: NodeLines): number {
  const isBold = (at: number): boolean => at >= name && at < name + nameLines;
  return Math.max(0, ...lines.map((line, at) => em(line) * (isBold(at) ? NAME_POINTS : OTHER_POINTS * REGULAR)));
}

function em(line: string): number {
  let width = 0;
  for (const letter of line) width += WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? OTHER_LETTER;
  return width;
}

export const POINTS_AN_INCH = 72;
/** Of a node, beside its text. */
export const MARGIN_POINTS = 18;
/** Between two columns. */
export const RANK_INCHES = 0.4;

/** As wide is a picture at most that a page of 1,400 pixels shows whole: it makes pictures smaller by a fifth. */
const MOST_POINTS = 1_240;

/** The most letters of a line, the first that makes a picture narrow enough. */
const LENGTHS = [LONGEST, 36, 28, 22, 18, 14];

/** The lines of each node, broken so that a picture from left to right fits a wide page. */
export function fittingLines(graph: Graph): (node: GraphNode) => NodeLines {
  const { nodes, isDown } = graph;
  const columns = isDown === true ? undefined : columnsOf(graph);
  const fits = (longest: number): boolean => {
    const widest = new Map<number, number>();
    for (const node of nodes) {
      const column = columns?.get(node.id) ?? 0;
      const width = pointsOf(linesOf(node, longest)) + MARGIN_POINTS + RANK_INCHES * POINTS_AN_INCH;
      widest.set(column, Math.max(widest.get(column) ?? 0, width));
    }
    return [...widest.values()].reduce((sum, width) => sum + width, 0) <= MOST_POINTS;
  };
  const longest = columns === undefined ? LONGEST : (LENGTHS.find(fits) ?? Math.min(...LENGTHS));
  return (node) => linesOf(node, longest);
}

/** The column of each node: one behind the last that leads to it. */
function columnsOf({ nodes, edges }: Graph): ReadonlyMap<string, number> {
  const columns = new Map(nodes.map(({ id }) => [id, 0]));
  // Once for each column; a circle ends, too.
  for (let round = 0; round < nodes.length; round += 1) {
    let isMoved = false;
    for (const { from, to } of edges) {
      const column = (columns.get(from) ?? 0) + 1;
      if (column > nodes.length || column <= (columns.get(to) ?? 0)) continue;

      columns.set(to, column);
      isMoved = true;
    }
    if (!isMoved) break;
  }
  return columns;
}
