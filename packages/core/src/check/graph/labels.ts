import { displayText } from '../../ground/text/display.js';
import { SIGNS } from './marks.js';
import type { GraphNode, NodeKind } from './model.js';

/** The most letters of a line: of a name where a picture has room, and of all else. */
export const LONGEST = 48;
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
