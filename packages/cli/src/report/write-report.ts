import { InvalidInputError, type Spec, type Report, type Rule } from '@postern/core/internal/library';
import type { NamedReport, ReportFormat, OptionsOf } from '../grammar/options.js';
import { writeOutput } from '../output/files.js';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';
import {
  junitSuites,
  reportSarif,
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
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { VERSION } from '../version.js';
import type { CommonOptions } from '../invocation.js';
import { painter } from '../output/colors.js';
import type { check } from '../commands/check/grammar.js';

/** The format of what a command prints, and the files that it writes besides. */
export interface WriteOptions<F extends ReportFormat = ReportFormat> {
  readonly json?: boolean | undefined;
  readonly sarif?: boolean | undefined;
  readonly junit?: boolean | undefined;
  readonly md?: boolean | undefined;
  readonly output?: string | undefined;
  readonly report?: readonly NamedReport<F>[] | undefined;
}

/** What a command prints where no other format was named, and the formats that an option of its own names. */
export type PrintedFormat = Exclude<ReportFormat, 'html'>;

/**
 * The format of the report that is printed.
 * @throws {InvalidInputError} `INVALID_INPUT` for several.
 */
export function formatOf(options: WriteOptions): PrintedFormat {
  const asked = (['json', 'sarif', 'junit', 'md'] as const).filter((format) => options[format] === true);
  const [format = 'text', ...others] = asked;
  if (others.length === 0) return format;

  throw new InvalidInputError(
    'INVALID_INPUT',
    `several report formats were given: ${asked.map((one) => `--${one}`).join(', ')}`,
    { remedy: 'Give only one, and --report FORMAT=FILE for each other one.' },
  );
}

/** A report in each format of its command. */
export interface WrittenReport<F extends ReportFormat> {
  /** What was read: a note on stderr where stdout is not for people. */
  readonly heading?: string | undefined;
  readonly render: (format: NoInfer<F> | PrintedFormat) => Promise<string> | string;
  /** The text with the colors and the width of the terminal. */
  readonly painted: () => string;
}

/**
 * Writes a report to stdout or a file, and to the files of `--report`. Where a format for programs goes to a file, people get the text;
 * not of JSON, whose reader is a program that looks at stdout.
 */
export async function writeReport<F extends ReportFormat>(
  io: Io,
  { heading, render, painted }: WrittenReport<F>,
  options: WriteOptions<F>,
): Promise<void> {
  const { output, report } = options;
  const format = formatOf(options);
  if (format !== 'text' && heading !== undefined) note(io, heading);
  if (output === undefined) io.stdout.write(format === 'text' ? painted() : await render(format));
  else {
    await writeOutput(io, output, await render(format));
    note(io, `the report is in ${output}`);
    if (format !== 'json' && format !== 'text') io.stdout.write(painted());
  }
  await writeReportFiles(io, report, render);
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

/** What SARIF and JUnit are written from, whichever command reports. */
export interface Judged {
  readonly report: Report;
  /** The rules of the findings. */
  readonly rules: readonly Rule[];
  /** Where findings are in the spec; without one, `file` is the place of all. */
  readonly spec?: Spec | undefined;
  /** What was read in place of a spec. */
  readonly file?: string | undefined;
  readonly cwd: string;
}

/** A report in a format of CI systems. SARIF leaves out what passed; a table of tests needs it. */
export async function machineReport(
  format: 'sarif' | 'junit',
  { report, rules, spec = NO_SPEC, file, cwd }: Judged,
  options: Parameters<typeof junitSuites>[1] = {},
): Promise<string> {
  if (format === 'junit') return (await import('./junit-xml.js')).junitXml(junitSuites(report, options));

  const placed = file === undefined ? spec : { ...spec, places: () => ({ file }) };
  return reportSarif(withoutPasses(report), placed, { rules, version: VERSION, fileName: nameInRepository(cwd) });
}

const NO_SPEC: Spec = { version: 1, project: 'postern', spec: 'postern', links: {}, integrations: {} };

/** A report without what passed: for people, and for code scanning. */
export function withoutPasses<R extends Pick<Report, 'findings'>>(report: R): R {
  return { ...report, findings: report.findings.filter(({ verdict }) => verdict !== 'pass') };
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
