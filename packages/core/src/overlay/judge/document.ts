import { reportDocument } from '../../check/report/document.js';
import { failsAt } from '../../check/report/tally.js';
import type { ReportTextOptions } from '../../ground/text/display.js';
import { documentMarkdown } from '../../ground/text/document-markdown.js';
import { documentText } from '../../ground/text/document-text.js';
import { item, line, type Document, type Look, type Section } from '../../ground/text/document.js';
import { counted } from '../../ground/text/quantities.js';
import type { JudgedIntegration, PlanJudgement } from './compare.js';
import { movedCallsText } from './moved-calls.js';

/** What becomes of an integration, the worst first. */
const OUTCOMES: readonly {
  readonly word: string;
  readonly look: Look;
  readonly fits: (one: JudgedIntegration) => boolean;
}[] = [
  { word: 'breaks', look: 'error', fits: ({ before, after }) => after === 'fail' && before !== 'fail' },
  { word: 'still broken', look: 'error', fits: ({ after }) => after === 'fail' },
  { word: 'unknown', look: 'unknown', fits: ({ after }) => after === 'unknown' },
  { word: 'removed', look: 'warning', fits: ({ after }) => after === 'absent' },
  { word: 'repaired', look: 'pass', fits: ({ before }) => before === 'fail' },
  { word: 'new', look: 'pass', fits: ({ before }) => before === 'absent' },
  { word: 'works', look: 'pass', fits: ({ before, after }) => before === 'unknown' && after === 'pass' },
];

/**
 * What a plan does to private integrations: a table of those that it changes, what a reader must know besides, and the findings as a report
 * of checks shows them. `heading`: what the plan was laid over.
 */
export function judgementText(
  judged: PlanJudgement,
  heading: string,
  options: Pick<ReportTextOptions, 'width' | 'paint'> = {},
): string {
  const { sections, ...document } = documentOf(judged, Math.max(40, options.width ?? 100));
  return documentText(
    { ...document, verdict: undefined, sections: [{ lines: [line(heading)] }, ...sections] },
    options,
  );
}

/** The same as Markdown, for a comment on a pull request. */
export function judgementMarkdown(judged: PlanJudgement): string {
  return documentMarkdown(documentOf(judged));
}

function documentOf(judged: PlanJudgement, width?: number): Document {
  const { findings } = judged;
  const changed = changedIn(judged);
  const { counts, sections } = reportDocument(judged.report, undefined, width);
  return {
    title: 'Postern',
    level: 2,
    counts: findings.length === 0 ? undefined : counts,
    verdict: verdictOf(judged),
    sections: [
      tableOf(changed),
      { items: judgementNotes(judged, changed).map((text) => item(text)), depth: 0 },
      ...(findings.length === 0 ? [] : sections),
    ],
  };
}

function verdictOf({ integrations, findings }: PlanJudgement): Document['verdict'] {
  const broken = integrations.filter(({ after }) => after === 'fail').length;
  if (broken > 0)
    return { look: 'error', text: `${counted(broken, 'private integration')} will not work after this plan` };
  if (findings.some((one) => failsAt(one, 'error')))
    return { look: 'error', text: 'no private integration breaks, but the plan has errors' };

  return { look: 'pass', text: 'no private integration breaks' };
}

type Listed = JudgedIntegration & { readonly rank: number };

/** The integrations that a plan changes, the worst first. */
function changedIn({ integrations }: PlanJudgement): readonly Listed[] {
  const listed = integrations.flatMap((one) => {
    const rank = OUTCOMES.findIndex(({ fits }) => fits(one));
    return rank === -1 && one.interruptions.length === 0 && one.calls === undefined
      ? []
      : [{ ...one, rank: rank === -1 ? OUTCOMES.length : rank }];
  });
  return listed.toSorted((a, b) => a.rank - b.rank);
}

function tableOf(changed: readonly Listed[]): Section {
  const columns = ['after', 'before → after', 'address', 'route'];
  const rows = changed.map(({ rank, before, after, address, route }) => {
    const { word, look } = OUTCOMES[rank] ?? { word: 'works', look: 'pass' };
    return [
      [{ pieces: line(word), look }],
      [{ pieces: line(`${before} → ${after}`) }],
      ...[address, route].map((text) => [{ pieces: [{ text, isCode: true }] }]),
    ];
  });
  return { table: { columns, rows, inColumns: true } };
}

/** What a reader must know besides the findings, a sentence each: a failure or an unknown has its reason there. */
export function judgementNotes(judged: PlanJudgement, changed = changedIn(judged)): readonly string[] {
  const { integrations, notes } = judged;
  const working = integrations.length - changed.length;
  return [
    ...(working > 0
      ? [`${counted(working, 'integration')} ${working === 1 ? 'works' : 'work'} before and after.`]
      : []),
    ...(integrations.length === 0
      ? ['No private integration was found: no route of what is judged leads through a link.']
      : []),
    ...changed.flatMap(({ address, after, because, interruptions, calls = [] }) => [
      ...(because === undefined || after === 'fail' || after === 'unknown' ? [] : [`${address}: ${because}`]),
      ...calls.map((one) => `${address}: ${movedCallsText(one)}.`),
      ...interruptions.map(({ message }) => `${address}: ${message}`),
    ]),
    ...notes.map((one) => `Note: ${one}.`),
  ];
}
