import type { OpenFinding, Report } from '../../do/findings/finding.js';
import { alikeGaps } from '../../do/findings/alike-gaps.js';
import {
  item,
  line,
  type Document,
  type Item,
  type Look,
  type Piece,
  type Section,
} from '../../ground/text/document.js';
import { similarText } from '../../ground/text/similar-text.js';
import { cut } from '../../ground/text/wrap.js';
import { checksOf, contextOf, placedSubject } from './context.js';
import { entriesOf, HEADINGS, MOST_ENTRIES, type Entry } from './entries.js';
import { suppressedOf, listsOf, markOf } from './lists.js';
import { htmlText } from '../../ground/text/html-page.js';
import { checkArgument } from '../../do/forms/check-argument.js';
import { memberOf } from '../../do/forms/values.js';

/**
 * A report of checks: failures and unknowns by integration, the most urgent first. Each names the problem and its subject, the hop of the
 * path that stops calls, the rule that decides where the message does not name it, and the remedy. Findings with one cause are combined,
 * and so are findings that differ in names and numbers only. Then what is ignored, could not be read, and is assumed.
 * @param passed how many passed, where the report leaves them out; `width`: of lines, to which rules that decided are cut
 */
export function reportDocument(report: Report, passed?: number, width = Number.POSITIVE_INFINITY): Document {
  const { groups, shown, hidden, counts } = entriesOf(report, MOST_ENTRIES, passed);
  const more = `Shown are ${shown} of ${shown + hidden} findings; ${hidden} more are not: --json lists all.`;
  return {
    title: 'Postern',
    level: 2,
    counts,
    sections: [
      ...groups.map(({ of, findings }): Section => {
        const isName = typeof of !== 'string';
        const items = findings.map((entry) => entryItem(entry, width));
        return { heading: isName ? of.integration : HEADINGS[of], isName, items };
      }),
      ...(hidden === 0 ? [] : [{ lines: [line(more, 'quiet')] }]),
      ...listSections(report),
    ],
  };
}

function lookOf({ verdict, severity }: OpenFinding): Look {
  return verdict === 'unknown' ? 'unknown' : severity;
}

function entryItem({ finding, also, likewise }: Entry, width: number): Item {
  const { remedy } = finding;
  const { before, hop, message, rule } = contextOf(finding, also);
  const look = lookOf(finding);
  const pieces: Piece[] = [
    { text: `${placedSubject(finding, also)}: ` },
    { text: before, style: 'quiet' },
    ...(hop === undefined ? [] : [{ text: hop, style: look }, { text: ': ' }]),
    { text: message },
    ...(rule === undefined ? [] : [{ text: cut(` [${rule}]`, width), style: 'quiet' as const }]),
    ...(likewise.length === 0 ? [] : [{ text: `; ${similarText(likewise)}` }]),
  ];
  const tags = checksOf([finding, ...also]).map((one) => ({ rule: one.check, look: lookOf(one) }));
  return { tags, pieces, items: remedy === undefined ? [] : [item(`→ ${remedy}`, 'remedy')] };
}

/** What a report has besides its open findings: what the spec ignores, what could not be read, and what is assumed. */
function listSections({ findings, gaps, assumptions }: Report): readonly Section[] {
  const suppressed = suppressedOf(findings).map(({ check, text }) => ({ tags: [{ rule: check }], pieces: line(text) }));
  const unread = alikeGaps(gaps).map(({ what, operation, code, permission, region, account }) =>
    item(
      `${what} (${region}, account ${account}): ${operation} returned ${code}${permission === undefined ? '' : `; allow ${permission}`}`,
    ),
  );
  const assumed = assumptions.map(({ path, text }) => item(`${path}: ${text}`));
  return [
    { heading: 'suppressed', items: suppressed, isShort: true },
    { heading: 'could not be read', items: unread, isShort: true },
    { heading: 'assumed', items: assumed, isShort: true },
  ];
}

/** The look of {@link findingsHtml}. Signs tell severities apart; colors repeat them. */
export const FINDINGS_STYLE = `
  .findings { max-width: 60rem; }
  .findings :is(h2, h3, li) { overflow-wrap: anywhere; }
  .findings h2 { font-size: 1.15rem; margin: 1.25rem 0 .25rem; }
  .findings h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
  .findings ul { margin: 0 0 .75rem; padding: 0; list-style: none; }
  .findings li { margin: 0 0 .6rem; padding: .1rem 0 .1rem .75rem; border-left: 4px solid var(--rim); break-inside: avoid; }
  .findings li p { margin: .15rem 0 0; color: var(--ink); }
  .findings code { font-size: .9em; }
  .findings b { color: var(--tone); }
  .findings .error { --tone: var(--bad); border-color: var(--bad); }
  .findings :is(.warning, .unknown) { --tone: var(--open); border-color: var(--open); }
`;

/**
 * The findings of a report with their remedies, as elements of a page: the entries, the words and the order are those of
 * `reportText`. Text from outside is escaped. `passed`: how many passed, where the report leaves them out.
 */
export function findingsHtml(report: Report, passed?: number): string {
  const { groups, hidden, counts } = entriesOf(report, MOST_ENTRIES, passed);
  const parts = groups.map(({ of, findings }) => {
    const heading = typeof of === 'string' ? HEADINGS[of] : of.integration;
    return section(heading, findings.map(entry));
  });
  const more = hidden === 0 ? '' : `<p>${hidden} more are not shown: <code>postern check --json</code> lists all.</p>`;
  const lists = listsOf(report).map(({ heading, items }) =>
    section(
      `${heading.slice(0, 1).toUpperCase()}${heading.slice(1)}`,
      items.map((item) => `<li>${htmlText(item)}</li>`),
    ),
  );
  return `<section class="findings">
<h2>Findings</h2>
<p>${counts}</p>
${[...parts, more, ...lists].filter((part) => part !== '').join('\n')}
</section>`;
}

function section(heading: string, items: readonly string[]): string {
  return `<h3>${htmlText(heading)}</h3>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function entry({ finding, also, likewise }: Entry): string {
  const { remedy } = finding;
  const { before, hop, message, rule } = contextOf(finding, also);
  const checks = checksOf([finding, ...also]).map((one, at) => {
    const sign = at > 0 && markOf(one) === markOf(finding) ? '' : `${markOf(one)} `;
    return `<b class="${toneOf(one)}">${htmlText(`${sign}${one.check}`)}</b>`;
  });
  const text = [
    `${placedSubject(finding, also)}: ${before}${hop === undefined ? '' : `${hop}: `}${message}`,
    rule === undefined ? '' : ` [${rule}]`,
    likewise.length === 0 ? '' : `; ${similarText(likewise)}`,
  ];
  const cure = remedy === undefined ? '' : `<p>→ ${withCode(remedy)}</p>`;
  return `<li class="${toneOf(finding)}">${checks.join(', ')} ${withCode(text.join(''))}${cure}</li>`;
}

/** Text from outside, with `commands` as code. */
function withCode(text: string): string {
  return htmlText(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function toneOf({ verdict, severity }: OpenFinding): string {
  return verdict === 'unknown' ? verdict : severity;
}

const reportArgument = memberOf<Report>('what check() returned', ['version', 'findings', 'gaps']);

/** Refuses what a program without types gives in place of a report. @throws {InvalidInputError} `INVALID_INPUT` */
export function requireReport(call: string, report: unknown): void {
  checkArgument(call, 'report', reportArgument, report);
}
