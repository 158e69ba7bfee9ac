import { counted } from '../ground/text/quantities.js';
import { htmlTable } from '../ground/text/html-blocks.js';
import { htmlPage, htmlText, PAGE_STYLE } from '../ground/text/html-page.js';
import { countsText } from './message.js';
import type { WatchCause, WatchEvent } from './model.js';
import type { WatchedEntry, WatchReport } from './report.js';
import { CAUSE_WORDS, changeText, EVENT_WORDS, momentText, reasonText, subjectName } from './words.js';

const STYLE = `${PAGE_STYLE}
.watched th:first-child { width: 20%; } .watched th:nth-child(2) { width: 14%; } .watched th:nth-child(3) { width: 14%; }
.limits th:first-child { width: 30%; } .log th:first-child { width: 16%; } .log th:nth-child(2) { width: 24%; }
.works { color: var(--pass); } .broken { color: var(--error); } .unknown, .new { color: var(--unknown); } b.broken, b.works, b.unknown { font-weight: 600; }
td ul { margin: .2rem 0; padding-left: 1.1rem; }
`;

/** Signs tell verdicts apart; colors repeat them. */
const SIGNS = { works: '✓ works', broken: '✗ broken', unknown: '? not proven', new: '… not confirmed' } as const;
/** A page shows so many rows of what works, and of the log. */
const MOST_ROWS = 500;
const MOST_LOG = 100;

/** A report as one static page: no script, no external resources, and text from outside is escaped. */
export function watchReportHtml(report: WatchReport): string {
  const { spec, counts, startedAt, lastAt, rounds, failure, watched } = report;
  const name = `${spec.project} (${spec.spec})`;
  const shown = watched.slice(0, MOST_ROWS);
  const parts = [
    `<h1>Watched: ${htmlText(name)}</h1>`,
    `<p class="dim">Observed ${counted(rounds, 'time')} since ${momentText(startedAt)}, last at ${momentText(lastAt)}. Spec ${htmlText(spec.digest)}.</p>`,
    `<p class="verdict ${counts.broken > 0 ? 'stop' : 'go'}">${countsText(counts)}</p>`,
    failure === undefined ? '' : `<p class="stop">The last observation read nothing: ${htmlText(failure)}</p>`,
    '<h2>Verdicts</h2>',
    htmlTable(['What', 'Verdict', 'Since', 'Why, and what changed it'], shown.map(watchedRow), 'watched'),
    watched.length > shown.length ? `<p>${watched.length - shown.length} more are in the report as JSON.</p>` : '',
    ...section('Deadlines and quotas', report.limits.length, () =>
      htmlTable(
        ['What', 'State', 'Near since'],
        report.limits.map(({ subject, message, remedy, since }) => [
          htmlText(subject),
          htmlText(message) + (remedy === undefined ? '' : `<p>→ ${htmlText(remedy)}</p>`),
          momentText(since),
        ]),
        'limits',
      ),
    ),
    ...section('Ignored', report.ignored.length, () =>
      htmlTable(
        ['Check', 'Reason', 'Until'],
        report.ignored.map(({ check, subject, reason, until }) => [
          htmlText(subject === undefined ? check : `${check} of ${subject}`),
          htmlText(reason),
          htmlText(until ?? 'no end'),
        ]),
        'limits',
      ),
    ),
    ...section('Not delivered', report.undelivered.length, () =>
      htmlTable(
        ['Notifier', 'Why', 'Waiting'],
        report.undelivered.map(({ channel, failure: why, events, attempts, dropped = 0 }) => [
          htmlText(channel),
          htmlText(why ?? 'not tried yet'),
          `${counted(events + dropped, 'change')}, ${counted(attempts, 'attempt')}`,
        ]),
        'limits',
      ),
    ),
    ...section('What happened', report.log.length, () =>
      htmlTable(['When', 'What', 'Details'], report.log.slice(0, MOST_LOG).map(logRow), 'log'),
    ),
    olderText(report),
  ];
  return htmlPage({ title: `Watched: ${name}`, style: STYLE, body: parts.filter((part) => part !== '').join('\n') });
}

function olderText({ log, dropped }: WatchReport): string {
  const inJson = log.length - MOST_LOG;
  const texts = [
    ...(inJson > 0 ? [`${counted(inJson, 'older event')} only in the report as JSON.`] : []),
    ...(dropped > 0 ? [`${counted(dropped, 'older event')} not kept.`] : []),
  ];
  return texts.length === 0 ? '' : `<p>${texts.join(' ')}</p>`;
}

function section(title: string, count: number, content: () => string): readonly string[] {
  return count === 0 ? [] : [`<h2>${title}</h2>`, content()];
}

function watchedRow({
  subject,
  verdict: known,
  since,
  cause,
  reasons,
  more,
  pending,
}: WatchedEntry): readonly string[] {
  const verdict = known ?? 'new';
  const why = reasons.map(
    (one) =>
      `<li>${htmlText(reasonText(one))}${one.remedy === undefined ? '' : `<p>→ ${htmlText(one.remedy)}</p>`}</li>`,
  );
  if (more > 0) why.push(`<li>${counted(more, 'more finding')}</li>`);
  const next = pending === undefined ? '' : `<p>once ${SIGNS[pending]}</p>`;
  return [
    htmlText(subjectName(subject)),
    `<b class="${verdict}">${SIGNS[verdict]}</b>${next}`,
    momentText(since),
    `${why.length === 0 ? '' : `<ul>${why.join('')}</ul>`}${cause === undefined ? '' : causeHtml(cause)}`,
  ];
}

function causeHtml({ kind, message, changes, more }: WatchCause): string {
  const items = changes.map((change) => `<li>${htmlText(changeText(change))}</li>`);
  if (more > 0) items.push(`<li>${counted(more, 'more change')}</li>`);
  const text = message === undefined ? CAUSE_WORDS[kind] : `Nothing could be read: ${message}`;
  return `<p>${htmlText(text)}</p>${items.length === 0 ? '' : `<ul>${items.join('')}</ul>`}`;
}

function logRow({ type, at, subject, from, to, cause, message, paths }: WatchEvent): readonly string[] {
  const what =
    type === 'verdict'
      ? `${htmlText(subjectName(subject))}: ${from === undefined ? '' : `${from} → `}<b class="${to ?? ''}">${to ?? ''}</b>`
      : type === 'drifted'
        ? `Drifted${paths === true ? '' : ', without effect on a path'}`
        : `${EVENT_WORDS[type]}: ${htmlText(subjectName(subject))}`;
  return [momentText(at), what, cause === undefined ? htmlText(message ?? '') : causeHtml(cause)];
}
