import type { LoggedMove, LoggedRun, LoggedStep } from '@postern/core/node';
import { displayText, lengthOfTime } from '@postern/core/report';
import { count } from '../output/quantities.js';
import { table } from '../output/table.js';
import { countsText, outcomeText, some, stepText, totalCalls } from './run-table.js';

/** One run: its end, its steps, and its calls by operation. */
export function runDetails(run: LoggedRun, heldBy: string | undefined, columns?: number): readonly string[] {
  const { calls } = run;
  const operations = Object.entries(calls ?? {}).map(([name, number]) => [displayText(name), String(number)]);
  return [
    displayText(`Run ${run.run}: ${run.command}`),
    ...facts(run, heldBy),
    ...(run.steps.length === 0 ? [] : ['', ...stepTable(run, columns)]),
    ...(operations.length === 0 ? [] : ['', ...table(['OPERATION', 'CALLS'], operations)]),
  ];
}

function facts(run: LoggedRun, heldBy: string | undefined): readonly string[] {
  const { moved, reading, durationMs, planned, changes, units, calls } = run;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['moves', moved && `${some(namesOf(moved), 3)}, from ${moved.from} to ${moved.to}`],
    ['outcome', outcomeText(run, heldBy)],
    ['started', run.startedAt],
    [run.outcome === 'unfinished' ? 'last record' : 'ended', run.lastAt],
    ['duration', durationMs === undefined ? undefined : lengthOfTime(durationMs)],
    ['reading before', reading && `${lengthOfTime(reading.durationMs)}, ${count(totalCalls(reading.calls), 'call')}`],
    ['changes', changes ? countsText(changes) : planned === undefined ? undefined : `${planned} planned`],
    ['units', units && countsText(units)],
    ['calls', calls === undefined ? 'not in this journal: an older version wrote it' : String(totalCalls(calls))],
  ];
  return rows.flatMap(([name, text]) => (text === undefined ? [] : [`  ${`${name}:`.padEnd(16)}${displayText(text)}`]));
}

function namesOf({ units }: LoggedMove): readonly string[] {
  return units.map(({ name }) => name);
}

function stepTable(run: LoggedRun, columns: number | undefined): readonly string[] {
  const begin = Date.parse(run.startedAt);
  const rows = folded(run.steps).map((group) => {
    const [first] = group;
    const durations = group.flatMap(({ durationMs }) => durationMs ?? []);
    const isCounted = group.some(({ calls }) => calls !== undefined);
    const total = group.reduce((sum, { calls = {} }) => sum + totalCalls(calls), 0);
    const after = Date.parse(first.startedAt) - begin;
    return [
      Number.isFinite(after) ? `+${lengthOfTime(Math.max(0, after))}` : '-',
      displayText(first.unit),
      displayText(stepText(first)) + (group.length === 1 ? '' : `, ${group.length} times`),
      durations.length === 0 ? '-' : lengthOfTime(durations.reduce((sum, one) => sum + one, 0)),
      isCounted ? String(total) : '-',
      outcomeOf(group),
    ];
  });
  return table(['AT', 'UNIT', 'STEP', 'DURATION', 'CALLS', 'OUTCOME'], rows, { columns });
}

type Group = readonly [LoggedStep, ...LoggedStep[]];

/** Steps of a unit that differ only in a number at their end, such as the reads of a wait, are one row. */
function folded(steps: readonly LoggedStep[]): readonly Group[] {
  const groups = new Map<string, [LoggedStep, ...LoggedStep[]]>();
  for (const one of steps) {
    const key = JSON.stringify([one.unit, stepText(one).replace(/ \d+$/, '')]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** `done`; where some failed, how many and the last error. */
function outcomeOf(group: Group): string {
  if (group.some(({ outcome }) => outcome === 'unfinished')) return 'not finished';
  const failed = group.filter(({ outcome }) => outcome === 'failed');
  const error = failed.at(-1)?.error;
  if (error === undefined) return 'done';
  const number = group.length === 1 ? 'failed' : `${failed.length} of ${group.length} failed`;
  return displayText(`${number}: ${error.code}: ${error.message}`);
}
