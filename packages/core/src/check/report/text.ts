import { displayText, type Style, type ReportTextOptions } from '../../ground/text/display.js';
import type { OpenFinding, Report } from '../../do/findings/finding.js';
import { checksOf, contextOf, placedSubject } from './context.js';
import { entriesOf, HEADINGS, MOST_ENTRIES, type Entry } from './entries.js';
import { flow, type LinePiece } from './hops.js';
import { listsOf, markOf } from './lists.js';
import { similarText } from '../../ground/text/similar-text.js';
import { cut, wrap } from '../../ground/text/wrap.js';
import { requireReport } from './given-report.js';

const MOST_LINES = 50;

/**
 * A report as text: failures and unknowns by integration, the most urgent first. Each names in few lines the
 * problem and its subject, the hop of the path that stops calls, the rule that decides where the message does
 * not name it, and the remedy. Findings with one cause are combined, and so are findings that differ in names
 * and numbers only. The last line counts each entry once, and the passes. Text from outside is escaped so that it cannot control a terminal or
 * a CI system.
 *
 *     orders
 *       ✗ path/route  link eu → target orders: … ✓ network ACL out · ✗ route: the route of rtb-1 that takes 10.20.1.7 is a
 *         blackhole [10.20.0.0/16 → pcx-1 (blackhole)]
 *         → Accept the peering pcx-1 again, or remove the route.
 */
export function reportText(report: Report, options: ReportTextOptions = {}): string {
  requireReport('reportText', report);
  const { width = 100, paint = (_, text) => text } = options;
  const page: Page = { width: Math.max(40, width), paint, lines: [] };
  const { groups, shown, hidden, counts } = entriesOf(report, MOST_ENTRIES, options.passed);
  for (const { of, findings } of groups) {
    page.lines.push(paint('heading', typeof of === 'string' ? HEADINGS[of] : displayText(of.integration)));
    for (const entry of findings) showEntry(page, entry);
    page.lines.push('');
  }
  if (hidden > 0) {
    const all = `${shown + hidden} findings`;
    page.lines.push(paint('quiet', `Shown are ${shown} of ${all}; ${hidden} more are not: --json lists all.`), '');
  }
  for (const { heading, items } of listsOf(report)) showList(page, heading, items);
  page.lines.push(counts);
  return `${page.lines.join('\n')}\n`;
}

interface Page {
  readonly width: number;
  readonly paint: NonNullable<ReportTextOptions['paint']>;
  readonly lines: string[];
}

/**
 * Lines that fit; text that is moved to the start of a line must not be read as a command of a CI system
 * either.
 */
function broken(text: string, width: number, indent: string): readonly string[] {
  return wrap(text, width, indent).map(displayText);
}

function styleOf({ verdict, severity }: OpenFinding): Style {
  return verdict === 'unknown' ? 'unknown' : severity;
}

const INDENT = '    ';

function showEntry(page: Page, { finding, also, likewise }: Entry): void {
  const { remedy } = finding;
  const { before, hop, message, rule } = contextOf(finding, also);
  const pieces: LinePiece[] = [
    ...checksOf([finding, ...also]).flatMap((one, at): LinePiece[] => [
      { text: at === 0 ? '  ' : ', ' },
      {
        text: `${at > 0 && markOf(one) === markOf(finding) ? '' : `${markOf(one)} `}${displayText(one.check)}`,
        style: styleOf(one),
      },
    ]),
    { text: `  ${placedSubject(finding, also)}: ` },
    { text: before, style: 'quiet' },
    ...(hop === undefined ? [] : [{ text: hop, style: styleOf(finding) }, { text: ': ' }]),
    { text: message },
    ...(rule === undefined ? [] : [{ text: cut(` [${rule}]`, page.width), style: 'quiet' as const }]),
    ...(likewise.length === 0 ? [] : [{ text: `; ${similarText(likewise)}` }]),
  ];
  page.lines.push(...flow(pieces, page, INDENT));
  if (remedy === undefined) return;
  page.lines.push(...flow([{ text: `${INDENT}→ ${displayText(remedy)}`, style: 'remedy' }], page, `${INDENT}  `));
}

function showList(page: Page, heading: string, items: readonly string[]): void {
  if (items.length === 0) return;
  const [only = ''] = items;
  if (items.length === 1 && `${heading}  ${only}`.length <= page.width) {
    page.lines.push(`${page.paint('heading', heading)}  ${only}`, '');
    return;
  }
  page.lines.push(page.paint('heading', heading));
  for (const item of items.slice(0, MOST_LINES)) page.lines.push(...broken(`  ${item}`, page.width, INDENT));
  if (items.length > MOST_LINES) page.lines.push(`  and ${items.length - MOST_LINES} more`);
  page.lines.push('');
}
