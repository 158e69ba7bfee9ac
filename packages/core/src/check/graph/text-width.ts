import type { NodeLines } from './labels.js';

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
