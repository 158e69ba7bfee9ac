import { displayText } from '../../ground/text/display.js';
import { SIGNS } from './marks.js';
import type { GraphNode, NodeKind } from './model.js';

/** Longest line of a label, where other lines are broken, and the most lines of a detail and of a note. */
const LONGEST = 48;
const BROKEN_AT = 36;
const MOST_OF_DETAIL = 2;
const MOST_OF_NOTE = 5;

/** What a node is, in words: no shape and no color has to be learned. */
const WORDS: Readonly<Record<NodeKind, readonly string[]>> = {
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

/** The index of the line with the name of a node. */
export function nameLineOf({ kind }: Pick<GraphNode, 'kind'>): number {
  return WORDS[kind].length;
}

/** A label of an edge: one line. Safe text, not yet escaped. */
export function edgeText(label: string): string {
  return cut(displayText(label));
}

/** The lines of a node: its kind, its sign and label, its detail, examples of several, and why it has its mark. Safe text, not yet escaped. */
export function linesOf({ kind, label, detail, mark, note, count, examples = [] }: GraphNode): readonly string[] {
  const sign = mark === undefined ? '' : `${SIGNS[mark]} `;
  return [
    ...WORDS[kind],
    cut(displayText(`${sign}${label}`)),
    ...(detail === undefined || detail === '' ? [] : broken(displayText(detail), MOST_OF_DETAIL)),
    ...examples.map((one) => cut(displayText(one))),
    ...(count === undefined || count <= examples.length ? [] : [`and ${count - examples.length} more`]),
    ...(note === undefined ? [] : broken(displayText(note), MOST_OF_NOTE)),
  ];
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length <= LONGEST ? text : `${letters.slice(0, LONGEST - 1).join('')}…`;
}

function broken(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= BROKEN_AT) {
      lines.push(cut(line));
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(cut(line));
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1] ?? ''} …`];
}
