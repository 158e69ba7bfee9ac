import type { Finding, Report, Severity } from '../checks/finding.js';
import { displayText } from '../display.js';
import { alike, groupsOf, type Alike } from './groups.js';
import { hopsOf } from './hops.js';
import { tally, tallyText } from './tally.js';
import { MARKS } from './text.js';

export interface MarkdownReportOptions {
  /** How many findings passed, where the report leaves them out. */
  readonly passed?: number | undefined;
  /** Where the page of the checks is: each check then links to its section there. */
  readonly docs?: string | undefined;
}

const MOST_FINDINGS = 200;
const SIGNS: Readonly<Record<Severity, string>> = { error: '❌', warning: '⚠️', note: 'ℹ️' };

/**
 * A report as Markdown, for a comment on a change: findings by integration, what was ignored, what could not be read and what was
 * assumed. Text from outside is text: no link, no tag, no mention comes out of it, and the only links lead to `docs`.
 */
export function markdownReport(report: Report, options: MarkdownReportOptions = {}): string {
  const lines = [`## Postern: ${tallyText(tally(report, options.passed))}`, ''];
  const shown = report.findings.filter(({ verdict, suppressed }) => verdict !== 'pass' && suppressed === undefined);
  const entries = groupsOf(shown).flatMap(({ integration, findings }) =>
    alike(findings).map((entry) => ({ integration, entry })),
  );
  let heading: string | null | undefined;
  for (const { integration, entry } of entries.slice(0, MOST_FINDINGS)) {
    if (integration !== heading) {
      if (heading !== undefined) lines.push('');
      lines.push(
        integration === null ? '### Several integrations, or none' : `### ${markdownText(integration).trim()}`,
        '',
      );
    }
    heading = integration;
    lines.push(...findingLines(entry, options.docs));
  }
  if (entries.length > MOST_FINDINGS) lines.push('', `And ${entries.length - MOST_FINDINGS} more.`);
  if (entries.length > 0) lines.push('');
  section(lines, 'Suppressed', report.findings.flatMap(suppressedLine));
  section(
    lines,
    'Could not be read',
    report.gaps.map(({ what, operation, code, permission }) =>
      markdownText(
        `${what}: ${operation} answered ${code}${permission === undefined ? '' : `; ${permission} would allow it`}`,
      ),
    ),
  );
  section(
    lines,
    'Assumed',
    report.assumptions.map(({ path, text }) => markdownText(`${path}: ${text}`)),
  );
  return `${lines.join('\n').trimEnd()}\n`;
}

/**
 * Text from outside as text: every sign that Markdown could read is escaped; an `@` stands in a code span, because mentions and
 * e-mail addresses are looked for in text that is no Markdown any more.
 * @see https://github.github.com/gfm/#backslash-escapes
 */
export function markdownText(text: string): string {
  return displayText(text).replace(/[!-/:-?[-`{-~]|@/g, (sign) => (sign === '@' ? '`@`' : `\\${sign}`));
}

function findingLines({ finding, others }: Alike, docs: string | undefined): readonly string[] {
  const { check, verdict, severity, subject, message, remedy } = finding;
  const sign = verdict === 'unknown' ? '❔' : SIGNS[severity];
  const name =
    docs === undefined ? code(check) : `[${code(check)}](${address(docs)}#${address(check.replace('/', ''))})`;
  const more = others.length === 0 ? '' : ` and ${others.length} more like it`;
  const hops = hopsOf(finding).map(
    ({ hop, verdict: became, id, text }) =>
      `    - ${MARKS[became ?? 'unknown']} ${markdownText(hop ?? '')}: ${markdownText(text === '' ? id : `${id}: ${text}`)}`,
  );
  return [
    `- ${sign} ${name} ${markdownText(subject)}${more}: ${markdownText(message)}`,
    ...(remedy === undefined ? [] : [`  - → ${markdownText(remedy)}`]),
    ...(hops.length === 0 ? [] : ['  - The way:', ...hops]),
  ];
}

function suppressedLine({ check, integration, subject, suppressed }: Finding): readonly string[] {
  if (suppressed === undefined) return [];
  const of = integration === null ? '' : ` of ${integration}`;
  const until = suppressed.until === undefined ? '' : `, until ${suppressed.until}`;
  return [`${code(check)} ${markdownText(`${subject}${of}: ${suppressed.reason}${until}`)}`];
}

function code(text: string): string {
  return `\`${displayText(text).replaceAll('`', "'")}\``;
}

function address(text: string): string {
  return encodeURI(displayText(text)).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
}

function section(lines: string[], heading: string, items: readonly string[]): void {
  if (items.length === 0) return;
  lines.push(`### ${heading}`, '', ...items.slice(0, MOST_FINDINGS).map((item) => `- ${item.trimStart()}`));
  if (items.length > MOST_FINDINGS) lines.push(`- and ${items.length - MOST_FINDINGS} more`);
  lines.push('');
}
