import { wrap } from './wrap.js';

/** How wide a table may be, and what of it may be shown. */
export interface TextTableOptions {
  readonly columns?: number | undefined;
  readonly shown?: ((text: string) => string) | undefined;
}

/** The last column is broken into lines as long as they hold so many characters. */
const LEAST_WIDTH = 24;

/**
 * Rows as text in columns; the last column is not padded. Where that is wider than `columns`, the last column goes on below. Where it
 * would be too narrow, each row is a paragraph: the first cell, then a line for each other one, with its heading. `shown` hides values of
 * variables, so that columns have the width of what is printed.
 */
export function textTable(
  head: readonly string[],
  given: readonly (readonly string[])[],
  { columns, shown = (text) => text }: TextTableOptions = {},
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
    const parts = isNarrow ? wrap(last, columns - before, '') : [last];
    return parts.map((part, at) => ((at === 0 ? cells.join('') : ' '.repeat(before)) + part).trimEnd());
  });
}

function paragraphs(head: readonly string[], rows: readonly (readonly string[])[], columns: number): string[] {
  const width = Math.max(...head.slice(1).map(({ length }) => length));
  const cellLines = (name: string, cell: string): string[] =>
    wrap(cell, columns - width - 4, '').map((part, at) => `  ${(at === 0 ? name : '').padEnd(width)}  ${part}`);
  return rows.flatMap(([first = '', ...cells]) => [
    first,
    ...cells.flatMap((cell, at) => (cell === '' ? [] : cellLines(head[at + 1] ?? '', cell))),
  ]);
}
