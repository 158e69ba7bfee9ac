import { displayText, type Style } from '@postern/core/report';
import type { Line } from './line.js';

const STYLES = { ok: 'pass', warning: 'warning', failed: 'error' } as const;

/** Behind the longest status. */
const INDENT = ' '.repeat('warning'.length + 2);

/** `failed   credentials aws eu-west-1: …`, and below it what to do; in lines of at most `columns`, as far as words allow. */
export function lineText(
  { what, of, status, message, remedy }: Line,
  {
    paint,
    columns,
  }: { readonly paint?: ((style: Style, text: string) => string) | undefined; readonly columns?: number | undefined },
): string {
  const head = `${paint?.(STYLES[status], status) ?? status}${INDENT.slice(status.length)}`;
  const about = of === undefined ? what : `${what} ${of}`;
  const texts = [`${about}: ${message}`, ...(remedy === undefined ? [] : [remedy])];
  const lines = texts.flatMap((text) => wrapped(displayText(text), (columns ?? Infinity) - INDENT.length));
  return lines.map((line, at) => `${at === 0 ? head : INDENT}${line}\n`).join('');
}

/** A text in lines of at most `width`; longer words are not broken. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length === 0 || longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
