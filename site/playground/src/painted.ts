import type { Style } from '@postern/core/internal/report';

/** A piece of a line, and its role; without one it is plain text. */
export interface Piece {
  readonly text: string;
  readonly style?: Style | undefined;
}
export type Line = readonly Piece[];

/** Reports break no lines: the page does, whose width changes. */
export const UNBROKEN = 100_000;

// Reports escape control characters of texts from outside, so that these two are always ours.
const BEGIN = '\u0001';
const END = '\u0002';

/** Marks pieces of a text for {@link linesOf}, as `paint` of reports. */
export function paint(style: Style, text: string): string {
  return `${BEGIN}${style}:${text}${END}`;
}

/** The lines of a painted text, without the blank ones at its end. */
export function linesOf(text: string): readonly Line[] {
  return text.trimEnd().split('\n').map(piecesOf);
}

function piecesOf(line: string): Line {
  return line.split(END).flatMap((part): Piece[] => {
    const at = part.indexOf(BEGIN);
    const plain = at === -1 ? part : part.slice(0, at);
    const [, style, text = ''] = at === -1 ? [] : (/^(\w+):(.*)$/s.exec(part.slice(at + 1)) ?? []);
    return [
      ...(plain === '' ? [] : [{ text: plain }]),
      ...(style === undefined ? [] : [{ text, style: style as Style }]),
    ];
  });
}
