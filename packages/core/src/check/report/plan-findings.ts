import { REPORT_VERSION, type PlanFinding } from '../../do/findings/finding.js';
import { stoppingFindings } from '../../do/findings/named-findings.js';
import type { Plan } from '../../do/plan/plan.js';
import { planSummary } from '../../do/plan/text/render.js';
import { groupedPairs } from '../../ground/grouped.js';
import { counted, fewText } from '../../ground/text/quantities.js';
import { wrap } from '../../ground/text/wrap.js';
import { displayText, type ReportTextOptions } from '../../ground/text/display.js';
import { entriesOf } from './entries.js';
import { reportText } from './text.js';

/**
 * The findings of a plan as text, below the plan: those that remain after it in full, as `reportText` shows them; those
 * that it fixes, that are ignored, and that are about what it does not change, as one line each. Empty where the plan
 * was not checked, or nothing was found. Ends with a newline.
 */
export function planFindingsText({ findings, otherFindings = 0 }: Plan, options: ReportTextOptions = {}): string {
  if (findings === undefined) return '';

  const { paint = (_, text) => text, width = Infinity } = options;
  const fixed = findings.filter(({ mended }) => mended === true);
  const shown = findings.filter(({ mended }) => mended !== true);
  const ignored = shown.filter((one) => one.ignored === true);
  const named = (what: string, of: readonly PlanFinding[]): string =>
    of.length === 0 ? '' : wrap(`${what}: ${namesOf(of)}`, width, '  ').join('\n');
  const stops = stoppingFindings(findings);
  const report = { version: REPORT_VERSION, findings: shown, gaps: [], assumptions: [] } as const;
  const parts = [
    ...(shown.length === 0
      ? []
      : [`${paint('heading', 'Findings about these changes:')}\n\n${reportText(report, options)}`]),
    named(`This plan fixes ${counted(fixed.length, 'finding')}`, fixed),
    named('Ignored', ignored),
    line(entryCount(stops), 'error', (count) =>
      paint('error', `${count} would remain after this plan: \`postern apply\` stops before its first change.`),
    ),
    line(
      otherFindings,
      'finding',
      (count) => `\`postern check\` reports ${count} about what this plan does not change.`,
    ),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `\n${parts.map((part) => part.trimEnd()).join('\n')}\n`;
}

/**
 * The text of a plan that its findings stop: only these, as `reportText` shows them, and how many changes were planned. Ends
 * with a newline.
 */
export function planErrorsText(plan: Plan, findings: readonly PlanFinding[], options: ReportTextOptions = {}): string {
  const { paint = (_, text) => text } = options;
  const report = { version: REPORT_VERSION, findings, gaps: [], assumptions: [] } as const;
  return [
    paint('heading', 'Errors that would remain after this plan:'),
    '',
    reportText(report, options).trimEnd(),
    `${planSummary(plan)} \`postern plan\` shows these changes, and all findings about them.`,
    '',
  ].join('\n');
}

/** How many entries a report has for findings: so many errors are counted below it. */
function entryCount(findings: readonly PlanFinding[]): number {
  const report = { version: REPORT_VERSION, findings, gaps: [], assumptions: [] } as const;
  return entriesOf(report, findings.length).groups.reduce((sum, { findings: entries }) => sum + entries.length, 0);
}

function line(count: number, one: string, text: (counted: string) => string): string {
  return count === 0 ? '' : text(counted(count, one));
}

/** Each check with its subjects. */
function namesOf(findings: readonly PlanFinding[]): string {
  const subjects = groupedPairs(findings.map(({ check, subject }) => [check, subject]));
  return displayText([...subjects].map(([check, of]) => `${check} of ${fewText([...new Set(of)])}`).join('; '));
}
