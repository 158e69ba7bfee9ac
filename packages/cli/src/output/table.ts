/** How wide a table may be, and what of it may be shown. */
export interface TableOptions {
  readonly columns?: number | undefined;
  readonly shown?: ((text: string) => string) | undefined;
}

/**
 * Rows as text in columns; the last column is not padded. Where that is wider than `columns`, each row is a paragraph: the
 * first cell, then a line for each other one, with its heading. `shown` hides values of variables, so that columns have the width
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
  const lines = all.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return columns === undefined || lines.every(({ length }) => length <= columns) ? lines : paragraphs(head, rows);
}

function paragraphs(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...head.slice(1).map(({ length }) => length));
  return rows.flatMap(([first = '', ...cells]) => [
    first,
    ...cells.flatMap((cell, at) => (cell === '' ? [] : [`  ${(head[at + 1] ?? '').padEnd(width)}  ${cell}`])),
  ]);
}
