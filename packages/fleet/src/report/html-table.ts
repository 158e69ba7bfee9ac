import { htmlTable, htmlText } from '@postern/core/internal/report';
import type { FleetState, StateCounts, Approval, RunState } from '../model.js';

/** Rows of a table on a page. */
const MOST_ROWS = 5_000;

/** A table under a heading; on narrow screens each row is a list, with the name of the column above each cell. Cells are HTML. */
export function tableSection(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  none?: string,
): string {
  if (rows.length === 0) return none === undefined ? '' : `<h2>${title}</h2>\n<p>${none}</p>`;

  return `<h2>${title}</h2>\n${htmlTable(head, rows.slice(0, MOST_ROWS))}${moreText(rows.length, MOST_ROWS)}`;
}

/** How many of a list a page leaves out. */
export function moreText(count: number, most: number): string {
  return count > most ? `<p class="dim">${count - most} more are in the JSON.</p>` : '';
}

/** A state in its color, or that of another word. The engine has it from workers, which may be of another version. */
export function stateHtml(state: FleetState | undefined, shown: string = state ?? ''): string {
  return `<span class="state ${htmlText(state ?? '')}">${htmlText(shown)}</span>`;
}

/** `2 done, 1 failed` */
export function countsHtml(counts: StateCounts): string {
  const parts = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  return htmlText(parts.length === 0 ? 'none' : parts.join(', '));
}

/** An instant, to the second. */
export function atHtml(when: string | undefined): string {
  return when === undefined ? '' : htmlText(when.replace('T', ' ').replace(/\.\d+Z$/, 'Z'));
}

/** Who approved a part of a spec, or its wave. */
export function approversHtml(run: RunState, spec: string, of: Approval['kind']): string {
  const wave = run.specs.find(({ name }) => name === spec)?.wave;
  return run.approvals
    .filter(
      ({ kind, subject, answer }) =>
        answer?.approved === true && (kind === of ? subject === spec : kind === 'wave' && subject === wave),
    )
    .map(({ answer }) => `<p>${htmlText(answer?.by ?? '')} ${atHtml(answer?.at)}</p>`)
    .join('');
}
