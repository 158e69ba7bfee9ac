import { htmlFinding, htmlFolded, htmlList, htmlPage, htmlTable, htmlText, PAGE_STYLE } from '@postern/core/report';
import type { Assessment, HandoverItem } from '../assess/assessment.js';
import {
  aboutText,
  ACTORS,
  calendarLines,
  countsText,
  itemGroups,
  placeText,
  readyText,
  SHOWN,
  stageLines,
  STYLES,
  waiveText,
} from './shown-items.js';

/** The color of verdicts in tables, and the widths of columns. */
const STYLE = `${PAGE_STYLE}
.is-error { color: var(--error); } .is-warning { color: var(--warning); } .is-unknown { color: var(--unknown); }
.is-note { color: var(--note); } .is-pass { color: var(--pass); } .pass { border-left-color: var(--pass); }
.apis th:first-child { width: 32%; } .apis th:nth-child(3), .apis th:nth-child(4) { width: 14%; }
.finding code { overflow-wrap: anywhere; }`;

/** An assessment as one static page: no script, no external resources, and text from outside is escaped. */
export function assessmentHtml(assessment: Assessment): string {
  const { group, ready } = assessment;
  const title = `Hand-over of ${group.name} (${group.id})`;
  const body = `<header><h1>${htmlText(title)}</h1><p class="dim">${htmlText(placeText(assessment))}</p></header>
<p class="verdict ${ready ? 'go' : 'stop'}">${ready ? '✓' : '✗'} The hand-over ${htmlText(readyText(assessment))}</p>
<p class="dim">${htmlText(countsText(assessment))}</p>
${htmlList(stageLines(assessment))}
<h2>Calendar</h2>
${htmlList(calendarLines(assessment))}
${SHOWN.map(([verdict, heading]) => section(assessment, verdict, heading)).join('\n')}
${apiTable(assessment)}`;
  return htmlPage({ title: `Postern: ${title}`, style: STYLE, body });
}

function section(assessment: Assessment, verdict: HandoverItem['verdict'], heading: string): string {
  const groups = itemGroups(assessment, verdict);
  if (groups.length === 0) return '';
  const title = `<h2>${htmlText(heading)} (${assessment.counts[verdict]})</h2>`;
  if (verdict !== 'exact') return `${title}\n${groups.flatMap(({ items }) => items.map(finding)).join('\n')}`;
  const rows = groups.map(({ rule, code, items }) =>
    htmlFolded(
      `<code>${htmlText(rule)}</code> ${htmlText(code)}: ${items.length}`,
      htmlList(items.map((item) => `${aboutText(item)}: ${item.message}`)),
    ),
  );
  return `${title}\n${rows.join('\n')}`;
}

function finding(item: HandoverItem): string {
  const { rule, verdict, message, remedy, target, who, waiver } = item;
  const waive = waiveText(item);
  const actor = who === 'none' ? '' : ` <span class="dim">for ${ACTORS[who]}</span>`;
  return htmlFinding({
    look: STYLES[verdict],
    tag: verdict,
    code: rule,
    head: `<strong>${htmlText(aboutText(item))}</strong>${actor}`,
    parts: [
      `<p>${htmlText(message)}</p>`,
      target && `<p class="dim">On the target: ${htmlText(target)}</p>`,
      waiver && `<p>Waived: ${htmlText(waiver.reason)}</p>`,
      remedy && `<p>→ ${htmlText(remedy)}</p>`,
      waive && `<p><code>${htmlText(waive)}</code></p>`,
    ],
  });
}

function apiTable({ apis }: Assessment): string {
  const rows = apis.map(({ name, key, stage, verdict }) => [
    htmlText(name),
    `<code>${htmlText(key)}</code>`,
    htmlText(stage),
    `<span class="is-${STYLES[verdict]}">${verdict}</span>`,
  ]);
  return `<h2>APIs (${apis.length})</h2>\n${htmlTable(['API', 'key', 'stage', 'verdict'], rows, 'apis')}`;
}
