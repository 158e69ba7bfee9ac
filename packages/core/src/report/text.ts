import { displayText } from '../display.js';
import type { Finding, Report, Severity, Verdict } from '../checks/finding.js';
import { alike, groupsOf, type Alike } from './groups.js';
import { hopWindow } from './hops.js';
import { ruleText } from './rule-text.js';
import { tally, tallyText } from './tally.js';
import { cut, wrap } from './wrap.js';

/** What a piece of text is, for whoever colours it. */
export type Style = 'error' | 'warning' | 'note' | 'unknown' | 'pass' | 'heading' | 'quiet' | 'remedy';

export interface TextReportOptions {
  /** How many findings passed, where the report leaves them out. */
  readonly passed?: number | undefined;
  /** Columns to fill; 100 by default. */
  readonly width?: number | undefined;
  /** Colours a piece of text; by default it stays as it is. It must not change its length in columns. */
  readonly paint?: ((style: Style, text: string) => string) | undefined;
}

/** More than anybody reads; the JSON report holds all. */
const MOST_FINDINGS = 200;
const MOST_LINES = 50;

/** `✓`, `✗`, `?`. */
export const MARKS: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✗', unknown: '?' };

const SEVERITY_MARKS: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', note: '·' };

/**
 * A report for people: failures and unknowns by integration, the most urgent first, each with the hops or the resource that
 * decided and what to do; findings that differ only in their subject stand together; what passed is counted. Everything from
 * outside is shown as text that cannot drive a terminal or a CI system.
 *
 *     orders
 *       ✗ path/reach  link eu → target orders (10.20.1.7:443): no route leads to 10.20.1.7
 *           ✓ security group out · ✗ route: rtb-1: 10.20.0.0/16 → pcx-1 (blackhole)
 *           → Accept the peering pcx-1 again, or remove the route.
 */
export function textReport(report: Report, options: TextReportOptions = {}): string {
  const { width = 100, paint = (_, text) => text } = options;
  const page: Page = { width: Math.max(40, width), paint, lines: [] };
  const shown = report.findings.filter(({ verdict, suppressed }) => verdict !== 'pass' && suppressed === undefined);
  let left = MOST_FINDINGS;
  let hidden = 0;
  for (const { integration, findings } of groupsOf(shown)) {
    if (left <= 0) {
      hidden += findings.length;
      continue;
    }
    const entries = alike(findings);
    page.lines.push(paint('heading', integration === null ? '(several integrations, or none)' : clean(integration)));
    for (const entry of entries.slice(0, left)) showFinding(page, entry);
    page.lines.push('');
    for (const { others } of entries.slice(left)) hidden += 1 + others.length;
    left -= entries.length;
  }
  if (hidden > 0) page.lines.push(paint('quiet', `and ${hidden} more; --json lists all`), '');
  showSuppressed(page, report);
  showGaps(page, report);
  showList(
    page,
    'assumed',
    report.assumptions.map(({ path, text }) => `${clean(path)}: ${clean(text)}`),
  );
  page.lines.push(tallyText(tally(report, options.passed)));
  return `${page.lines.join('\n')}\n`;
}

interface Page {
  readonly width: number;
  readonly paint: NonNullable<TextReportOptions['paint']>;
  readonly lines: string[];
}

function clean(text: string): string {
  return displayText(text);
}

/** Lines that fit; what became the start of a line by breaking must not be read as a command of a CI system, either. */
function broken(text: string, width: number, indent: string): readonly string[] {
  return wrap(text, width, indent).map(displayText);
}

function styleOf({ verdict, severity }: Pick<Finding, 'verdict' | 'severity'>): Style {
  return verdict === 'unknown' ? 'unknown' : verdict === 'pass' ? 'pass' : severity;
}

const INDENT = '      ';

function showFinding(page: Page, { finding, others }: Alike): void {
  const { check, verdict, severity, subject, message, remedy } = finding;
  const mark = verdict === 'unknown' ? MARKS.unknown : SEVERITY_MARKS[severity];
  const more = others.length === 0 ? '' : ` and ${others.length} more like it`;
  const [first = '', ...rest] = broken(
    `  ${mark} ${check}  ${clean(subject)}${more}: ${clean(message)}`,
    page.width,
    INDENT,
  );
  page.lines.push(
    first.replace(`${mark} ${check}`, () => page.paint(styleOf(finding), `${mark} ${check}`)),
    ...rest,
  );
  const context = hopContext(finding) ?? evidenceLine(finding);
  // One line: `explain` and the JSON report have all of it.
  if (context !== undefined) page.lines.push(page.paint('quiet', displayText(cut(`${INDENT}${context}`, page.width))));
  if (remedy !== undefined) {
    for (const line of broken(`${INDENT}→ ${clean(remedy)}`, page.width, `${INDENT}  `)) {
      page.lines.push(page.paint('remedy', line));
    }
  }
}

/** `… ✓ security group out · ✗ route: rtb-1: 10.20.0.0/16 → pcx-1 (blackhole) · …`; undefined where there is no walk. */
function hopContext(finding: Finding): string | undefined {
  const { hops: near, deciding, cutBefore, cutAfter } = hopWindow(finding);
  if (near.length === 0) return undefined;
  const parts = near.map((hop, at) => {
    const name = `${MARKS[hop.verdict ?? 'unknown']} ${clean(hop.hop ?? hop.kind)}`;
    return at === deciding ? `${name}: ${ruleText(hop)}` : name;
  });
  return [...(cutBefore ? ['…'] : []), ...parts, ...(cutAfter ? ['…'] : [])].join(' · ');
}

/** The first piece of evidence, unless the message names it already. */
function evidenceLine({ evidence, message }: Finding): string | undefined {
  const [first] = evidence;
  if (first === undefined || first.kind === 'spec') return undefined;
  if (message.includes(first.id) && (first.text === '' || message.includes(first.text))) return undefined;
  const more = evidence.length === 1 ? '' : `, and ${evidence.length - 1} more`;
  return `${clean(first.kind)} ${ruleText(first)}${more}`;
}

function showSuppressed(page: Page, { findings }: Report): void {
  showList(
    page,
    'suppressed',
    findings.flatMap(({ check, integration, subject, suppressed }) => {
      if (suppressed === undefined) return [];
      const of = integration === null ? '' : ` of ${clean(integration)}`;
      const until = suppressed.until === undefined ? '' : `, until ${suppressed.until}`;
      return [`${check}  ${clean(subject)}${of}: ${clean(suppressed.reason)}${until}`];
    }),
  );
}

function showGaps(page: Page, { gaps }: Report): void {
  showList(
    page,
    'could not be read',
    gaps.map(({ what, operation, code, permission, region, account }) => {
      const cure = permission === undefined ? '' : `; ${clean(permission)} would allow it`;
      return `${clean(what)} (${clean(region)}, account ${clean(account)}): ${clean(operation)} answered ${clean(code)}${cure}`;
    }),
  );
}

function showList(page: Page, heading: string, items: readonly string[]): void {
  if (items.length === 0) return;
  page.lines.push(page.paint('heading', heading));
  for (const item of items.slice(0, MOST_LINES)) page.lines.push(...broken(`  ${item}`, page.width, INDENT));
  if (items.length > MOST_LINES) page.lines.push(`  and ${items.length - MOST_LINES} more`);
  page.lines.push('');
}
