import { picturesHtml, type HtmlPictures } from './validate/report/html.js';
import { PAGE_STYLE, htmlPage, htmlLines, htmlText } from '../ground/text/html-page.js';
import type { MovePlan } from './plan/move-plan.js';

/** What a page of a plan shows besides the plan. */
export interface MovePlanPage {
  /** The plan as {@link movePlanText} writes it. */
  readonly text: string;
  readonly pictures?: HtmlPictures | undefined;
}

/**
 * A plan of a move as one static page with pictures of the state before and after it: no script, no external resources,
 * and text from outside is escaped.
 */
export function movePlanHtml(plan: MovePlan, { text, pictures }: MovePlanPage): string {
  const { from, to, units, todos, undecided, takenAt, provider, region, account } = plan;
  const [only] = units;
  const what = units.length === 1 && only !== undefined ? only.name : `${units.length} units`;
  const open = todos.length + undecided.length;
  const verdict =
    open === 0
      ? '<p class="verdict go">✓ It may start.</p>'
      : `<p class="verdict stop">✗ It must not start: ${todos.length} to do, ${undecided.length} undecided.</p>`;
  const place = `${provider} ${region}, account ${account}, read at ${takenAt}`;
  const body = `<header><h1>${htmlText(`Move of ${what}: ${from.id} → ${to.id}`)}</h1><p class="dim">${htmlText(place)}</p></header>
${verdict}
${picturesHtml(pictures, (title) => `<h2>${title}</h2>`)}
<h2>Plan</h2>
<pre>${htmlLines(text)}</pre>`;
  return htmlPage({ title: `Postern: ${what}: ${from.id} → ${to.id}`, style: PAGE_STYLE, body });
}
