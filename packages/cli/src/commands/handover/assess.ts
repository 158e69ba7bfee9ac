import { assess, assessmentHtml, assessmentJson, assessmentMarkdown, assessmentText } from '@postern/alibaba/handover';
import { nowOf, waiversOf } from '../../handover/options.js';
import { takeSource } from '../../handover/take-source.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { painter } from '../../output/colors.js';
import { note } from '../../output/print.js';
import { writeOutput } from '../../output/files.js';
import { writeReportFiles } from '../../report/check-report.js';

type Format = 'text' | 'json' | 'md' | 'html';

/** `postern handover assess`: the exit status is 3 where something is blocked or unknown, and not waived. */
export async function run({ io, args, options }: CallOf<typeof grammar.assess>): Promise<number> {
  const [waivers, now] = [waiversOf(options), nowOf(options)];
  const { source, targets } = await takeSource(io, args, options);
  const assessment = assess(source, { targets, waivers, now });
  const render: Readonly<Record<Format, () => string>> = {
    text: () => assessmentText(assessment),
    json: () => assessmentJson(assessment),
    md: () => assessmentMarkdown(assessment),
    html: () => assessmentHtml(assessment),
  };
  const { html, output } = options;
  if (html !== undefined) {
    await writeOutput(io, html, render.html());
    note(io, `the page is in ${html}`);
  }
  const format: Format = options.json === true ? 'json' : options.markdown === true ? 'md' : 'text';
  if (output !== undefined) {
    await writeOutput(io, output, render[format]());
    note(io, `the report is in ${output}`);
  } else if (format === 'text') {
    io.stdout.write(assessmentText(assessment, { paint: painter(io), width: io.stdout.columns }));
  } else io.stdout.write(render[format]());
  await writeReportFiles(io, options.report, (one) => render[one]());
  return assessment.ready ? 0 : 3;
}
