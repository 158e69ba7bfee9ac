import { htmlText } from './html-page.js';

/** A verdict as a page shows it, whichever vocabulary it is of. Members are HTML, but for `look`, `tag` and `code`. */
export interface HtmlFinding {
  /** Its color: that of a severity, `unknown` or `pass`. */
  readonly look: string;
  /** The verdict in its own words: `error`, `blocked`. */
  readonly tag: string;
  /** Of what rule it is: `link/state`, `api/nonce`. */
  readonly code: string;
  /** What follows in the first line. */
  readonly head: string;
  /** What follows it, a paragraph or a list each; what is undefined is left out. */
  readonly parts: readonly (string | undefined)[];
}

/** A verdict on a page. */
export function htmlFinding({ look, tag, code, head, parts }: HtmlFinding): string {
  const lines = [
    `<p><span class="tag">${htmlText(tag)}</span> <code>${htmlText(code)}</code> ${head}</p>`,
    ...parts.filter((part) => part !== undefined),
  ];
  return `<div class="finding ${htmlText(look)}">\n${lines.join('\n')}\n</div>`;
}

/** A table. Cells are HTML, and each has the name of its column, which narrow screens show above it. */
export function htmlTable(columns: readonly string[], rows: readonly (readonly string[])[], look?: string): string {
  const head = columns.map((column) => `<th>${column}</th>`).join('');
  const lines = rows.map(
    (cells) => `<tr>${cells.map((cell, at) => `<td data-is="${columns[at] ?? ''}">${cell}</td>`).join('')}</tr>`,
  );
  return `<table${look === undefined ? '' : ` class="${look}"`}><thead><tr>${head}</tr></thead><tbody>\n${lines.join('\n')}\n</tbody></table>`;
}

/**
 * A folded section, shown when it is opened, and on paper. The style hides the part next to `details`, because browsers do
 * not print a closed `details`. Title and body are HTML.
 */
export function htmlFolded(title: string, body: string): string {
  return `<details><summary>${title}</summary></details><div class="more">${body}</div>`;
}
