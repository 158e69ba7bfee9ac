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
    const parts = broken(rest, columns - first.length - 2);
    return parts.map((part, at) => (at === 0 ? first : `${first}  `) + part);
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

/** How wide a table may be, and what of it may be shown. */
export interface TableOptions {
  readonly columns?: number | undefined;
  readonly shown?: ((text: string) => string) | undefined;
}

/** The last column is broken into lines as long as they hold so many characters. */
const LEAST_WIDTH = 24;

/**
 * Rows as text in columns; the last column is not padded. Where that is wider than `columns`, the last column goes on below. Where it
 * would be too narrow, each row is a paragraph: the first cell, then a line for each other one, with its heading. `shown` hides values of variables, so that columns have the width
 * of what is printed.
 */
export function table(
  head: readonly string[],
  given: readonly (readonly string[])[],
  { columns, shown = (text) => text }: TableOptions = {},
): string[] {
  const rows = given.map((row) => row.map(shown));
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const isNarrow = columns !== undefined && before + Math.max(...all.map((row) => row.at(-1)?.length ?? 0)) > columns;
  if (isNarrow && columns - before < LEAST_WIDTH) return paragraphs(head, rows, columns);
  return all.flatMap((row) => {
    const cells = row.slice(0, -1).map((cell, column) => cell.padEnd((widths[column] ?? 0) + 2));
    const last = row.at(-1) ?? '';
    const parts = isNarrow ? broken(last, columns - before) : [last];
    return parts.map((part, at) => ((at === 0 ? cells.join('') : ' '.repeat(before)) + part).trimEnd());
  });
}

function paragraphs(head: readonly string[], rows: readonly (readonly string[])[], columns: number): string[] {
  const width = Math.max(...head.slice(1).map(({ length }) => length));
  const cellLines = (name: string, cell: string): string[] =>
    broken(cell, columns - width - 4).map((part, at) => `  ${(at === 0 ? name : '').padEnd(width)}  ${part}`);
  return rows.flatMap(([first = '', ...cells]) => [
    first,
    ...cells.flatMap((cell, at) => (cell === '' ? [] : cellLines(head[at + 1] ?? '', cell))),
  ]);
}
