import { htmlFinding, htmlFolded, htmlText, lengthOfTime } from '@postern/core/internal/report';
import { broughtBy, type BroughtGoal } from '../brought/names.js';
import { changesClouds } from '../client.js';
import type { Approval, RunState } from '../model.js';
import { type FleetChange, type FleetFindings, type FleetReport, retriedLines, waitingLines } from './fleet-report.js';
import { approversHtml, atHtml, countsHtml, moreText, stateHtml, tableSection } from './html-table.js';

// The sections of pages about runs: of reports, and of the page that `postern fleet ui` serves.

/** Places of a finding that are listed. */
const MOST_PLACES = 200;

/** Goals as headings. */
const GOALS: Readonly<Record<Exclude<RunState['goal'], BroughtGoal>, string>> = {
  apply: 'Apply',
  check: 'Check',
  watch: 'Watch',
  migrate: 'Migrate',
};

function headingOf({ goal }: RunState): string {
  return broughtBy(goal)?.heading ?? GOALS[goal as keyof typeof GOALS];
}

/** The name, the state and the counts of a run. */
export function headHtml(run: RunState, writtenAt: string): string {
  return `<header><h1>${htmlText(`${headingOf(run)} ${run.run}`)}</h1>
<p class="dim">${htmlText(runText(run, writtenAt))}</p></header>
<p class="verdict">${stateHtml(run.state)}. Specs: ${countsHtml(run.counts.specs)}. Units: ${countsHtml(run.counts.units)}.</p>
${waitingHtml(run)}`;
}

/** Why it does not go on, as `postern fleet status` shows it. */
function waitingHtml(run: RunState): string {
  const retried = retriedLines(run);
  return [
    ...waitingLines(run),
    ...(retried.length === 0 ? [] : ['Failed and tried again:', ...retried.slice(0, MOST_RETRIED)]),
  ]
    .map((line) => `<p>${htmlText(line.trim())}</p>`)
    .join('');
}

/** How many failures that are tried again are shown. */
const MOST_RETRIED = 20;

/** Who began a run, when and why. */
function runText({ by, reason, startedAt, endedAt }: RunState, writtenAt: string): string {
  const who = by === undefined ? 'Started' : `Started by ${by}`;
  const why = reason === undefined ? '' : `: ${reason}`;
  const end = endedAt === undefined ? `not ended at ${writtenAt}` : `ended at ${endedAt}`;
  return `${who} at ${startedAt}${why}; ${end}`;
}

/** Section of a page: waves. */
export function wavesHtml({ waves: all, specs: own }: RunState): string {
  const rows = all.map(({ name, state }) => {
    const inWave = own.filter(({ wave }) => wave === name);
    const ends = inWave.flatMap(({ endedAt }) => endedAt ?? []).sort();
    const begins = inWave.flatMap(({ startedAt }) => startedAt ?? []).sort();
    return [htmlText(name), stateHtml(state), String(inWave.length), atHtml(begins[0]), atHtml(ends.at(-1))];
  });
  return tableSection('Waves', ['wave', 'state', 'specs', 'first began', 'last ended'], rows);
}

/** Section of a page: approvals. */
export function approvalsHtml(
  { approvals: all }: RunState,
  openHtml: (approval: Approval) => string = () => '<span class="state asking">open</span>',
): string {
  const rows = all.map((approval) => {
    const { kind, subject, question, askedAt, answer } = approval;
    return [
      htmlText(`${kind}: ${subject}`),
      question.map((line) => `<p>${htmlText(line)}</p>`).join(''),
      atHtml(askedAt),
      answer === undefined
        ? openHtml(approval)
        : `<p>${answer.approved ? 'approved' : 'refused'} by ${htmlText(answer.by)}</p><p>${atHtml(answer.at)}</p>${
            answer.reason === undefined ? '' : `<p>${htmlText(answer.reason)}</p>`
          }`,
    ];
  });
  return tableSection('Approvals', ['for', 'question', 'asked', 'answer'], rows, 'No approval was required.');
}

/** Section of a page: actions. */
export function actionsHtml({ actions: all }: RunState): string {
  const rows = all.map(({ action, at: when, by = '', reason = '' }) => [
    htmlText(action),
    atHtml(when),
    htmlText(by),
    htmlText(reason),
  ]);
  return rows.length === 0 ? '' : tableSection('Pauses and cancellations', ['what', 'when', 'who', 'why'], rows);
}

/** Section of a page: failures. */
export function failuresHtml({ run, units }: Pick<FleetReport, 'run' | 'units'>): string {
  const rows = [
    ...(run.error === undefined ? [] : [{ name: run.run, error: run.error }]),
    ...run.specs.flatMap(({ name, error }) => (error === undefined ? [] : [{ name, error }])),
    ...units.flatMap(({ id, error }) => (error === undefined ? [] : [{ name: id, error }])),
  ].map(({ name, error: { code, message, remedy = '' } }) => [
    htmlText(name),
    `<code>${htmlText(code)}</code>`,
    htmlText(message),
    htmlText(remedy),
  ]);
  return tableSection('Failures', ['spec or unit', 'code', 'message', 'remedy'], rows, 'Nothing failed.');
}

/** Section of a page: verdicts over all rounds, what does not work first. Absent of other goals. */
export function watchedHtml({ watched = {} }: Pick<FleetReport, 'watched'>): string {
  const rows = Object.entries(watched).flatMap(([name, report]) =>
    report.watched.map(({ subject, verdict, since, reasons, cause }) => [
      htmlText(name),
      htmlText(subject),
      verdict === undefined ? 'not confirmed' : stateHtml(WATCHED[verdict], verdict),
      atHtml(since),
      [
        ...reasons.map(({ check, message }) => `${check}: ${message}`),
        ...(cause?.changes ?? []).map((change) => [change.subject, ...change.details].join(': ')),
      ]
        .map((line) => `<p>${htmlText(line)}</p>`)
        .join(''),
    ]),
  );
  return tableSection('Watched', ['spec', 'what', 'verdict', 'since', 'why, and what changed it'], rows);
}

/** Verdicts in the colors of states. */
const WATCHED = { works: 'done', broken: 'failed', unknown: 'asking' } as const;

/** Section of a page: moves. Absent of other goals. */
export function movesHtml({ run, units }: Pick<FleetReport, 'run' | 'units'>): string {
  const rows = units.flatMap(({ spec, account, region, state, moved }) => {
    if (moved === undefined) return [];

    const { from, to, parts, result } = moved;
    const noticed = result === undefined ? [] : result.notes.length === 0 ? ['nothing'] : result.notes;
    return [
      [
        htmlText(`${account} ${region}`),
        parts.map((part) => `<p>${htmlText(part)}</p>`).join(''),
        htmlText(`${from} to ${to}`),
        `${stateHtml(state)}${result === undefined ? '' : ` (${htmlText(result.state)})`}`,
        approversHtml(run, spec, 'move'),
        noticed.map((note) => `<p>${htmlText(note)}</p>`).join(''),
      ],
    ];
  });
  const head = ['account and region', 'what moves', 'links', 'state', 'approved by', 'not as before'];
  return tableSection('Moves', head, rows);
}

/** Section of a page: findings. */
export function findingsHtml({ findings: all, passed, run }: FleetReport): string {
  const counts = run.specs.filter((one) => one.findings !== undefined).length;
  const none = passed > 0 || counts > 0 ? 'Nothing was found.' : 'No check was carried out.';
  const groups = all.map(groupHtml).join('\n');
  const passes = passed === 0 ? '' : `<p class="dim">Passed: ${passed}.</p>`;
  return `<h2>Findings</h2>\n${groups === '' ? `<p>${none}</p>` : groups}\n${passes}`;
}

function groupHtml({ check, code, verdict, severity, found }: FleetFindings): string {
  const look = verdict === 'unknown' ? 'unknown' : severity;
  const items = found.slice(0, MOST_PLACES).map(({ spec, subject, message, remedy = '', ignored }) => {
    const reason = ignored === undefined ? '' : ` (ignored: ${ignored})`;
    return `<li>${htmlText(`${spec}: ${subject}`)}: ${htmlText(message)} ${htmlText(remedy)}${htmlText(reason)}</li>`;
  });
  const where = `<ul>${items.join('\n')}</ul>${moreText(found.length, MOST_PLACES)}`;
  const head = `${htmlText(code)}: ${found.length}`;
  return htmlFinding({ look, tag: look, code: check, head, parts: [htmlFolded('Where', where)] });
}

/** Section of a page: changes. */
export function changesHtml({ changes: all, run: { goal } }: FleetReport): string {
  const rows = all.map(({ at: when, account = '', region = '', spec, unit, outcome, durationMs, ...change }) => [
    atHtml(when),
    htmlText(`${account} ${region}`.trim()),
    htmlText(`${spec}, ${unit}`),
    htmlText(whatOf(change)),
    `${stateHtml(outcome)}${durationMs === undefined ? '' : ` in ${lengthOfTime(durationMs)}`}`,
  ]);
  const none = changesClouds(goal) ? 'Nothing was changed.' : 'A check changes nothing.';
  return tableSection('Changes', ['when', 'account and region', 'spec and unit', 'step', 'outcome'], rows, none);
}

function whatOf({ kind, resource, step }: Pick<FleetChange, 'kind' | 'resource' | 'step'>): string {
  return kind === undefined || resource === undefined ? step : `${kind} ${resource.type} ${resource.name}`;
}

/** Section of a page: specs. */
export function specsHtml({ specs: all }: RunState, nameHtml: (name: string) => string = htmlText): string {
  const rows = all.map(({ name, wave, state, units, startedAt, endedAt }) => [
    nameHtml(name),
    htmlText(wave),
    stateHtml(state),
    countsHtml(units),
    `${atHtml(startedAt)} – ${atHtml(endedAt)}`,
  ]);
  return tableSection('Specs', ['spec', 'wave', 'state', 'units', 'began and ended'], rows);
}
