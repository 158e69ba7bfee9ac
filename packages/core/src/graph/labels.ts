import { displayText } from '../text/display.js';
import { SIGNS } from './marks.js';
import type { GraphNode, NodeKind } from './model.js';

/** Longest line of a label, and the most lines of a note: what is longer is in the findings. */
const LONGEST = 48;
const MOST_LINES = 4;

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

/** The lines of a node: its kind, its sign and label, its detail, and why it has its mark. Safe text, not yet escaped. */
export function linesOf({ kind, label, detail, mark, note }: GraphNode): readonly string[] {
  const sign = mark === undefined ? '' : `${SIGNS[mark]} `;
  return [
    ...WORDS[kind],
    cut(displayText(`${sign}${label}`)),
    ...(detail === undefined || detail === '' ? [] : [cut(displayText(detail))]),
    ...(note === undefined ? [] : broken(displayText(note))),
  ];
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length <= LONGEST ? text : `${letters.slice(0, LONGEST - 1).join('')}…`;
}

function broken(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= LONGEST) {
      lines.push(cut(line));
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(cut(line));
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1] ?? ''} …`];
}
