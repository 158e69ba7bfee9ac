import { displayText, type Style } from './display.js';
import type { Piece } from './document.js';
import { wrapWords } from './wrap.js';

/**
 * Colored pieces as lines that fit: lines break at blanks, and the lines after the first begin with `indent`.
 * Text that is moved to the start of a line cannot be read as a command of a CI system either.
 */
export function flow(
  pieces: readonly Piece[],
  { width, paint }: { readonly width: number; readonly paint: (style: Style, text: string) => string },
  indent: string,
): readonly string[] {
  const lines = wrapWords(pieces.map(({ text }) => text).join(''), width, indent);
  let at = 0;
  const ends = pieces.map(({ text, style }) => ({ end: (at += text.length), style }));
  return lines.map(({ text, from, lead }) => {
    const safe = displayText(`${lead}${text}`).slice(lead.length);
    const shift = safe.length - text.length;
    let start = from;
    const painted = ends.flatMap(({ end, style }) => {
      const to = Math.min(end, from + text.length);
      if (to <= start) return [];

      // Escaping at the start of a line makes its first piece longer.
      const part = safe.slice(start === from ? 0 : start - from + shift, to - from + shift);
      start = to;
      return [style === undefined ? part : paint(style, part)];
    });
    return `${lead}${painted.join('')}`.trimEnd();
  });
}
