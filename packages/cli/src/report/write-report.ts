import { InvalidInputError } from '@postern/core/internal/library';
import type { NamedReport, ReportFormat } from '../grammar/options.js';
import { writeOutput } from '../output/files.js';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';

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
