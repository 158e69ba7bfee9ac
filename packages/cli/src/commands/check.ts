import { InvalidInputError, type Spec } from '@postern/core';
import { countedCheck, type CountedReport } from '@postern/core/check';
import {
  failsAt,
  reportJson,
  junitSuites,
  reportMarkdown,
  reportSarif,
  reportText,
  type FailOn,
} from '@postern/core/report';
import type { NamedReport, ReportFormat } from '../grammar/report-option.js';
import type { Invocation } from '../invocation.js';
import { painter } from '../output/colors.js';
import { note } from '../output/print.js';
import { writeOutput } from '../output/write-output.js';
import { count } from '../output/quantities.js';
import { momentOf } from '../report/date-option.js';
import { nameInRepository } from '../report/name-in-repository.js';
import { writeReportFiles } from '../report/report-files.js';
import { headingOf, takeSnapshot } from '../snapshot/take-snapshot.js';
import { loadSpec } from '../spec/load-spec.js';
import { VERSION } from '../version.js';

interface Options {
  readonly region?: string;
  readonly snapshot?: string;
  readonly sarif?: boolean;
  readonly junit?: boolean;
  readonly md?: boolean;
  readonly output?: string;
  readonly report?: readonly NamedReport<Format>[];
  readonly failOn: FailOn;
  readonly now?: string;
}

type Format = Exclude<ReportFormat, 'html'>;

/** Output for people and code scanning leaves passed checks out. A program or a table of tests may need them. */
const WITH_PASSES: ReadonlySet<Format> = new Set<Format>(['json', 'junit']);

/**
 * `postern check`: reports whether what the spec declares will work, from the current state or from a
 * snapshot file. With a snapshot file no cloud is called. The exit status is 3 where findings are at or
 * above `--fail-on`.
 */
export async function run({ io, args: [file], options }: Invocation<Options>): Promise<number> {
  const format = formatOf(options);
  const now = options.now === undefined ? undefined : momentOf('--now', options.now);
  const { spec } = await loadSpec(file, io, options);
  const taken = await takeSnapshot(io, spec, options);
  const { failOn, output } = options;
  const formats = new Set([format, ...(options.report ?? []).map((one) => one.format)]);
  const passes = [...formats].some((one) => WITH_PASSES.has(one));
  const how = { now, passes, sorted: true, live: taken.file === undefined };
  const { report: whole, passed } = countedCheck(taken.snapshot, spec, how);
  const report = withoutPasses(whole);
  const heading = headingOf(taken);
  const text = (painted: boolean): string => {
    const paint = painted ? painter(io) : undefined;
    return `${heading}\n\n${reportText(report, { passed, paint, width: painted ? io.stdout.columns : undefined })}`;
  };
  const render = async (form: Format): Promise<string> => {
    const counted = { report: WITH_PASSES.has(form) ? whole : report, passed };
    return form === 'text' ? text(false) : machineReport(form, spec, counted, { failOn, cwd: io.cwd });
  };
  const written = format === 'text' ? undefined : await render(format);
  if (written !== undefined) note(io, heading);
  if (output === undefined) io.stdout.write(written ?? text(true));
  else {
    await writeOutput(io, output, written ?? text(false));
    note(io, `the report is in ${output}`);
    if (format !== 'json' && written !== undefined) io.stdout.write(text(true));
  }
  await writeReportFiles(io, options.report, render);
  const stops = report.findings.filter((finding) => failsAt(finding, failOn));
  const stopping = new Set(stops.flatMap(({ verdict, check }) => (verdict === 'unknown' ? [check] : [])));
  if (stopping.size > 0)
    note(
      io,
      `undecided under --fail-on unknown: ${[...stopping].join(', ')}; to accept one, add it to \`ignore\` in the spec with a reason`,
    );
  if (stops.length > 0) return 3;
  const undecided = report.findings.filter((finding) => failsAt(finding, 'unknown')).length;
  if (undecided > 0) {
    note(
      io,
      `${count(undecided, 'check')} of severity error could not be decided; --fail-on unknown makes this a failure`,
    );
  }
  return 0;
}

function withoutPasses(report: CountedReport['report']): CountedReport['report'] {
  return { ...report, findings: report.findings.filter(({ verdict }) => verdict !== 'pass') };
}

function formatOf(options: Invocation<Options>['options']): Format {
  const asked = (['json', 'sarif', 'junit', 'md'] as const).filter((format) => options[format] === true);
  const [format = 'text', ...others] = asked;
  if (others.length === 0) return format;
  throw new InvalidInputError(
    'INVALID_INPUT',
    `several report formats were given: ${asked.map((one) => `--${one}`).join(', ')}`,
    {
      remedy: 'Give only one.',
    },
  );
}

async function machineReport(
  format: Exclude<Format, 'text'>,
  spec: Spec,
  { report, passed }: CountedReport,
  { failOn, cwd }: { readonly failOn: FailOn; readonly cwd: string },
): Promise<string> {
  if (format === 'json') return reportJson(report);
  if (format === 'junit') return (await import('../report/junit-xml.js')).junitXml(junitSuites(report, { failOn }));
  if (format === 'md') return reportMarkdown(report, { passed });
  return reportSarif(report, spec, { version: VERSION, fileName: nameInRepository(cwd) });
}
