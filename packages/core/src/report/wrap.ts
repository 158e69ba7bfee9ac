/**
 * Breaks a line at blanks so that it fits into `width`; the lines after the first begin with `indent`. Words that are longer stay
 * whole: ids and addresses are there to be copied.
 */
export function wrap(text: string, width: number, indent: string): readonly string[] {
  if (text.length <= width) return [text];
  const lines: string[] = [];
  const [, lead = '', rest = ''] = /^(\s*)(.*)$/s.exec(text) ?? [];
  let line = lead;
  let empty = true;
  for (const word of rest.split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line.trimEnd());
      line = `${indent}${word}`;
    } else {
      line = empty ? `${line}${word}` : `${line} ${word}`;
    }
    empty = false;
  }
  return [...lines, line.trimEnd()];
}

/** A line that is cut where it would not fit, with `…` for the rest. */
export function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width
    ? text
    : `${characters
        .slice(0, width - 1)
        .join('')
        .trimEnd()}…`;
}
