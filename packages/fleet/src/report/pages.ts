import { htmlPage, htmlText, PAGE_STYLE } from '@postern/core/internal/report';
import { broughtHtml } from '../brought/sections.js';
import type { Approval, RunState } from '../model.js';
import { fleetReport, type RunRecord, type FleetReport } from './fleet-report.js';
import { atHtml, countsHtml, stateHtml, tableSection } from './html-table.js';
import {
  actionsHtml,
  approvalsHtml,
  changesHtml,
  failuresHtml,
  findingsHtml,
  headHtml,
  movesHtml,
  specsHtml,
  watchedHtml,
  wavesHtml,
} from './sections.js';

/** The look of pages about runs. */
const RUN_STYLE = `${PAGE_STYLE}
.state { font-weight: 600; } .failed, .canceled { color: var(--error); } .asking, .paused { color: var(--warning); } .done { color: var(--pass); }
`;

/** A report as one static page: no script, no external resources, and text from outside is escaped. */
export function fleetReportHtml(report: FleetReport): string {
  const { run, writtenAt } = report;
  const title = `Postern: ${run.run}`;
  const body = `${headHtml(run, writtenAt)}
${wavesHtml(run)}
${approvalsHtml(run)}
${actionsHtml(run)}
${watchedHtml(report)}
${movesHtml(report)}
${broughtHtml(report)}
${failuresHtml(report)}
${findingsHtml(report)}
${changesHtml(report)}
${specsHtml(run)}`;
  return htmlPage({ title, style: RUN_STYLE, body });
}

/** A page reads itself again after so many seconds, unless it has a form. */
const REFRESH = '<meta http-equiv="refresh" content="5">';

const STYLE = `${RUN_STYLE}
form { display: flex; flex-wrap: wrap; gap: .4rem; } input, button { font: inherit; max-width: 100%; }
`;

/** What forms of a page need. */
export type PageForms = {
  /** A secret that proves that the form is of this page. */
  readonly token: string;
  /** The name that is suggested for who answers. */
  readonly by: string;
};

/** All runs, newest first, as a page without scripts. */
export function runsPage(runs: readonly RunState[]): string {
  const rows = runs.map(({ run, goal, state, startedAt, by = '', counts }) => [
    link(runPath(run), run),
    goal,
    stateHtml(state),
    atHtml(startedAt),
    htmlText(by),
    countsHtml(counts.specs),
  ]);
  const head = ['run', 'goal', 'state', 'started', 'by', 'specs'];
  return page('Runs', tableSection('Runs', head, rows, 'No run was begun.'), true);
}

/** A run, with a form for each open approval. */
export function runPage(run: RunState, units: RunRecord['units'], now: string, forms: PageForms): string {
  const isAsking = run.approvals.some(({ answer }) => answer === undefined);
  const body = `<nav><p>${link('/', 'Runs')}</p></nav>
${headHtml(run, now)}
${approvalsHtml(run, (approval) => formHtml(run, approval, forms))}
${wavesHtml(run)}
${actionsHtml(run)}
${movesHtml({ run, units })}
${broughtHtml({ run, units })}
${failuresHtml({ run, units })}
${specsHtml(run, (name) => link(`${runPath(run.run)}/${encodeURIComponent(name)}`, name))}`;
  return page(run.run, body, !isAsking && run.endedAt === undefined);
}

/** One spec of a run: its units, changes and findings. */
export function specPage(record: RunRecord, spec: string, now: string): string {
  const { run, units } = record;
  const own = units.filter((unit) => unit.spec === spec);
  const rows = own.map(({ unit, account, region, state, steps, done, failed }) => [
    htmlText(unit),
    htmlText(`${account} ${region}`),
    stateHtml(state),
    `${done} of ${steps}`,
    String(failed),
  ]);
  const report = fleetReport({ ...record, units: own }, now);
  const failures = { run: { ...run, specs: run.specs.filter(({ name }) => name === spec) }, units: own };
  const body = `<nav><p>${link('/', 'Runs')} / ${link(runPath(run.run), run.run)}</p></nav>
<header><h1>${htmlText(spec)}</h1></header>
${tableSection('Units', ['unit', 'account and region', 'state', 'steps', 'failed'], rows, 'It has not been planned yet.')}
${movesHtml({ run, units: own })}
${broughtHtml({ run, units: own })}
${failuresHtml(failures)}
${watchedHtml(report)}
${changesHtml(report)}
${findingsHtml(report)}`;
  return page(spec, body, run.endedAt === undefined);
}

function page(title: string, body: string, refreshes: boolean): string {
  return htmlPage({ title: `Postern: ${title}`, style: STYLE, head: refreshes ? [REFRESH] : [], body });
}

function runPath(run: string): string {
  return `/runs/${encodeURIComponent(run)}`;
}

function link(to: string, text: string): string {
  return `<a href="${htmlText(to)}">${htmlText(text)}</a>`;
}

function formHtml({ run }: RunState, { id }: Approval, { token, by }: PageForms): string {
  // Enter in a field presses the first button, which must not be an answer.
  return `<form method="post" action="${htmlText(runPath(run))}"><button disabled hidden></button>
<input type="hidden" name="token" value="${htmlText(token)}"><input type="hidden" name="approval" value="${htmlText(id)}">
<label>Name <input name="by" value="${htmlText(by)}" required maxlength="100"></label>
<label>Reason <input name="reason" maxlength="1000"></label>
<button name="answer" value="approve">Approve</button> <button name="answer" value="refuse">Refuse</button></form>`;
}
