import {
  assess,
  assessmentHtml,
  assessmentJson,
  assessmentMarkdown,
  assessmentReport,
  assessmentText,
  handoverRules,
} from '@postern/alibaba/internal/handover';
import { nowOf, waiversOf, takeSource } from '../../handover/options.js';
import type * as grammar from './grammar.js';
import type { CallOf, ReportFormat } from '../../grammar/options.js';
import { painter } from '../../output/colors.js';
import { note } from '../../output/print.js';
import { writeOutput } from '../../output/files.js';
import { machineReport, formatOf, writeReport } from '../../report/write-report.js';

/** What fails where a hand-over cannot be planned. */
const MACHINE = { failOn: 'unknown', name: 'postern handover assess' } as const;

/** `postern handover assess`: the exit status is 3 where something is blocked or unknown, and not waived. */
export async function run({ io, args, options }: CallOf<typeof grammar.assess>): Promise<number> {
  formatOf(options);
  const [waivers, now] = [waiversOf(options), nowOf(options)];
  const { source, targets } = await takeSource(io, args, options);
  const assessment = assess(source, { targets, waivers, now });
  const of = { report: assessmentReport(assessment), rules: handoverRules(), file: options.source, cwd: io.cwd };
  const render: Readonly<Record<ReportFormat, () => Promise<string> | string>> = {
    text: () => assessmentText(assessment),
    json: () => assessmentJson(assessment),
    md: () => assessmentMarkdown(assessment),
    html: () => assessmentHtml(assessment),
    sarif: () => machineReport('sarif', of),
    junit: () => machineReport('junit', of, MACHINE),
  };
  const { html } = options;
  if (html !== undefined) {
    await writeOutput(io, html, await render.html());
    note(io, `the page is in ${html}`);
  }
  const painted = (): string => assessmentText(assessment, { paint: painter(io), width: io.stdout.columns });
  await writeReport(io, { render: (one) => render[one](), painted }, options);
  return assessment.ready ? 0 : 3;
}
