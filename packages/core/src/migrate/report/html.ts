import type { Finding } from '../../checks/finding.js';
import { tally, tallyText } from '../../report/tally.js';
import { htmlText } from '../../report/html-text.js';
import { blockersOf } from '../accept.js';
import type { Impact, ImpactEntry, MigrationReport } from '../migration.js';
import { editsOf, shownReport } from './as-report.js';
import { STYLE } from './style.js';
import { countText } from './text.js';

/** One migration on the page. */
export interface HtmlPart {
  /** `orders (0f1e…) → apigateway-hz-2`. */
  readonly what: string;
  readonly report: MigrationReport;
  /** How many findings passed, where the report leaves them out. */
  readonly passed?: number | undefined;
}

/**
 * Reports of migrations as one static page: no script, nothing from elsewhere, and text from outside is text only.
 * @param heading where the facts come from.
 */
export function migrationHtml(parts: readonly HtmlPart[], heading: string): string {
  const title = parts.length === 1 ? (parts[0]?.what ?? '') : `${parts.length} migrations`;
  const several = parts.length > 1;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(`Postern: ${title}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${text(several ? title : `Migration of ${title}`)}</h1><p class="dim">${text(heading)}</p></header>
${several ? contents(parts) : ''}${parts.map((part, at) => section(part, at, several)).join('\n')}
</body>
</html>
`;
}

function text(from: string): string {
  return htmlText(from);
}

/** Lines stay lines. */
function block(from: string): string {
  return from.split('\n').map(text).join('\n');
}

function contents(parts: readonly HtmlPart[]): string {
  const items = parts.map(({ what, report }, at) => {
    const stops = blockersOf(report);
    const verdict =
      stops.length === 0 ? '<span class="go">may go</span>' : `<span class="stop">${countText(stops)}</span>`;
    return `<li><a href="#m${at + 1}">${text(what)}</a>: ${verdict}</li>`;
  });
  return `<nav><p>In the order in which to move them:</p><ol>${items.join('')}</ol></nav>\n`;
}

function section({ what, report, passed }: HtmlPart, at: number, several: boolean): string {
  const stops = blockersOf(report);
  const verdict =
    stops.length === 0
      ? '<p class="verdict go">✓ It may go ahead.</p>'
      : `<p class="verdict stop">✗ It must not go ahead: ${text(countText(stops))}.</p>`;
  const open = shownReport(report).findings.filter(({ verdict: is }) => is !== 'pass');
  return `<section id="m${at + 1}">
${several ? `<h2>${text(what)}</h2>` : ''}${verdict}
<p class="dim">${text(tallyText(tally(shownReport(report), passed)))}</p>
${open.length === 0 ? '' : `<h2>Findings</h2>\n${open.map(finding).join('\n')}`}
${impactTable(report.impact)}
${declared(report)}
${gaps(report)}
</section>`;
}

function finding({ check, verdict, severity, subject, message, evidence, remedy, suppressed }: Finding): string {
  const kind = verdict === 'unknown' ? 'unknown' : severity;
  const tag = verdict === 'unknown' ? `unknown (${severity})` : severity;
  const proof = evidence.map(
    ({ kind: of, hop, id, text: says }) =>
      `<li>${text(hop ?? of)}: <code>${text(id)}</code>${says === '' || says === id ? '' : ` ${text(says)}`}</li>`,
  );
  return `<div class="finding ${kind}${suppressed === undefined ? '' : ' accepted'}">
<p><span class="tag">${text(tag)}</span> <code>${text(check)}</code> <strong>${text(subject)}</strong>${suppressed === undefined ? '' : ` (${text(suppressed.reason)})`}</p>
<p>${text(message)}</p>
${remedy === undefined ? '' : `<p>→ ${text(remedy)}</p>`}
${proof.length === 0 ? '' : `<details><summary>Evidence</summary><ul>${proof.join('')}</ul></details>`}
</div>`;
}

const TITLES: Readonly<Record<ImpactEntry['form'], string>> = {
  'security-group': 'Security group',
  'access-control-list': 'Access control list',
  'network-acl': 'Network ACL',
  nginx: 'nginx',
  iptables: 'iptables',
  terraform: 'Terraform',
  json: 'JSON',
};

/** Lists of the cloud; the other forms are for lists that it does not know. */
const LISTS: ReadonlySet<ImpactEntry['form']> = new Set(['security-group', 'access-control-list', 'network-acl']);

function entryText({ form, where, text: body }: ImpactEntry): string {
  return `<p class="dim">${text(where === form ? TITLES[form] : `${TITLES[form]} ${where}`)}</p><pre>${block(body)}</pre>`;
}

function impactTable(impact: readonly Impact[]): string {
  if (impact.length === 0) return '';
  const rows = impact.map(({ backend, old, new: next, entries }) => {
    const cells = [[backend], old, next].map((lines) => `<td>${lines.map(text).join('<br>') || 'not known'}</td>`);
    const lists = entries.filter(({ form }) => LISTS.has(form));
    const others = entries.filter(({ form }) => !LISTS.has(form));
    const names = others.map(({ form }) => TITLES[form]).join(', ');
    const shown =
      entries.length === 0
        ? 'nothing'
        : `${lists.length === 0 ? '<p class="dim">nothing to the lists that the cloud knows</p>' : ''}${lists.map(entryText).join('')}`;
    const add = `${shown}${others.length === 0 ? '' : `<details><summary>${text(names)}</summary>${others.map(entryText).join('')}</details>`}`;
    return `<tr>${cells.join('')}<td>${add}</td></tr>`;
  });
  return `<h2>Where calls come from</h2>
<table><thead><tr><th>Backend</th><th>Now</th><th>Then</th><th>To add before the move</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`;
}

function declared(report: MigrationReport): string {
  const edits = editsOf(report);
  if (edits.length === 0) return '';
  const rows = edits.map(
    ({ kind, id, text: edit }) =>
      `<tr><td>${text(kind)}</td><td><code>${text(id)}</code></td><td>${edit.split('; ').map(text).join('<br>')}</td></tr>`,
  );
  return `<h2>Where it is declared</h2>
<table class="tools"><thead><tr><th>Tool</th><th>Resource</th><th>Edit, together with the move</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function gaps({ gaps: all }: MigrationReport): string {
  if (all.length === 0) return '';
  const items = all.map(({ what, operation, code, permission }) =>
    text(`${what}: ${operation} answered ${code}${permission === undefined ? '' : `; ${permission} would allow it`}`),
  );
  return `<h2>Could not be read</h2><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}
