import { InvalidInputError, type Spec } from '@postern/core';
import type { Report, Rule } from '@postern/core/check';
import {
  jsonText,
  junitSuites,
  reportJson,
  reportMarkdown,
  reportSarif,
  reportText,
  displayText,
  tally,
  tallyText,
  type Tally,
} from '@postern/core/report';
import type { NamedReport, ReportFormat } from '../grammar/options.js';
import type { CommonOptions } from '../invocation.js';
import { painter } from '../output/colors.js';
import { note } from '../output/print.js';
import { writeOutput } from '../output/files.js';
import type { Io } from '../process/io.js';
import { VERSION } from '../version.js';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { table } from '../output/layout.js';
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
  const lines = rows.length === 0 ? [] : [...table(head, rows, { columns }), ''];
  return `${[...lines, tallyText(total)].join('\n')}\n`;
}

/** The formats of a report of `postern check`. */
export type CheckFormat = Exclude<ReportFormat, 'html'>;

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
const WITH_PASSES: ReadonlySet<CheckFormat> = new Set<CheckFormat>(['json', 'junit']);

/** Whether a report that is written needs the findings that passed. */
export function needsPasses(options: ReportOptions): boolean {
  return [formatOf(options), ...(options.report ?? []).map((one) => one.format)].some((one) => WITH_PASSES.has(one));
}

/** Writes the report to stdout or a file, and to the files of `--report`. */
export async function writeCheckReport(
  io: Io,
  checked: CheckedReport,
  { spec, rules, heading }: { readonly spec: Spec; readonly rules: readonly Rule[]; readonly heading: string },
  options: ReportOptions,
): Promise<void> {
  const { output, summary } = options;
  const { passed } = checked;
  const news = withoutPasses(checked.news);
  const text = (painted: boolean): string => {
    const width = painted ? io.stdout.columns : undefined;
    const paint = painted ? painter(io) : undefined;
    const body = summary === true ? summaryText(news, passed, width) : reportText(news, { passed, paint, width });
    return `${heading}\n\n${body}`;
  };
  const render = async (form: CheckFormat): Promise<string> =>
    form === 'text' ? text(false) : machineReport(form, spec, checked, { ...options, rules, cwd: io.cwd });
  const format = formatOf(options);
  const written = format === 'text' ? undefined : await render(format);
  if (written !== undefined) note(io, heading);
  if (output === undefined) io.stdout.write(written ?? text(true));
  else {
    await writeOutput(io, output, written ?? text(false));
    note(io, `the report is in ${output}`);
    if (format !== 'json' && written !== undefined) io.stdout.write(text(true));
  }
  await writeReportFiles(io, options.report, render);
}

function withoutPasses(report: Report): Report {
  return { ...report, findings: report.findings.filter(({ verdict }) => verdict !== 'pass') };
}

/**
 * The format of the report that is printed.
 * @throws {InvalidInputError} `INVALID_INPUT` for several, and for a summary in a format that has none.
 */
export function formatOf(options: ReportOptions): CheckFormat {
  const asked = (['json', 'sarif', 'junit', 'md'] as const).filter((format) => options[format] === true);
  const [format = 'text', ...others] = asked;
  if (others.length > 0) {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `several report formats were given: ${asked.map((one) => `--${one}`).join(', ')}`,
      { remedy: 'Give only one, and --report FORMAT=FILE for each other one.' },
    );
  }
  if (options.summary === true && format !== 'text' && format !== 'json' && options.output === undefined) {
    throw new InvalidInputError('INVALID_INPUT', `--summary is not allowed with --${format}`, {
      remedy: `Write the report to a file: --report ${format}=FILE.`,
    });
  }
  return format;
}

/** A report in a form for programs. */
export async function machineReport(
  format: Exclude<CheckFormat, 'text'>,
  spec: Spec,
  { report, news, passed }: CheckedReport,
  { failOn, summary, rules, cwd }: ReportOptions & { readonly rules: readonly Rule[]; readonly cwd: string },
): Promise<string> {
  if (format === 'json') return summary === true ? `${jsonText(summaryOf(report, passed), 2)}\n` : reportJson(report);
  if (format === 'junit') return (await import('./junit-xml.js')).junitXml(junitSuites(report, { failOn }));
  if (format === 'md') return reportMarkdown(withoutPasses(news), { passed });
  return reportSarif(withoutPasses(report), spec, { rules, version: VERSION, fileName: nameInRepository(cwd) });
}

/**
 * The name of a file relative to the root of the repository that contains the working folder, or to the
 * working folder outside of a repository. Code scanning expects this name. A file outside keeps its absolute
 * path.
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function nameInRepository(cwd: string): (file: string) => string {
  const folder = realPath(cwd);
  const root = rootAbove(folder) ?? folder;
  return (file) => {
    const name = path.relative(root, realPath(path.resolve(cwd, file)));
    const outside = name === '' || name === '..' || name.startsWith(`..${path.sep}`) || path.isAbsolute(name);
    return outside ? path.resolve(cwd, file) : name;
  };
}

/** The nearest folder, itself or above, that has a `.git`: a folder, or a file where it is another's work tree. */
function rootAbove(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

/** Without symbolic links, of which one name of a folder may have some and the other none. */
function realPath(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    return path.resolve(name);
  }
}

/** Writes each report that `--report` names. `render` gives the report in a format. */
export async function writeReportFiles<F extends ReportFormat>(
  io: Io,
  reports: readonly NamedReport<F>[] | undefined,
  render: (format: F) => Promise<string> | string,
): Promise<void> {
  for (const { format, file } of reports ?? []) {
    await writeOutput(io, file, await render(format));
    note(io, `the report as ${format} is in ${file}`);
  }
}
