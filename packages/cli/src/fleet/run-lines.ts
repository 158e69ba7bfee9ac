import type { Approval, FleetEvent, RunState, SpecState, StateCounts, FleetGoal } from '@postern/fleet/internal/fleet';
import type { EventError } from '@postern/core/internal/plan';
import { retriedLines, waitingLines } from '@postern/fleet/internal/report';
import { displayText, lengthOfTime, textTable, counted } from '@postern/core/internal/report';
import { eventText, WATCH_VERDICTS } from '@postern/core/internal/watch';
import { broughtEventText, entryText } from './brought.js';
import { BROUGHT_WORDS } from './brought-words.js';
import type { MoveRequest } from '@postern/core/internal/moves';
import { broughtWorkOf, wavesFor, type FleetPlan } from '@postern/fleet/internal/config';

/** How many failures are shown; the rest are counted. */
const MOST_FAILURES = 20;

/** A run as text. */
export function runLines(run: RunState, columns?: number): readonly string[] {
  const open = run.approvals.filter(({ answer }) => answer === undefined);
  const failures = failuresOf(run);
  const retried = retriedLines(run);
  const waves = run.waves.map(({ name, state }) => [name, state, countsText(countsOf(run.specs, name))]);
  return [
    ...(run.unchanged === undefined ? [] : [`Nothing was changed: ${UNCHANGED[run.unchanged]}.`]),
    headOf(run),
    ...waitingLines(run),
    ...textTable(['  wave', 'state', 'specs'], indented(waves), { columns }),
    ...(run.goal === 'watch' ? watchedLines(run.specs) : [`Units: ${countsText(run.counts.units)}`]),
    ...(open.length === 0 ? [] : ['Open approvals:', ...open.flatMap((one) => approvalLines(one))]),
    ...(retried.length === 0 ? [] : ['Failed and tried again:', ...retried.slice(0, MOST_FAILURES)]),
    ...(failures.length === 0 ? [] : ['Failures:']),
    ...failures.slice(0, MOST_FAILURES).flatMap((one) => failureLines(one)),
    ...moreLines(run, failures),
  ].map((line) => displayText(line));
}

function headOf({ run, goal, state, startedAt, endedAt, by, reason }: RunState): string {
  const who = by === undefined ? '' : ` by ${by}`;
  const why = reason === undefined ? '' : `: ${reason}`;
  const end = endedAt === undefined ? '' : `, ended ${endedAt}`;
  return `Run ${run} (${goal}): ${state}, started ${startedAt}${who}${why}${end}`;
}

/** Why an action had no effect. */
const UNCHANGED: Readonly<Record<NonNullable<RunState['unchanged']>, string>> = {
  ended: 'the run has ended',
  canceled: 'the run was canceled before',
  paused: 'the run was paused before',
  'not paused': 'the run is not paused',
};

/** The verdicts of all specs, and what does not work. */
function watchedLines(specs: readonly SpecState[]): readonly string[] {
  const counts = { works: 0, broken: 0, unknown: 0 };
  for (const { watched } of specs)
    for (const verdict of WATCH_VERDICTS) counts[verdict] += watched?.counts[verdict] ?? 0;
  const open = specs.flatMap(({ name, watched }) =>
    (watched?.open ?? []).map(
      ({ subject, verdict, since, why }) =>
        `  ${name} ${subject}: ${verdict} since ${since}${why === undefined ? '' : `: ${why}`}`,
    ),
  );
  const more = open.length - MOST_FAILURES;
  return [
    `Watched: ${countsText(counts)}`,
    ...open.slice(0, MOST_FAILURES),
    ...(more > 0 ? [`  and ${more} more; see \`postern fleet report\``] : []),
  ];
}

function indented(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.map(([first = '', ...cells]) => [`  ${first}`, ...cells]);
}

function countsOf(specs: readonly SpecState[], wave: string): StateCounts {
  const counts: Record<string, number> = {};
  for (const one of specs) if (one.wave === wave) counts[one.state] = (counts[one.state] ?? 0) + 1;
  return counts;
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** An approval that is open, and the command that gives it. */
export function approvalLines({ id, question, askedAt }: Approval): readonly string[] {
  return [`  ${id} (asked ${askedAt})`, ...question.map((line) => `    ${line}`), `    postern fleet approve ${id}`];
}

/** What failed: the run, a spec, or a unit of one. */
interface Failure {
  readonly name: string;
  readonly error: EventError;
}

function failuresOf({ run, error, specs }: RunState): readonly Failure[] {
  return [
    ...(error === undefined ? [] : [{ name: run, error }]),
    ...specs.flatMap((spec) => [
      ...(spec.error === undefined ? [] : [{ name: spec.name, error: spec.error }]),
      ...(spec.failed ?? []).map((one) => ({ name: `${spec.name} ${one.unit}`, error: one.error })),
    ]),
  ];
}

function failureLines({ name, error: { code, message, remedy } }: Failure): readonly string[] {
  return [`  ${name}: ${code}: ${message}`, ...(remedy === undefined ? [] : [`    ${remedy}`])];
}

/** How many failures are not shown: a spec has its first ones only. */
function moreLines({ specs }: RunState, failures: readonly Failure[]): readonly string[] {
  const unlisted = specs.map(({ units, failed }) => (failed === undefined ? 0 : (units.failed ?? 0) - failed.length));
  const more = failures.slice(MOST_FAILURES).length + unlisted.reduce((sum, count) => sum + Math.max(0, count), 0);
  return more === 0 ? [] : [`  and ${more} more; see \`postern fleet report\``];
}

/** Runs as a table, newest first. */
export function runsTable(runs: readonly RunState[], columns?: number): readonly string[] {
  const rows = runs.map(({ run, goal, state, startedAt, by = '', counts }) => [
    run,
    goal,
    state,
    startedAt,
    by,
    countsText(counts.specs),
  ]);
  return textTable(['run', 'goal', 'state', 'started', 'by', 'specs'], rows, { columns, shown: displayText });
}

/** An event as one line: `2026-11-25T12:00:01Z link:eu create link: done in 3 s`. */
export function eventLine(event: FleetEvent): string {
  const what = 'step' in event ? `${event.unit} ${event.step}: ` : '';
  return displayText(`${event.at} ${what}${textOf(event)}`);
}

function textOf(event: FleetEvent): string {
  switch (event.type) {
    case 'run.started':
      return `${event.steps} steps to do, ${event.unchanged} without a change`;
    case 'step.started':
      return 'started';
    case 'step.progress':
    case 'step.waiting':
      return event.message;
    case 'step.retried':
      return `${event.message} (attempt ${event.attempt})`;
    case 'step.done':
      return `done in ${lengthOfTime(event.durationMs)}`;
    case 'step.failed':
      return `failed: ${event.error.code}: ${event.error.message}`;
    case 'move.started':
      return `${event.does}: ${event.units} parts from ${event.from} to ${event.to}`;
    case 'move.phase':
      return `${event.phase}: ${event.message}`;
    case 'move.done': {
      const { state, onNew, onOld, notes } = event.result;
      return [`${state}: ${onNew.length} on the new link, ${onOld.length} on the old one`, ...notes].join('; ');
    }
    case 'verdict':
    case 'near':
    case 'no-longer-near':
    case 'ended':
    case 'drifted':
    case 'edited':
    case 'watched':
    case 'unwatched':
      return eventText(event);
    case 'run.done':
      return `${event.applied} applied, ${event.unchanged} unchanged, ${event.failed} failed, ${event.skipped} skipped`;
    default:
      return broughtEventText(event);
  }
}

/** What a run does, as text. */
export function planLines(plan: FleetPlan, goal: FleetGoal): readonly string[] {
  const { fleet, accounts } = plan;
  const waves = wavesFor(plan, goal);
  return [
    `Fleet ${fleet}: ${workText(plan, goal)} in ${counted(waves.length, 'wave')} and ${counted(accounts.length, 'account')}`,
    ...waves.flatMap(({ name, approval, work }) => [
      `  ${name}${approval ? ' (needs an approval)' : ''}`,
      ...work
        .slice(0, MOST_SPECS)
        .flatMap((one) => [
          `    ${one.name}`,
          ...(one.moves?.moves ?? []).map(({ request }) => `      ${moveText(request)}`),
          ...(broughtWorkOf(one)?.entries ?? []).map((entry) => `      ${entryText(goal, entry)}`),
        ]),
      ...(work.length > MOST_SPECS ? [`    and ${work.length - MOST_SPECS} more`] : []),
    ]),
  ].map((line) => displayText(line));
}

/** How many specs of a wave are listed as text. */
const MOST_SPECS = 20;

function workText(plan: FleetPlan, goal: FleetGoal): string {
  const work = wavesFor(plan, goal).flatMap((wave) => wave.work);
  const entries = work.flatMap((one): readonly unknown[] => one.moves?.moves ?? broughtWorkOf(one)?.entries ?? []);
  const noun = goal === 'migrate' ? 'move' : BROUGHT_WORDS.find((one) => one.goal === goal)?.noun;
  return noun === undefined ? counted(work.length, 'spec') : counted(entries.length, noun);
}

/** What moves where, as the file names it: `group shop-* to gateway-2026`. */
function moveText({ to, ...what }: MoveRequest): string {
  const parts = Object.entries(what).map(([key, text]) => `${key} ${text}`);
  return `${parts.join(', ')} to ${to}`;
}

/** The plan without its specs, which are long. */
export function shownPlan(plan: FleetPlan, goal: FleetGoal): object {
  const rest = Object.fromEntries(Object.entries(plan).filter(([key]) => !/waves$/i.test(key)));
  const shown = wavesFor(plan, goal).map(({ work, ...wave }) => ({
    ...wave,
    specs: work.map((whole) => {
      const { name, file, account, region, spec, moves } = whole;
      const one = { name, file, account, region };
      if (moves !== undefined) return { ...one, moves: moves.moves };

      const brought = broughtWorkOf(whole);
      if (brought !== undefined) return { ...one, [brought.key]: brought.entries };

      const { project, links, integrations } = spec;
      return { ...one, project, links: Object.keys(links), integrations: Object.keys(integrations) };
    }),
  }));
  return { ...rest, waves: shown };
}

/** What is asked before a run that changes something. */
export function questionOf(plan: FleetPlan, goal: FleetGoal, back: boolean): string {
  const { fleet, accounts } = plan;
  const verb = goal === 'apply' ? 'Apply' : back ? 'Return what was begun of' : 'Make';
  return displayText(`${verb} ${workText(plan, goal)} of fleet ${fleet} in ${counted(accounts.length, 'account')}?`);
}
