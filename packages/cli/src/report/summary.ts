import type { Report } from '@postern/core/check';
import { displayText, tally, tallyText, type Tally } from '@postern/core/report';
import { table } from '../output/table.js';

/** The version of what `check --summary --json` prints. */
const SUMMARY_VERSION = 1;

/** The numbers of a report, by check: those with most errors first. */
export function summaryOf(report: Report, passed: number) {
  const open = report.findings.filter(({ verdict }) => verdict !== 'pass');
  const checks = [...new Set(open.map(({ check }) => check))].map((check) => {
    const { failed, unknown, suppressed } = tally({ ...report, findings: open.filter((one) => one.check === check) });
    return { check, ...failed, unknown, suppressed };
  });
  const order = (one: (typeof checks)[number]) => [one.error, one.warning, one.note, one.unknown];
  const sorted = checks.toSorted((a, b) => {
    const [left, right] = [order(a), order(b)];
    const at = left.findIndex((number, index) => number !== right[index]);
    return at < 0 ? (a.check < b.check ? -1 : 1) : (right[at] ?? 0) - (left[at] ?? 0);
  });
  return { version: SUMMARY_VERSION, checks: sorted, total: tally(report, passed) satisfies Tally };
}

/** The same as text: a line for each check, and one for all. */
export function summaryText(report: Report, passed: number, columns: number | undefined): string {
  const { checks, total } = summaryOf(report, passed);
  const rows = checks.map(({ check, error, warning, note, unknown, suppressed }) => [
    displayText(check),
    ...[error, warning, note, unknown, suppressed].map(String),
  ]);
  const head = ['CHECK', 'ERRORS', 'WARNINGS', 'NOTES', 'UNKNOWN', 'SUPPRESSED'];
  const lines = rows.length === 0 ? [] : [...table(head, rows, { columns }), ''];
  return `${[...lines, tallyText(total)].join('\n')}\n`;
}
