import { stripVTControlCharacters } from 'node:util';

/** A part that is narrower is not worth a line of its own. */
const LEAST = 20;

/**
 * Lines that fit into a terminal: each is broken at spaces, and goes on two columns further to the right than it begins. A word that
 * is longer than a line stays as it is. Without a width the lines stay as they are.
 */
export function fit(lines: readonly string[], columns: number | undefined): readonly string[] {
  if (columns === undefined) return lines;

  return lines.flatMap((line) => {
    if (lengthOf(line) <= columns) return [line];

    const [, indent = '', rest = ''] = /^(\s*)(.*)$/s.exec(line) ?? [];
    const first = indent.length > columns - LEAST ? '' : indent;
    return broken(rest, columns - first.length - 2).map((part, at) => (at === 0 ? first : `${first}  `) + part);
  });
}

/** The same of a text of several lines. */
export function fitText(text: string, columns: number | undefined): string {
  return fit(text.split('\n'), columns).join('\n');
}

/** The parts of a text that are at most so wide, where its words are. */
function broken(text: string, width: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    if (part !== '' && lengthOf(part) + 1 + lengthOf(word) > width) {
      parts.push(part);
      part = word;
    } else part = part === '' ? word : `${part} ${word}`;
  }
  return [...parts, part];
}

/** The columns that a text takes, without those of its colors. */
function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
