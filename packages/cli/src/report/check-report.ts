import { InvalidInputError, type Spec, type Report, type Rule } from '@postern/core/internal/library';
import {
  jsonText,
  reportJson,
  reportMarkdown,
  reportText,
  displayText,
  tally,
  tallyText,
  type Tally,
  textTable,
} from '@postern/core/internal/report';
import type { CommonOptions } from '../invocation.js';
import { painter } from '../output/colors.js';
import type { Io } from '../process/io.js';
import { machineReport, withoutPasses, formatOf, writeReport, type PrintedFormat } from './write-report.js';
import type { check } from '../commands/check/grammar.js';
import type { OptionsOf } from '../grammar/options.js';

/** The version of what `check --summary --json` prints. */
const SUMMARY_VERSION = 1;

/** The numbers of a report, by check: those with most errors first. */
function summaryOf(report: Report, passed: number) {
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
function summaryText(report: Report, passed: number, columns: number | undefined): string {
  const { checks, total } = summaryOf(report, passed);
  const rows = checks.map(({ check, error, warning, note, unknown, suppressed }) => [
    displayText(check),
    ...[error, warning, note, unknown, suppressed].map(String),
  ]);
  const head = ['CHECK', 'ERRORS', 'WARNINGS', 'NOTES', 'UNKNOWN', 'SUPPRESSED'];
  const lines = rows.length === 0 ? [] : [...textTable(head, rows, { columns }), ''];
  return `${[...lines, tallyText(total)].join('\n')}\n`;
}

/** Which reports are written, and where to. */
export type ReportOptions = CommonOptions &
  Pick<OptionsOf<typeof check>, 'sarif' | 'junit' | 'md' | 'output' | 'report' | 'summary' | 'failOn'>;

/** A report as it is shown. */
export interface CheckedReport {
  readonly report: Report;
  /** The same without findings that a baseline has: what people read. */
  readonly news: Report;
  readonly passed: number;
}

/** Output for people and code scanning leaves passed checks out. A program or a table of tests may need them. */
const WITH_PASSES: ReadonlySet<PrintedFormat> = new Set<PrintedFormat>(['json', 'junit']);

/** Whether a report that is written needs the findings that passed. */
export function needsPasses(options: ReportOptions): boolean {
  return [formatOf(options), ...(options.report ?? []).map((one) => one.format)].some((one) => WITH_PASSES.has(one));
}

/** Writes the report to stdout or a file, and to the files of `--report`. */
export async function writeCheckReport(
  io: Io,
  { report, news: all, passed }: CheckedReport,
  { spec, rules, heading }: { readonly spec: Spec; readonly rules: readonly Rule[]; readonly heading: string },
  options: ReportOptions,
): Promise<void> {
  const { summary, failOn } = options;
  const news = withoutPasses(all);
  const text = (painted: boolean): string => {
    const width = painted ? io.stdout.columns : undefined;
    const paint = painted ? painter(io) : undefined;
    const body = summary === true ? summaryText(news, passed, width) : reportText(news, { passed, paint, width });
    return `${heading}\n\n${body}`;
  };
  const render = (form: PrintedFormat): Promise<string> | string => {
    if (form === 'text') return text(false);
    if (form === 'json') return summary === true ? `${jsonText(summaryOf(report, passed), 2)}\n` : reportJson(report);
    if (form === 'md') return reportMarkdown(news, { passed });

    return machineReport(form, { report, rules, spec, cwd: io.cwd }, { failOn });
  };
  await writeReport(io, { heading, render, painted: () => text(true) }, options);
}

/**
 * Refuses several formats, and a summary in a format that has none.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function requireFormat(options: ReportOptions): void {
  const format = formatOf(options);
  if (options.summary !== true || format === 'text' || format === 'json' || options.output !== undefined) return;

  throw new InvalidInputError('INVALID_INPUT', `--summary is not allowed with --${format}`, {
    remedy: `Write the report to a file: --report ${format}=FILE.`,
  });
}
