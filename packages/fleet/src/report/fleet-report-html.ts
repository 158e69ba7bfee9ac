import { htmlPage, htmlText, lengthOfTime, PAGE_STYLE } from '@postern/core/report';
import type { RunState, StateCounts } from '../model.js';
import type { FleetChange, FleetFindings, FleetReport } from './fleet-report.js';

/** Rows of a table on the page. The JSON has all of them. */
const MOST_ROWS = 5_000;
/** Places of a finding that are listed. */
const MOST_PLACES = 200;

const STYLE = `${PAGE_STYLE}
.state { font-weight: 600; } .failed, .canceled { color: var(--error); } .asking, .paused { color: var(--warning); } .done { color: var(--pass); }
`;

/** A report as one static page: no script, no external resources, and text from outside is escaped. */
export function fleetReportHtml(report: FleetReport): string {
  const { run, writtenAt } = report;
  const title = `Postern: ${run.run}`;
  const body = `<header><h1>${htmlText(`${GOALS[run.goal]} ${run.run}`)}</h1>
<p class="dim">${htmlText(runText(run, writtenAt))}</p></header>
<p class="verdict">${stateText(run.state)}. Specs: ${countsText(run.counts.specs)}. Units: ${countsText(run.counts.units)}.</p>
${waves(run)}
${approvals(run)}
${actions(run)}
${failures(report)}
${findings(report)}
${changes(report)}
${specs(run)}`;
  return htmlPage({ title, style: STYLE, body });
}

const GOALS: Readonly<Record<RunState['goal'], string>> = { apply: 'Apply', check: 'Check', migrate: 'Migrate' };

function runText({ by, reason, startedAt, endedAt }: RunState, writtenAt: string): string {
  const who = by === undefined ? 'Started' : `Started by ${by}`;
  const why = reason === undefined ? '' : `: ${reason}`;
  const end = endedAt === undefined ? `not ended at ${writtenAt}` : `ended at ${endedAt}`;
  return `${who} at ${startedAt}${why}; ${end}`;
}

function waves({ waves: all, specs: own }: RunState): string {
  const rows = all.map(({ name, state }) => {
    const inWave = own.filter(({ wave }) => wave === name);
    const ends = inWave.flatMap(({ endedAt }) => endedAt ?? []).sort();
    const begins = inWave.flatMap(({ startedAt }) => startedAt ?? []).sort();
    return [htmlText(name), stateText(state), String(inWave.length), at(begins[0]), at(ends.at(-1))];
  });
  return section('Waves', ['wave', 'state', 'specs', 'first began', 'last ended'], rows);
}

function approvals({ approvals: all }: RunState): string {
  const rows = all.map(({ kind, subject, question, askedAt, answer }) => [
    htmlText(`${kind}: ${subject}`),
    question.map((line) => `<p>${htmlText(line)}</p>`).join(''),
    at(askedAt),
    answer === undefined
      ? '<span class="state asking">open</span>'
      : `<p>${answer.approved ? 'approved' : 'refused'} by ${htmlText(answer.by)}</p><p>${at(answer.at)}</p>${
          answer.reason === undefined ? '' : `<p>${htmlText(answer.reason)}</p>`
        }`,
  ]);
  return section('Approvals', ['for', 'question', 'asked', 'answer'], rows, 'No approval was required.');
}

function actions({ actions: all }: RunState): string {
  const rows = all.map(({ action, at: when, by = '', reason = '' }) => [
    action,
    at(when),
    htmlText(by),
    htmlText(reason),
  ]);
  return rows.length === 0 ? '' : section('Pauses and cancellations', ['what', 'when', 'who', 'why'], rows);
}

function failures({ run, units }: FleetReport): string {
  const rows = [
    ...run.specs.flatMap(({ name, error }) => (error === undefined ? [] : [{ name, error }])),
    ...units.flatMap(({ id, error }) => (error === undefined ? [] : [{ name: id, error }])),
  ].map(({ name, error: { code, message, remedy = '' } }) => [
    htmlText(name),
    `<code>${htmlText(code)}</code>`,
    htmlText(message),
    htmlText(remedy),
  ]);
  return section('Failures', ['spec or unit', 'code', 'message', 'remedy'], rows, 'Nothing failed.');
}

function findings({ findings: all, passed, run }: FleetReport): string {
  const counts = run.specs.filter((one) => one.findings !== undefined).length;
  const none = passed > 0 || counts > 0 ? 'Nothing was found.' : 'No check was carried out.';
  const groups = all.map(group).join('\n');
  const passes = passed === 0 ? '' : `<p class="dim">Passed: ${passed}.</p>`;
  return `<h2>Findings</h2>\n${groups === '' ? `<p>${none}</p>` : groups}\n${passes}`;
}

function group({ check, code, verdict, severity, found }: FleetFindings): string {
  const look = verdict === 'unknown' ? 'unknown' : severity;
  const items = found.slice(0, MOST_PLACES).map(({ spec, subject, message, remedy = '', ignored }) => {
    const reason = ignored === undefined ? '' : ` (ignored: ${ignored})`;
    return `<li>${htmlText(`${spec}: ${subject}`)}: ${htmlText(message)} ${htmlText(remedy)}${htmlText(reason)}</li>`;
  });
  return `<div class="finding ${look}"><p><span class="tag">${look}</span> <code>${htmlText(check)}</code> ${htmlText(code)}: ${found.length}</p>
<details><summary>Where</summary><ul>${items.join('\n')}</ul>${more(found.length, MOST_PLACES)}</details></div>`;
}

function changes({ changes: all, run: { goal } }: FleetReport): string {
  const rows = all.map(({ at: when, account = '', region = '', spec, unit, outcome, durationMs, ...change }) => [
    at(when),
    htmlText(`${account} ${region}`.trim()),
    htmlText(`${spec}, ${unit}`),
    htmlText(whatOf(change)),
    `<span class="state ${outcome}">${outcome}</span>${durationMs === undefined ? '' : ` in ${lengthOfTime(durationMs)}`}`,
  ]);
  const none = goal === 'check' ? 'A check changes nothing.' : 'Nothing was changed.';
  return section('Changes', ['when', 'account and region', 'spec and unit', 'step', 'outcome'], rows, none);
}

function whatOf({ kind, resource, step }: Pick<FleetChange, 'kind' | 'resource' | 'step'>): string {
  return kind === undefined || resource === undefined ? step : `${kind} ${resource.type} ${resource.name}`;
}

function specs({ specs: all }: RunState): string {
  const rows = all.map(({ name, wave, state, units, startedAt, endedAt }) => [
    htmlText(name),
    htmlText(wave),
    stateText(state),
    countsText(units),
    `${at(startedAt)} – ${at(endedAt)}`,
  ]);
  return section('Specs', ['spec', 'wave', 'state', 'units', 'began and ended'], rows);
}

/** A table; on narrow screens each row is a list, with the name of the column above each cell. Cells are HTML. */
function section(title: string, head: readonly string[], rows: readonly (readonly string[])[], none?: string): string {
  if (rows.length === 0) return none === undefined ? '' : `<h2>${title}</h2>\n<p>${none}</p>`;
  const lines = rows
    .slice(0, MOST_ROWS)
    .map((cells) => `<tr>${cells.map((cell, index) => `<td data-is="${head[index]}">${cell}</td>`).join('')}</tr>`);
  const heads = head.map((cell) => `<th>${cell}</th>`).join('');
  return `<h2>${title}</h2>
<table><thead><tr>${heads}</tr></thead><tbody>
${lines.join('\n')}
</tbody></table>${more(rows.length, MOST_ROWS)}`;
}

function more(count: number, most: number): string {
  return count > most ? `<p class="dim">${count - most} more are in the JSON.</p>` : '';
}

function stateText(state: RunState['state']): string {
  return `<span class="state ${state}">${state}</span>`;
}

function countsText(counts: StateCounts): string {
  const parts = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  return htmlText(parts.length === 0 ? 'none' : parts.join(', '));
}

function at(when: string | undefined): string {
  return when === undefined ? '' : htmlText(when.replace('T', ' ').replace(/\.\d+Z$/, 'Z'));
}
