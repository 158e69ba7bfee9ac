import type { OpenFinding, Report, Severity } from '../../do/findings/finding.js';
import { displayText } from '../../ground/text/display.js';
import { alikeGaps } from '../../do/findings/alike-gaps.js';
import { checksOf, contextOf, placedSubject } from './context.js';
import { entriesOf, HEADINGS, MOST_ENTRIES, type Entry } from './entries.js';
import { suppressedOf } from './lists.js';
import { similarText } from '../../ground/text/similar-text.js';
import { requireReport } from './given-report.js';

/** How a report is written as Markdown. */
export interface ReportMarkdownOptions {
  /** How many findings passed, where the report leaves them out. */
  readonly passed?: number | undefined;
  /** Where the page of the checks is: each check then links to its section there. */
  readonly docs?: string | undefined;
}

const SIGNS: Readonly<Record<Severity, string>> = { error: '❌', warning: '⚠️', note: 'ℹ️' };

/**
 * A report as Markdown, for a comment on a change: findings by integration, what was ignored, what could not
 * be read and what was assumed. Text from outside is escaped: it creates no link, no tag and no mention. The
 * only links point to `docs`.
 */
export function reportMarkdown(report: Report, options: ReportMarkdownOptions = {}): string {
  requireReport('reportMarkdown', report);
  const { groups, hidden, counts } = entriesOf(report, MOST_ENTRIES, options.passed);
  const lines = [`## Postern: ${counts}`, ''];
  for (const { of, findings } of groups) {
    const heading = typeof of === 'string' ? HEADINGS[of] : markdownText(of.integration).trim();
    lines.push(`### ${heading}`, '', ...findings.flatMap((entry) => entryLines(entry, options.docs)), '');
  }
  if (hidden > 0) lines.push(`And ${hidden} more.`, '');
  section(
    lines,
    'Suppressed',
    suppressedOf(report.findings).map(({ check, text }) => `${code(check)} ${markdownText(text)}`),
  );
  section(
    lines,
    'Could not be read',
    alikeGaps(report.gaps).map(({ what, operation, code, permission }) =>
      markdownText(`${what}: ${operation} returned ${code}${permission === undefined ? '' : `; allow ${permission}`}`),
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
 * Escapes text from outside: every character with a meaning in Markdown is escaped. An `@` is put into a code
 * span, because mentions and e-mail addresses are detected after Markdown is rendered.
 * @see https://github.github.com/gfm/#backslash-escapes
 */
export function markdownText(text: string): string {
  return displayText(text).replace(/[!-/:-?[-`{-~]|@/g, (sign) => (sign === '@' ? '`@`' : `\\${sign}`));
}

function entryLines({ finding, also, likewise }: Entry, docs: string | undefined): readonly string[] {
  const { remedy } = finding;
  const { before, hop, message, rule } = contextOf(finding, also);
  const checks = checksOf([finding, ...also]).map((one, at) => {
    const link = `[${code(one.check)}](${address(docs ?? '')}#${address(one.check.replace('/', ''))})`;
    const name = docs === undefined ? code(one.check) : link;
    return at > 0 && signOf(one) === signOf(finding) ? name : `${signOf(one)} ${name}`;
  });
  const said = [
    `${placedSubject(finding, also)}: ${before}${hop === undefined ? '' : `${hop}: `}${message}`,
    rule === undefined ? '' : ` [${rule}]`,
    likewise.length === 0 ? '' : `; ${similarText(likewise)}`,
  ];
  return [
    `- ${checks.join(', ')} ${markdownText(said.join(''))}`,
    ...(remedy === undefined ? [] : [`  - → ${markdownText(remedy)}`]),
  ];
}

function signOf({ verdict, severity }: OpenFinding): string {
  return verdict === 'unknown' ? '❔' : SIGNS[severity];
}

function code(text: string): string {
  return `\`${displayText(text).replaceAll('`', "'")}\``;
}

function address(text: string): string {
  return encodeURI(displayText(text)).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
}

function section(lines: string[], heading: string, items: readonly string[]): void {
  if (items.length === 0) return;
  lines.push(`### ${heading}`, '', ...items.slice(0, MOST_ENTRIES).map((item) => `- ${item.trimStart()}`));
  if (items.length > MOST_ENTRIES) lines.push(`- and ${items.length - MOST_ENTRIES} more`);
  lines.push('');
}
