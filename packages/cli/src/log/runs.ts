import type { LoggedMove, LoggedRun, LoggedStep, LoggedCounts } from '@postern/core/internal/node';
import { counted, displayText, lengthOfTime, textTable } from '@postern/core/internal/report';

const HEAD = ['RUN', 'STARTED', 'COMMAND', 'CHANGES', 'DURATION', 'CALLS', 'OUTCOME'];

/** Runs as a table, newest first. `heldBy`: the holder of the lock of an unfinished run's journal. */
export function runTable(
  runs: readonly LoggedRun[],
  heldBy: ReadonlyMap<string, string>,
  columns?: number,
): readonly string[] {
  return textTable(
    HEAD,
    runs.map((run) => [
      displayText(shortId(run.run)),
      displayText(run.startedAt.replace(/\.\d+Z$/, 'Z')),
      displayText(commandText(run)),
      run.changes === undefined ? '-' : countsText(run.changes),
      run.durationMs === undefined ? '-' : lengthOfTime(run.durationMs),
      run.calls === undefined ? '-' : String(totalCalls(run.calls)),
      outcomeText(run, heldBy.get(run.run)),
    ]),
    { columns },
  );
}

/** `migrate run 0123456789abcdef: a1b2c3d4e5 and 2 more`: the move, and the gateways that it moves. */
function commandText({ command, move, moved }: LoggedRun): string {
  if (move === undefined) return command;

  const gateways = [...new Set(moved?.units.map(({ gateway }) => gateway))];
  return gateways.length === 0 ? `${command} ${move}` : `${command} ${move}: ${some(gateways, 1)}`;
}

/** The first texts of a list, with the number of the others. */
function some(texts: readonly string[], most: number): string {
  const rest = texts.length - most;
  return texts.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** `1a2b3c4d` of `2026-06-01T09:00:00.000Z-1a2b3c4d`; another ID is shown in full. */
function shortId(id: string): string {
  return /Z-([0-9a-f]{8})$/.exec(id)?.[1] ?? id;
}

/** `4 done, 1 interrupted, 2 not tried` */
function countsText({ done, failed, interrupted = 0, skipped }: LoggedCounts): string {
  const parts = [`${done} done`];
  if (interrupted > 0) parts.push(`${interrupted} interrupted`);
  if (failed > 0) parts.push(`${failed} failed`);
  if (skipped > 0) parts.push(`${skipped} not tried`);
  return parts.join(', ');
}

/** All calls, whatever the operation. */
function totalCalls(calls: Readonly<Record<string, number>>): number {
  return Object.values(calls).reduce((sum, one) => sum + one, 0);
}

/** `done`; for an unfinished run, whether it is in progress, and the steps that have begun and not ended. */
function outcomeText(run: LoggedRun, heldBy: string | undefined): string {
  if (run.outcome !== 'unfinished') return run.outcome;

  const open = run.steps.filter(({ outcome }) => outcome === 'unfinished');
  const [first] = open;
  const state = heldBy === undefined ? 'not finished' : `in progress, ${heldBy}`;
  if (first === undefined) return displayText(`${state}, between two steps`);

  const more = open.length === 1 ? '' : ` and ${open.length - 1} more`;
  return displayText(`${state}, in ${first.unit}: ${stepText(first)}${more}`);
}

/** `create link main`, with the part where the step has several. */
function stepText({ step, part }: { readonly step: string; readonly part?: string | undefined }): string {
  return part === undefined ? step : `${step}: ${part}`;
}

/** One run: its end, its steps, and its calls by operation. */
export function runDetails(run: LoggedRun, heldBy: string | undefined, columns?: number): readonly string[] {
  const { calls } = run;
  const operations = Object.entries(calls ?? {}).map(([name, number]) => [displayText(name), String(number)]);
  return [
    displayText(`Run ${run.run}: ${run.command}`),
    ...facts(run, heldBy),
    ...(run.steps.length === 0 ? [] : ['', ...stepTable(run, columns)]),
    ...(operations.length === 0 ? [] : ['', ...textTable(['OPERATION', 'CALLS'], operations)]),
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
    ['reading before', reading && `${lengthOfTime(reading.durationMs)}, ${counted(totalCalls(reading.calls), 'call')}`],
    ['changes', changes ? countsText(changes) : planned === undefined ? undefined : `${planned} planned`],
    ['units', units && countsText(units)],
    ['calls', calls && String(totalCalls(calls))],
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
  return textTable(['AT', 'UNIT', 'STEP', 'DURATION', 'CALLS', 'OUTCOME'], rows, { columns });
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
