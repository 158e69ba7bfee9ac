import { rulesOf } from '@postern/core/check';
import { REFUSED_RULE, VERDICT_RULE, type JudgedIntegration, type PlanJudgement } from '@postern/core/overlay';
import { displayText, jsonText, markdownText, reportText } from '@postern/core/report';
import { count } from '../../output/quantities.js';
import { table } from '../../output/layout.js';
import type { CommonOptions } from '../../invocation.js';
import type { Io } from '../../process/io.js';
import { machineReport } from '../../report/machine-report.js';
import { writeReport, type PrintedFormat } from '../../report/write-report.js';
import { painter } from '../../output/colors.js';
import { checkedCloudsOf } from '../../spec/brought-clouds.js';
import type { CheckCommandOptions as Options } from '../../report/finding-options.js';

interface Source {
  readonly file: string;
  readonly title: string;
}

export async function write(
  io: Io,
  judged: PlanJudgement,
  { file, title }: Source,
  options: Options & CommonOptions,
): Promise<void> {
  const { report } = judged;
  const rules = [...rulesOf(await checkedCloudsOf(io)), VERDICT_RULE, REFUSED_RULE];
  const render = (form: PrintedFormat): Promise<string> | string => {
    if (form === 'text') return planText(io, judged, title);
    if (form === 'json') return json(judged);
    if (form === 'md') return markdown(judged);
    return machineReport(form, { report, rules, spec: judged.spec, file, cwd: io.cwd }, { failOn: options.failOn });
  };
  await writeReport(io, { heading: title, render, painted: () => planText(io, judged, title, true) }, options);
}

function json({ report: _report, spec: _spec, ...judged }: PlanJudgement): string {
  return `${jsonText(judged, 2)}\n`;
}

/** What becomes of an integration, the worst first. */
const OUTCOMES: readonly {
  readonly word: string;
  readonly sign: string;
  readonly fits: (one: JudgedIntegration) => boolean;
}[] = [
  { word: 'breaks', sign: '❌', fits: ({ before, after }) => after === 'fail' && before !== 'fail' },
  { word: 'still broken', sign: '❌', fits: ({ after }) => after === 'fail' },
  { word: 'unknown', sign: '❔', fits: ({ after }) => after === 'unknown' },
  { word: 'removed', sign: '⚠️', fits: ({ after }) => after === 'absent' },
  { word: 'repaired', sign: '✅', fits: ({ before }) => before === 'fail' },
  { word: 'new', sign: '✅', fits: ({ before }) => before === 'absent' },
  { word: 'works', sign: '✅', fits: () => true },
];

function outcomeOf(one: JudgedIntegration): (typeof OUTCOMES)[number] {
  return OUTCOMES.find(({ fits }) => fits(one)) ?? { word: 'works', sign: '✅', fits: () => true };
}

/** Integrations with what becomes of them: those that only go on working are counted. */
function listed({ integrations }: PlanJudgement) {
  const all = integrations.map((one) => ({ ...one, outcome: outcomeOf(one) }));
  const shown = all.filter(({ outcome, interruptions }) => outcome.word !== 'works' || interruptions.length > 0);
  const sorted = shown.toSorted((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome));
  return { shown: sorted, working: all.length - shown.length };
}

/** A failure or an unknown is a finding, which has the reason. */
const hasFinding = (after: JudgedIntegration['after']): boolean => after === 'fail' || after === 'unknown';

/** A judgement as lines of text. `painted`: as wide as the terminal, and with its colors. */
export function planText(io: Io, judged: PlanJudgement, title: string, painted = false): string {
  const { shown, working } = listed(judged);
  const width = painted ? io.stdout.columns : undefined;
  const cells = shown.map(({ outcome, address, route, before, after }) =>
    [outcome.word, `${before} → ${after}`, address, route].map(displayText),
  );
  const rows =
    cells.length === 0
      ? []
      : table(['AFTER', 'BEFORE → AFTER', 'ADDRESS', 'ROUTE'], cells, { columns: width, shown: io.shown });
  const lines = [
    ...rows,
    ...(working > 0 ? [`${count(working, 'integration')} ${working === 1 ? 'works' : 'work'} before and after.`] : []),
    ...(judged.integrations.length === 0 ? ['No private integration is in the plan or in the network.'] : []),
    ...shown.flatMap(({ address, after, because, interruptions }) => [
      ...(because === undefined || hasFinding(after) ? [] : [`${address}: ${because}`]),
      ...interruptions.map(({ message }) => `${address}: ${message}`),
    ]),
    ...judged.notes.map((one) => `Note: ${one}.`),
  ];
  const paint = painted ? painter(io) : undefined;
  const findings = judged.findings.length === 0 ? '' : `\n${reportText(judged.report, { paint, width })}`;
  return `${title}\n\n${lines.map(displayText).join('\n')}\n${findings}`;
}

/** A comment on a pull request. */
function markdown(judged: PlanJudgement): string {
  const { shown, working } = listed(judged);
  const broken = shown.filter(({ outcome }) => outcome.sign === '❌').length;
  const head =
    broken > 0
      ? `${count(broken, 'private integration')} will not work after this plan`
      : 'No private integration breaks';
  const rows = shown.map(
    ({ outcome, address, route, before, after }) =>
      `| ${outcome.sign} ${outcome.word} | ${before} → ${after} | ${code(address)} | ${code(route)} |`,
  );
  const notes = [
    ...(working > 0 ? [`${count(working, 'integration')} ${working === 1 ? 'works' : 'work'} before and after.`] : []),
    ...shown.flatMap(({ address, after, because, interruptions }) => [
      ...(because === undefined || hasFinding(after) ? [] : [`${code(address)}: ${markdownText(because)}`]),
      ...interruptions.map(({ message }) => markdownText(message)),
    ]),
    ...judged.notes.map((one) => `${markdownText(one)}.`),
  ];
  return [
    `## Postern: ${head}`,
    '',
    ...(rows.length === 0
      ? []
      : ['| after | before → after | address | route |', '| --- | --- | --- | --- |', ...rows, '']),
    ...notes.map((one) => `- ${one}`),
    ...(notes.length === 0 ? [] : ['']),
    ...judged.findings.flatMap(({ addresses, check, message, remedy }) => [
      `- \`${check}\` ${markdownText(message)}`,
      ...(remedy === undefined ? [] : [`  - → ${markdownText(remedy)}`]),
      `  - ${addresses.map(code).join(', ')}`,
    ]),
    '',
  ].join('\n');
}

/** Text in a code span; one in a table must not end its cell. */
function code(text: string): string {
  return text === ''
    ? ''
    : `\`${displayText(text)
        .replaceAll('`', "'")
        .replaceAll('|', String.raw`\|`)}\``;
}
