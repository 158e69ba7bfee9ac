import { note } from '../output/print.js';
import { writeOutput } from '../output/write-output.js';
import type { NamedReport, ReportFormat } from '../grammar/report-option.js';
import type { Io } from '../process/io.js';

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
